"""The reader's language, found once per request: Flask-Babel looks it up for every sentence."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_locale, get_translations
from flask_babel import refresh as refresh_babel
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from tracker.settings import ROOT, SettingsError

LOCALES = {"en": "English", "de": "Deutsch"}  # each in its own words; the first is the default
COOKIE = "language"  # what somebody without an account chose on this device
TRANSLATIONS = ROOT / "tracker" / "translations"
DOMAINS = ("messages", "flask_security")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a request found it; `texts` are the templates' sentences met so far in it."""

    code: str
    translations: NullTranslations
    texts: dict[str, Markup]


TEXTS: defaultdict[str, dict[str, Markup]] = defaultdict(dict)


def init_app(app: Flask) -> None:
    """Let templates look it up once, too; refuse to start in half a language."""
    for path in compiled():
        if not path.exists():
            raise SettingsError(f"{path.relative_to(ROOT)} is missing: run make build.")
    app.jinja_env.globals.update(_=_markup, language=language, languages=LOCALES)


def compiled() -> list[Path]:
    """The files that `make build` makes of the translations; English needs none."""
    folders = (TRANSLATIONS / code / "LC_MESSAGES" for code in list(LOCALES)[1:])
    return [folder / f"{domain}.mo" for folder in folders for domain in DOMAINS]


def choose(*wishes: str | None, browser: LanguageAccept) -> str:
    """The first wish that is one of ours, else what the browser prefers, else English."""
    known = (code for code in wishes if code in LOCALES)
    return next(known, None) or browser.best_match(LOCALES) or next(iter(LOCALES))


def refresh() -> None:
    """Look again, as the reader has just chosen another language."""
    g.pop("language", None)
    refresh_babel()


def language() -> Language:
    """The language of this request; a locale forced after its first sentence is not seen."""
    here = g._get_current_object()  # a third of what going through the proxy costs
    try:
        return here.language
    except AttributeError:
        code = str(get_locale())
        here.language = Language(code, get_translations(), TEXTS[code])
        return here.language


def gettext(message: str, **values: Any) -> str:
    text = language().translations.gettext(message)
    return text % values if values else text


def N_(message: str) -> str:
    """Mark a sentence for translators where it stands; it is translated where it is used."""
    return message


def ngettext(singular: str, plural: str, num: int) -> str:
    return language().translations.ngettext(singular, plural, num) % {"num": num}


def _markup(message: str, **values: Any) -> Markup:
    """As Jinja's own `_`: values are escaped, and a percent sign is doubled also without any."""
    here = language()
    text = here.texts.get(message)
    if text is None:
        text = here.texts[message] = Markup(here.translations.gettext(message))
    return text % values if "%" in text else text
