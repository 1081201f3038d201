"""The guide's sentences in the reader's language; {n} and the like are filled in by the browser."""

from typing import Any

from flask_babel import gettext as _

from tracker.sessions import words

ENDED_EARLY = ("sharp", "nerve", "pulse", "discomfort", "emergency")


def guide_words() -> dict[str, Any]:
    """What the guide shows and speaks, by where it is used."""
    return {
        "levels": [words.level_word(level) for level in range(5)],
        **_steps(),
        **_felt(),
        **_away(),
        **_kept(),
        "spoken": _spoken(),
        "missing": {
            "tones": _("This phone makes no tones here."),
            "voice": _("This phone has no voice for this language."),
            "vibration": _("This phone cannot vibrate."),
        },
        "keepScreenOn": _("Keep the screen on yourself: this phone will not do it for the guide."),
        "ended": {
            code: {"title": advice[0], "text": " ".join(advice[1])}
            for code in ENDED_EARLY
            if (advice := words.ended_advice(code))
        },
    }


def _steps() -> dict[str, str]:
    return {
        "ready": _("Get ready"),
        "readyCue": _("Get into place. It starts by itself."),
        "changing": _("Next spot"),
        "changingCue": _("Move to {place}. It starts by itself."),
        "onTheWay": _("Done leaves out the next spot. What you felt is kept with {place}."),
        "thenNext": _("This ends the spot you are at. {place} is next."),
        "paused": _("Paused"),
        "left": _("{time} left"),
        "next": _("Next: {level}, {n} s"),
        "last": _("Last step"),
        "minutes": _("{m} min {s} s"),
        "seconds": _("{n} s"),
    }


def _felt() -> dict[str, str]:
    return {
        "easeOff": _("Tap to ease off"),
        "letGo": _("Tap to let go"),
        "eased": _("Eased to {level}. It will not go above that again."),
        "letGone": _("Let go. Rest until this step is over."),
        "sharp": _("Let go for {n} s."),
        "pulse": _("Let go for {n} s and move off. Do not press on a pulse."),
        "gentle": _("Slow and light from here on."),
        "dayLimit": _("That is the pressure for today here; the rest is Touch."),
        "asks": _("How was that hold?"),
        "dimmed": _("The screen is dark, and the guide goes on."),
    }


def _away() -> dict[str, str]:
    return {
        "away": _("You were away for {time}."),
        "back": _("Ready to go on?"),
        "awayText": _("The clock stopped with {n} s to go. Time away never counts as pressure."),
    }


def _kept() -> dict[str, Any]:
    return {
        "saving": {"title": _("Let go."), "text": _("Saving…")},
        "sending": {"title": _("Let go."), "text": _("Saved on this phone. Sending…")},
        "unsent": _(
            "Your session is kept on this phone. It could not be sent: it will be tried again."
        ),
        "refused": _("The session could not be kept as it is: {why}"),
        "signedOut": _("You were signed out. Sign in again and it will be sent."),
        "kept": _("Kept on this phone"),
        "keepOpen": {
            "title": _("Not sent yet"),
            "text": _("There is no room for it on this phone. Keep this page open and try again."),
        },
        "tryAgain": _("Try again"),
        "elsewhere": {
            "title": _("The guide goes on in another tab."),
            "text": _("Nothing was lost."),
        },
    }


def _spoken() -> dict[str, str]:
    return {
        "up": _("{level}. {n} seconds."),
        "down": _("{level}. {n} seconds."),
        "same": _("Stay at {level}. {n} seconds."),
        "letGo": _("Let go. {n} seconds."),
        "pause": _("Paused."),
        "end": _("Done. Let go."),
        "next": _("Let go. Next: {place}. {n} seconds to move."),
    }
