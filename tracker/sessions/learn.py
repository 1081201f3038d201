"""Learn the feel: the five levels with a fingertip on the forearm, then the rules."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.database import db
from tracker.sessions.protocol import ANCHORS
from tracker.sessions.words import level_word

bp = Blueprint("learn", __name__)
LEVELS = (1, 2, 3, 4, 5)
STEPS = ("start", *(f"level_{level}" for level in LEVELS), "ache", "stop")


@dataclass(frozen=True, slots=True)
class Step:
    """A page of it: 1 to 8, and the level it is about, if it is about one."""

    number: int

    @property
    def name(self) -> str:
        return STEPS[self.number - 1]

    @property
    def level(self) -> int | None:
        _word, _bar, level = self.name.partition("level_")
        return int(level) if level else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < len(STEPS) else None


@bp.get("/learn")
@bp.get("/learn/<int:number>")
def step(number: int = 1) -> str:
    if not 1 <= number <= len(STEPS):
        abort(404)
    here = Step(number)
    level = Step(here.next).level if here.next else None
    return render_template(
        "sessions/learn.html",
        step=here,
        steps=len(STEPS),
        anchors=ANCHORS,
        does=_what_to_do(),
        next_word=f"{level} {level_word(level)}" if level else None,
        form=EmptyForm(),
    )


@bp.post("/learn")
@login_required
def done() -> Response:
    """Learnt or skipped: Today offers it no more; it stays under You."""
    current_user.learnt_at = current_user.learnt_at or clock.now()
    db.session.commit()
    return redirect(url_for("today.today"), 303)


def _what_to_do() -> dict[int, str]:
    """For each level, what to do with the fingertip."""
    return {
        1: _("Lay the fingertip down and let it rest. Three slow breaths."),
        2: _("Press until the skin and what is under it give a little. Hold for two breaths."),
        3: _("Slowly a little more, until there is an ache you would call pleasant. Two breaths."),
        4: _("Slowly more, as far as you could stay with. Two breaths, then let go."),
        5: _(
            "You need not go there. If you do, stop at the first sign of bracing and let go at "
            "once. Now you know where the line is."
        ),
    }
