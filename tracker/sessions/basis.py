"""What the rules stand on: for each reason a person is told, where its numbers come from."""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.sessions.dose import DueReason
from tracker.sessions.opening import Reason
from tracker.sessions.rules import RULES

_OF_RULE = {rule.id: rule.basis for rule in (*RULES.in_session, *RULES.next_day.rules)}
_OWN = "judgement"

OF_PLAN: Mapping[Reason, str] = MappingProxyType(
    dict.fromkeys(Reason, RULES.start.basis)
    | {
        Reason.TOOL_UP: _OWN,
        Reason.SHARP: _OF_RULE["sharp_2"],
        Reason.NERVE: _OF_RULE["nerve"],
        Reason.DISCOMFORT: _OF_RULE["absolute"],
        Reason.WORSE: _OF_RULE["worse_now"],
        Reason.PAUSED: _OF_RULE["pause"],
        Reason.LONG_SORE: _OF_RULE["long_or_worse"],
        Reason.RAISED: RULES.progression.basis,
        Reason.HELD: _OWN,
        Reason.KEPT_GENTLE: "source",
    }
)
OF_DUE: Mapping[DueReason, str] = MappingProxyType(
    dict.fromkeys(DueReason, RULES.dose.basis)
    | {
        DueReason.DAY_PRESSURE: _OWN,
        DueReason.OWN_RHYTHM: _OWN,
        DueReason.TEST: _OWN,
        DueReason.WORSE_TODAY: _OF_RULE["worse_now"],
        DueReason.REST_AFTER_WORSE: _OF_RULE["worse_now"],
        DueReason.NOT_NORMAL: _OF_RULE["nerve"],
        DueReason.NERVE_TWICE: _OF_RULE["nerve"],
        DueReason.PAUSED: _OF_RULE["pause"],
        DueReason.BRUISE: _OF_RULE["pause"],
        DueReason.REST_AFTER_SORE: _OF_RULE["long_or_worse"],
    }
)


def parts(basis: str) -> list[tuple[str, str]]:
    """ "article: build slowly; judgement" as (kind, what it is the basis of, or blank)."""
    split = (part.partition(": ") for part in basis.split("; "))
    return [(kind, what) for kind, _colon, what in split]
