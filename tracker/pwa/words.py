"""What the shell shows: its words in the reader's language, and what its forms ask."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _

from tracker.accounts.forms import delay_label
from tracker.accounts.models import GET_READY_S
from tracker.safety.asking import LISTED
from tracker.safety.standing import SAFETY
from tracker.sessions import words
from tracker.sessions.dose import Due, DueReason, DueState
from tracker.sessions.forms import AnswersForm
from tracker.sessions.guide_words import guide_words
from tracker.sessions.rules import RULES
from tracker.spots.catalog import catalog

SIDES = ("left", "right", "middle")


def shell(asks: Collection[str] = (*SAFETY.gates, LISTED)) -> dict[str, Any]:
    """All that its template needs to ask these gates and the list; nothing of it is of a person."""
    form = AnswersForm(formdata=None, meta={"csrf": False})
    form.felt_in.choices = words.region_choices(tuple(catalog().regions))
    return {
        "guide_words": guide_words(),
        "shell_words": shell_words(),
        "phases": [{"seconds": 1, "level": 0}],
        "gates": [gate for gate in SAFETY.gates.values() if gate.id in asks],
        "entries": list(SAFETY.conditions.values()) if LISTED in asks else [],
        "effects": [effect for effect in SAFETY.effects.values() if effect.closes],
        "safety": SAFETY,
        "sides": words.side_choices(SIDES),
        "tools": words.tool_choices(tuple(catalog().tools)),
        "delays": [(n, delay_label(n)) for n in GET_READY_S],
        "form": form,
        "aftercare": list(SAFETY.aftercare.values()),
        "not_normal": words.due_sentence(Due(DueState.WAIT, DueReason.NOT_NORMAL)),
        "kept": None,
    }


def shell_words() -> dict[str, Any]:
    """The sentences of its scripts; {n} and the like are filled in by the browser."""
    return {
        "effects": {
            effect.id: {"text": _(effect.text), "level": effect.max_level}
            | ({"gentle": True} if effect.gentle else {})
            for effect in SAFETY.effects.values()
        },
        "states": {
            "new": _("To try"),
            "due": _("Due today"),
            "soon": _("Resting"),
            "refused": _("Resting"),
            "online": _("Needs a network"),
            "closed": _("Closed"),
        },
        "keys": {"new": _("Start"), "due": _("Start"), "soon": _("Start anyway")},
        "why": {
            "once": _("Once a day on each side is enough."),
            "hours": _("Give it at least %(hours)s hours.", hours=RULES.dose.min_hours),
            "rose": _("Pain rose over a session today, so no more spots today."),
            "rest": _("Two days between sessions here suit most people."),
            "online": _(
                "The last session here was stopped for what you felt. Sweetspot asks about that "
                "first, and needs a network for it."
            ),
        },
        "how": {
            "kept": _("Made on %(day)s, when there was a network last.", day="{day}"),
            "lower": _(
                "Made on %(day)s. That is a while ago, so it goes one level less far.",
                day="{day}",
            ),
            "gentle": _(
                "The plan of %(day)s is too old, or a session came after it, so this one is "
                "gentle and starts afresh.",
                day="{day}",
            ),
            "visitor": _("The first two sessions at a spot are gentle, to get to know it."),
        },
        "number": _("%(n)s of %(all)s", n="{n}", all="{all}"),
        "opens": _("opens at %(start)s, up to %(target)s", start="{start}", target="{target}"),
        "stays": _("stays at %(level)s", level="{level}"),
        "step": _("%(n)s s", n="{n}"),
        "nothing": {
            "title": _("No network"),
            "text": _(
                "Nothing is kept on this phone to start with. Open Sweetspot once with a network, "
                "signed in, and your spots can be started without."
            ),
        },
        "unknown": _("This spot is not on your list, so its plan is not on this phone."),
        "unsent": {
            "one": _("A session waits on this phone. It is sent when there is a network."),
            "many": _(
                "%(n)s sessions wait on this phone. They are sent when there is a network.", n="{n}"
            ),
            "answers": _(
                "What you answered waits on this phone. It is sent when there is a network."
            ),
        },
        "ratings": _("%(before)s before, %(after)s after", before="{before}", after="{after}"),
        "blank": _("blank"),
    }
