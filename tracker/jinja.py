"""Jinja as the app uses it."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment as FlaskEnvironment


class Environment(FlaskEnvironment):
    """All templates share one plain dict of globals.

    Each `{% from … import … %}` compares them with the caller's, and Jinja's own chain of dicts
    makes that cost as much as a small macro.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
