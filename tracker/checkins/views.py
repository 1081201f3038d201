"""The days after a session: answered on Today for all spots at once, corrected on a page each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    abort,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.forms import EmptyForm
from tracker.checkins.answers import add_answers, correct_answers
from tracker.checkins.asked import Asked
from tracker.checkins.forms import NextDayForm
from tracker.checkins.words import meaning
from tracker.database import db
from tracker.language import language
from tracker.merging import as_text, merged
from tracker.sessions.differing import differed_in
from tracker.sessions.dose import due
from tracker.sessions.history import PastSession
from tracker.sessions.models import MassageSession
from tracker.sessions.next_day import asks_again, classified, may_answer
from tracker.sessions.queries import history_of, sessions_of
from tracker.sessions.revisions import hold
from tracker.spots.queries import as_uuid, find_spot, rhythm_of
from tracker.spots.words import place

bp = Blueprint("checkins", __name__)
View = str | tuple[str, int] | Response
MOST = 40  # spots on one card; more than anybody presses in three days


@bp.post("/next-day")
@login_required
def answer() -> View:
    """The card on Today, as s0-id, s0-soreness …, s1-id …; if one is wrong, none is kept."""
    massages = [_mine(session_id) for session_id in _asked_ids()]
    forms = [NextDayForm(massage, f"s{n}") for n, massage in enumerate(massages)]
    valid = [form.validate() for form in forms]  # each of them, for its messages
    if not all(valid):
        return _again(massages, forms), 422
    now = clock.now()
    pairs = zip(massages, forms, strict=True)
    answered = [massage for massage, form in pairs if add_answers(massage, form.sent, now)]
    db.session.commit()
    _tell(answered)
    return redirect(url_for("today.today"), 303)


@bp.route("/sessions/<uuid:session_id>/next-day", methods=["GET", "POST"])
@login_required
def correct(session_id: UUID) -> View:
    if request.method == "POST":
        hold(current_user.id)  # nobody else changes it until this is kept
    massage = _mine(session_id)
    form, now = NextDayForm(massage), NextDayForm(massage, formdata=None)
    before = request.form.get("before", as_text(now.answers))
    token = EmptyForm()
    if token.validate_on_submit() and form.validate():
        wanted, differing = merged(before, form.answers, now.answers)
        correct_answers(massage, wanted, clock.now())
        db.session.commit()
        if differing:
            flash(differed_in(differing))
        _tell([massage])
        return redirect(url_for("sessions.show", session_id=massage.id), 303)
    page = render_template(
        "checkins/correct.html",
        form=form,
        token=token,
        before=before,
        massage=massage,
        place=_place(massage),
        asked=_all_questions(massage),
    )
    return page, 422 if form.errors or token.errors else 200


@bp.app_template_global()
def blank_questions(asked: Asked, n: int) -> Markup:
    """The questions of the n-th session on Today, nothing chosen."""
    return _blank(asked.first, asked.again, asked.gone, f"s{n}", language().code)


@lru_cache(maxsize=256)
def _blank(first: bool, again: bool, gone: bool, prefix: str, _code: str) -> Markup:
    """Nobody's answers are in them, and rendering them is a tenth of what Today costs."""
    questions = get_template_attribute("checkins/_questions.html", "questions")
    return questions(first, again, gone, prefix)


def _asked_ids() -> Iterator[UUID]:
    """The sessions the card asked about; what is no id belongs to nobody."""
    texts = (request.form.get(f"s{n}-id") for n in range(MOST))
    for text in takewhile(lambda text: text is not None, texts):
        yield as_uuid(text or "") or abort(404)


def _mine(session_id: UUID) -> MassageSession:
    """One of this person's sessions that is old enough to have had a next day."""
    massage = db.first_or_404(sessions_of(current_user).where(MassageSession.id == session_id))
    if not may_answer(massage.started_at, clock.now()):
        abort(404)
    return massage


def _again(massages: Sequence[MassageSession], forms: Sequence[NextDayForm]) -> str:
    """The same questions with what was typed, on a page of their own."""
    asked = [_questions_sent(massage, form) for massage, form in zip(massages, forms, strict=True)]
    places = [_place(massage) for massage in massages]
    return render_template(
        "checkins/again.html",
        rows=[*zip(asked, places, forms, strict=True)],
        summed_up=[*zip(places, forms, strict=True)],
        token=EmptyForm(),
    )


def _questions_sent(massage: MassageSession, form: NextDayForm) -> Asked:
    """What was asked: radios nobody chose are not sent, so this is told from the session, too."""
    sent = {field.short_name for field in form if field.name in request.form}
    asked = _all_questions(massage)
    first = massage.next_day_at is None or not sent.isdisjoint({"soreness", "sore", "bruise"})
    return replace(
        asked, first=first, again=asked.again or "later" in sent, gone=asked.gone or "gone" in sent
    )


def _all_questions(massage: MassageSession) -> Asked:
    """Whatever was or could have been asked of this session, to be corrected."""
    return Asked(
        massage.id,
        massage.spot_id,
        massage.side,
        massage.local_date,
        first=True,
        again=bool(massage.still_sore) and asks_again(massage.started_at, clock.now()),
        gone=bool(massage.bruise),
    )


def _place(massage: MassageSession) -> str:
    spot = find_spot(current_user, massage.spot_id)
    return place(spot.name if spot else massage.spot_id, massage.side)


def _tell(massages: Sequence[MassageSession]) -> None:
    """One sentence for each spot where something follows, else that it is saved."""
    if not massages:
        return
    places = {(each.spot_id, each.side) for each in massages}
    history = history_of(current_user, places, clock.now())
    told = [_meaning(each, history.get((each.spot_id, each.side), ())) for each in massages]
    for sentence in filter(None, told):
        flash(sentence, "follows")
    if not any(told):
        flash(_("Saved."))


def _meaning(massage: MassageSession, past: Sequence[PastSession]) -> str | None:
    spot = find_spot(current_user, massage.spot_id)
    if spot is None:
        return None
    counted = [each for each in past if each.counts]
    said = zip(counted, classified(counted), strict=True)
    rule = next((rule for each, rule in said if each.started_at == massage.started_at), None)
    later = bool(counted) and massage.started_at < counted[0].started_at
    local = clock.now().astimezone(ZoneInfo(current_user.time_zone))
    rhythm = rhythm_of(current_user, spot.id, massage.side)
    when = due(spot.limits, past, local, local.date(), **rhythm)
    where = place(spot.name, massage.side)
    return meaning(rule, when, where, bruise=bool(massage.bruise), later=later) if rule else None
