"""Sentences as somebody reads them, and the words that are in none."""

import re

from tracker.progress.sentences import Said

NEVER = re.compile(
    r"\bp ?[<=]|\b(p-values?|probabilit\w+|significan\w+|slopes?|tau|since (you began|day)|day one|"
    r"streaks?|because|thanks to|due to|improv\w+|better|worse|prove[ns]?|treat\w*|cur(e|es|ing)|"
    r"relie\w+|heal(s|ing)?|work(s|ed)|effect\w*|caus(es|ed|ing))\b|%",
    re.IGNORECASE,
)
DIRECTION = re.compile(r"\b(went (up|down)|lower|higher|less|more pain|fell|rose)\b")


def texts(said: Said) -> str:
    return " ".join([said.sentence, said.caveat, said.surer or "", *said.more])
