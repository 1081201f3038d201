"""Everything a person reads is in every language: nothing bare, nothing missing, nothing stale."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.spots.test_catalog import texts
from tests.test_house import MODULES, ROOT, TEMPLATES, TOGETHER, faults, read
from tracker.dates import PATTERNS
from tracker.language import LOCALES, TRANSLATIONS, compiled

OTHERS = list(LOCALES)[1:]
KEYWORDS = re.search(r"pybabel -q extract (.*?) -o", read(ROOT / "Makefile")).group(1)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
SCRIPTS = [path for path in (ROOT / "static" / "js").rglob("*.js") if path.name != "chart-parts.js"]


def catalogue(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def translations(code: str) -> Catalog:
    return catalogue(TRANSLATIONS / code / "LC_MESSAGES" / "messages.po", code)


@pytest.fixture(scope="module")
def sentences(tmp_path_factory) -> list[Message]:
    """What `make messages` finds in the sources of today."""
    found = tmp_path_factory.mktemp("sentences") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.syspath_prepend(str(ROOT))
        CommandLineInterface().run(
            ["pybabel", "-q", "extract", *KEYWORDS.split(), "-o", str(found), "."]
        )
    return [message for message in catalogue(found) if message.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def whole(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(forms(message.string))


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_has_a_translation(sentences, code):
    known = translations(code)
    assert [each.id for each in sentences if not whole(known.get(each.id, each.context))] == []


def test_the_search_finds_sentences_of_every_kind(sentences):
    found = {each.id for each in sentences}
    python, template = "Too many tries", "Where does it hurt?"
    catalog, protocol, safety = "Base of the skull", "Ease off, keep contact.", "Heart and chest"
    assert found >= {python, template, catalog, protocol, safety}
    assert ("%(num)d day ago", "%(num)d days ago") in found


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_that_is_missing_would_be_found(sentences, code):
    known = translations(code)
    before = {each.id for each in sentences if not whole(known.get(each.id, each.context))}
    known["Too many tries"].string = ""
    known["Where does it hurt?"].flags.add("fuzzy")
    known.delete("Base of the skull")
    lost = {each.id for each in sentences if not whole(known.get(each.id, each.context))}
    assert lost - before == {"Too many tries", "Where does it hurt?", "Base of the skull"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_same_placeholders(code):
    wrong = [
        text
        for each in translations(code)
        if each.id and whole(each)
        for source, text in zip(forms(each.id), forms(each.string), strict=True)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(source))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_brings_no_markup_or_stray_percent_sign(code):
    def stray(texts):
        return set(PLACEHOLDER.sub("", "".join(forms(texts)))) & set("%<>{}&")

    own = [each for each in translations(code) if each.id]
    assert [each.string for each in own if stray(each.string) - stray(each.id)] == []


@pytest.mark.parametrize("path", compiled(), ids=lambda path: path.stem)
def test_what_is_compiled_is_what_is_written(path):
    with path.open("rb") as file:
        made = {forms(each.id): forms(each.string) for each in read_mo(file) if each.id}
    source = catalogue(path.with_suffix(".po"))
    assert made == {forms(each.id): forms(each.string) for each in source if each.id}, (
        "run make build"
    )


def test_every_pattern_of_a_date_can_be_put_in_order():
    pattern = re.compile(r"\"((?:d|M{3,4}|y|E{3,4})(?: (?:d|M{3,4}|y|E{3,4}))*)\"")
    sources = [*(ROOT / "tracker").rglob("*.py"), *TEMPLATES]
    used = {found for path in sources for found in pattern.findall(read(path))}
    assert used - {"y"} == set(PATTERNS)  # bare y is a switch that is on


MARKS = {"_", "N_", "lazy", "lazy_gettext", "ngettext"}
DESCRIBE = {"Operation", "meaning"}
# What files say of their columns, to programs, is the same in every language.
IN_FILES = {f"tracker.sharing.{name}" for name in ("archive", "csv", "fhir", "package")}
NOT_FOR_READERS = {"No space left on device", "Open this on your Sweetspot within a day:\n"}
SENTENCE = re.compile(r"[A-Z][a-z]+(,? [a-z(]+)+")


def bare(tree: ast.Module) -> list[str]:
    """Texts of a module that look like sentences and reach no translator."""
    known = {id(part) for node in ast.walk(tree) if _elsewhere(node) for part in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known
        if SENTENCE.match(node.value) and node.value not in NOT_FOR_READERS
    ]


def _elsewhere(node: ast.AST) -> bool:
    """Marked for translators, or for whoever runs or reads the code, or programs for the API."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in MARKS | DESCRIBE
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Raise) and not _told(node)


def _told(node: ast.Raise) -> bool:
    """WTForms shows what these say beside the field."""
    name = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(name, ast.Name) and name.id in {"ValidationError", "StopValidation"}


def test_no_module_holds_a_bare_sentence():
    assert faults(MODULES.keys() - TOGETHER - IN_FILES, lambda name: bare(MODULES[name])) == {}


def test_the_search_for_bare_sentences_finds_them():
    page = '"""Not this one."""\nx = [_("Nor this one"), "But this one", f(g, t="And this, too")]\n'
    assert bare(ast.parse(page)) == ["But this one", "And this, too"]
    assert bare(ast.parse('raise ValidationError("Please write here")')) == ["Please write here"]


STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+\b.*[.!?…]$")
CLASSES = re.compile(r"\w(?:__|--)\w")


def spoken(path: Path) -> list[str]:
    """Strings of a script that look like words for people; thrown errors are not for them."""
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", read(path), flags=re.S)
    code = re.sub(r"new \w*Error\([^)]*\)", "", code)
    strings = (next(filter(None, found), "") for found in STRING.findall(code))
    plain = (re.sub(r"\$\{[^}]*\}", " ", text) for text in strings if not CLASSES.search(text))
    return [text for text in plain if WORDS.search(text)]


def test_no_script_holds_words_of_its_own():
    assert faults(SCRIPTS, spoken) == {}


def test_the_search_for_words_in_scripts_finds_them(tmp_path):
    script = tmp_path / "x.js"
    script.write_text(
        'a("two words"); b(`Well done.`); throw new Error("not for people"); c("x y")'
    )
    assert spoken(script) == ["two words", "Well done."]


# As NEVER_SAID of the English texts: what the app never claims, and words it does not use.
NIE_GESAGT = re.compile(
    r"\b(behandel\w*|behandlung\w*|heil(t|en|ung|sam\w*)|geheilt|kurier\w*|lindert?\w*|"
    r"linderung|therapiert|diagnostizier\w*|triggerpunkt\w*|verklebung\w*|verspannung\w*|"
    r"giftstoff\w*|schlacken|löst (den|deinen) schmerz|erklärt den schmerz|beseitig\w*|"
    r"klinisch (erwiesen|bewiesen)|nachweislich|garantiert|unbedenklich|workouts?|"
    r"freigegeben|empfehl\w*|empfohlen|muskelknoten)\b",
    re.IGNORECASE,
)
# Said to deny it, in these sentences only.
DENIED = re.compile(r"stellt keine Diagnosen, behandelt und heilt nichts", re.IGNORECASE)
CLEARED = "I am 18 or older, I have read when to stop, and I know that this app has not"


def test_no_german_text_promises_a_cure():
    claims = [
        (each.id, text)
        for each in translations("de")
        if each.id and not str(each.id).startswith(CLEARED)
        for text in forms(each.string)
        if NIE_GESAGT.search(DENIED.sub("", text))
    ]
    assert claims == []


def test_the_search_for_promises_finds_them():
    wrong = (
        "Das heilt den Rücken.",
        "behandelt Schmerzen",
        "lindert",
        "Triggerpunkte",
        "Löst den Schmerz",
    )
    assert all(map(NIE_GESAGT.search, wrong))
    assert not any(map(NIE_GESAGT.search, ("teilweise", "Heilbronn", "handelt")))


def test_the_catalogues_own_words_keep_one_german_word_each():
    known = translations("de")
    one = {
        **{"Touch": "Berührung", "Light": "Leicht", "Medium": "Mittel", "Firm": "Kräftig"},
        **{"Too firm": "Zu fest", "Good ache": "Wohliger Schmerz", "Pulsing": "Pulsierend"},
        **{"Sharp or hot": "Stechend oder heiß"},
        **{"Numb, tingling or shooting": "Taub, kribbelnd, schießend"},
        **{"Spot": "Punkt", "Sessions": "Sitzungen", "Tenderness": "Druckempfindlichkeit"},
    }
    assert {word: known[word].string.replace("\N{SOFT HYPHEN}", "") for word in one} == one


# Keys of the catalogues whose texts no page shows as they are; `basis` is taken apart.
NOT_SHOWN = {"basis", "box", "cite", "display", "seen_in", "then", "title", "when"}


def test_every_text_of_the_catalogues_is_for_translators_or_not_shown(sentences):
    found = {text for each in sentences for text in forms(each.id)}
    left = [
        (path.name, key, text)
        for path in sorted((ROOT / "tracker").rglob("*.toml"))
        for key, text in _strings(tomllib.loads(read(path)))
        if " " in text and key not in NOT_SHOWN and text not in found
    ]
    assert left == []


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, key)


@pytest.mark.parametrize("code", OTHERS)
def test_sentences_of_the_catalogue_are_not_left_in_english(code):
    """Names of muscles are Latin in both languages; whatever has a small word in it is not."""
    known = translations(code)
    said = {message for _, _, message in texts()}
    english = re.compile(r"\b(the|of|and|or|with|is|to|in a|on a)\b")
    assert [text for text in said if known[text].string == text and english.search(text)] == []
