"""What is said of a file that comes back: why not, what each piece is, and what would change."""

from collections.abc import Mapping

from tracker.dates import day
from tracker.language import N_
from tracker.language import gettext as _
from tracker.sharing.fields import Wrong
from tracker.sharing.incoming import UNPACKED_BYTES
from tracker.sharing.records import Outcome
from tracker.spots.catalog import catalog
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

MB = 1024 * 1024
WHY: Mapping[str, str] = {
    "empty": N_("There is nothing in this file."),
    "utf_16": N_("This file is written as UTF-16. Save it as CSV UTF-8 and try again."),
    "utf_8": N_("There is a letter that is not UTF-8. Save it as CSV UTF-8 and try again."),
    "nul": N_("There is a character in it that no text has. Is it a CSV or JSON file?"),
    "bomb": N_("Unpacked, this file is larger than %(most)d MB, or packed in an odd way."),
    "lines": N_("This file has more than %(most)d lines. Bring it back in parts."),
    "zip": N_("This zip file cannot be unpacked. Is it whole?"),
    "zip_content": N_("There is no table of Sweetspot in this zip file, or more than its own."),
    "columns": N_("The first line should name each column, each with a name of its own."),
    "missing_columns": N_("These columns are missing: %(names)s."),
    "more_columns": N_("These columns are not known here, or stand twice: %(names)s."),
    "unclosed": N_("A quotation mark opens here and never closes. Is the file whole?"),
    "quotes": N_("There is a quotation mark where none may be, or a cell is too long."),
    "cells": N_("There are %(found)d cells instead of %(wanted)d. Is the file whole?"),
    "json": N_("This is not JSON from here on. Is the file whole?"),
    "not_an_archive": N_("This is not an archive of Sweetspot."),
    "version": N_("This archive is of another version; this Sweetspot reads version %(version)s."),
    "keys": N_("Something is missing or not known here: %(names)s."),
    "blank": N_("This may not be empty."),
    "type": N_("This is not of the kind it should be."),
    "deep": N_("This is nested too deeply."),
    "option": N_("It should be one of these: %(options)s."),
    "range": N_("It should be a whole number from %(low)d to %(high)d."),
    "long": N_("Use at most %(max)d characters."),
    "unprintable": N_("There is a character in it that cannot be shown."),
    "number": N_("It should be a whole number."),
    "yes_no": N_("It should be true or false."),
    "date": N_("It should be a date as 2026-11-22."),
    "date_as": N_("It should be a date as %(example)s."),
    "time": N_("It should be a time as 18:30."),
    "moment": N_("It should be a time with its offset, as 2026-11-22T08:15:00+01:00."),
    "id": N_("This is not an id."),
    "zone": N_("This time zone is not known."),
    "gap": N_("There was no such time in %(zone)s, or its offset was another."),
    "future": N_("That has not come yet."),
    "other_day": N_("The day is not the day of that time."),
    "region": N_("This part of the body is not known."),
    "spot": N_("This spot is not in the catalogue, and not one of yours."),
    "unknown": N_("This is not known here."),
    "stays": N_("Sides hang on it, so it stays as it is here."),
    "runs": N_("A test is running already."),
    "twice": N_("The same stands in this file already."),
    "day_twice": N_("An earlier line says something else of this day."),
    "measured": N_("The guide measured this, so a table does not change it: %(names)s."),
}
KINDS = {
    "add": N_("Added"),
    "change": N_("Changed"),
    "same": N_("Here already"),
    "refuse": N_("Left out"),
}
PARTS = {
    "account": N_("Your settings"),
    "own_spot": N_("Own spots"),
    "tracked_spot": N_("Your spots"),
    "massage_session": N_("Sessions"),
    "daily_rating": N_("The days"),
    "daily": N_("The days"),
    "day_note": N_("Notes of days"),
    "activity": N_("Activities"),
    "activity_rating": N_("Activities"),
    "overall_change": N_("Overall change"),
    "trial": N_("Your tests"),
    "gate_answer": N_("Safety answers"),
    "condition": N_("What to be careful with"),
}


def why(wrong: Wrong) -> str:
    """The sentence, with the line and the column where they are known."""
    values = {"most": UNPACKED_BYTES // MB} | wrong.values
    sentence = _(WHY[wrong.code], **values)
    if column := values.get("column"):
        sentence = _("%(column)s: %(sentence)s", column=column, sentence=sentence)
    if line := values.get("line"):
        sentence = _("Line %(n)d: %(sentence)s", n=line, sentence=sentence)
    return sentence


def part_word(part: str) -> str:
    return _(PARTS.get(part, part))


def kind_word(kind: str) -> str:
    return _(KINDS[kind])


def called(outcome: Outcome, spots: Mapping[str, AnySpot]) -> str:
    """What a record is about: its part, the place and the day, as far as they are known."""
    name, where, side, on = outcome.record.name or ("", None, None, None)
    regions = catalog().regions
    if where in spots:
        name = spots[where].name
    elif where in regions:
        name = _(regions[where].label)
    told = [place(name, side) if name and side else name or part_word(outcome.record.part)]
    if on:
        told.append(day(on, "d MMM y"))
    return ", ".join(told)
