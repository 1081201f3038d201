"""Jinja as the app uses it."""

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import FunctionType
from typing import Any

from flask import Flask, current_app, get_template_attribute
from flask.templating import Environment as FlaskEnvironment
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup

from tracker.language import language

# Macros on every page, or on Today, with few outcomes: tab and kind of bar; which days of a week;
# the region asked about.
REMEMBERED = {
    "art_ring": ("components/art.html", 8),
    "daily_ask": ("days/_ask.html", 1024),
    "daily_stones": ("days/_stones.html", 16),
    "tabbar": ("components/layout.html", 64),
    "week_dots": ("components/history.html", 1024),
}


def init_app(app: Flask) -> None:
    """Let templates use these macros without importing them."""
    for name, (template, outcomes) in REMEMBERED.items():
        app.jinja_env.globals[name] = _remembered(template, name, outcomes)


def _remembered(template: str, name: str, outcomes: int) -> Callable[..., Markup]:
    """A macro that is rendered once for the same arguments and language; never in development."""

    def fresh(_code: str, *arguments: Any) -> Markup:
        return get_template_attribute(template, name)(*arguments)

    known = lru_cache(maxsize=outcomes)(fresh)

    def render(*arguments: Any) -> Markup:
        return (fresh if current_app.debug else known)(language().code, *arguments)

    return render


class Context(JinjaContext):
    """Calls a plain function at once: templates call some fifty a page, most for a sentence.

    What asks for the context, or is no plain function, takes Jinja's own way.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(called) is FunctionType and not hasattr(called, "jinja_pass_arg"):
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class Environment(FlaskEnvironment):
    """All templates share one plain dict of globals.

    Each `{% from … import … %}` compares them with the caller's, and Jinja's own chain of dicts
    makes that cost as much as a small macro.
    """

    context_class = Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
