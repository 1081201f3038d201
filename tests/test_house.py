"""The layout of the house, read from its files: who imports whom, and what stays out of templates.

Each test lists what breaks its rule, by file, and expects nothing.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
FEATURES = (
    "accounts",
    "spots",
    "safety",
    "days",
    "sessions",
    "finder",
    "checkins",
    "progress",
    "reminders",
    "sharing",
    "today",
    "pwa",
)
# These put the features together, or fill them with an example.
TOGETHER = {"tracker.app", "tracker.pattern", "tracker.demo"}
PURE = {
    "spots": {
        *("around", "body", "catalog", "checks", "chosen", "claims", "closeup", "content"),
        *("extract", "records"),
    },
    "safety": {"answers", "asking", "content", "given", "lowered", "rules", "standing", "ticked"},
    "days": {"asked", "noted", "tracked"},
    "sessions": {
        *("basis", "counts", "document", "dose", "history", "itinerary", "next_day"),
        *(
            "opening",
            "pauses",
            "progression",
            "protocol",
            "remembered",
            "rules",
            "trace",
            "trace_check",
        ),
    },
    "finder": {"picture", "places", "ranking"},
    "checkins": {"asked", "overall_due"},
    "progress": {
        *("charts", "drawing", "fair_test", "heat", "helps", "nap", "outcome", "plans"),
        *("quick_look", "region", "review", "slopes", "statistics", "stretches", "tallies"),
        *("adherence", "trend", "weeks"),
    },
    "reminders": {"address", "subscription", "when"},
    "sharing": {
        *("csv", "fhir", "fields", "foreign", "incoming", "package", "picture", "plots"),
        *("scope", "summary", "table"),
    },
}
PURE_MODULES = {f"tracker.{feature}.{name}" for feature, names in PURE.items() for name in names}
PURE_MODULES |= {"tracker.merging", "tracker.strict"}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(read(path))
    for path in sorted((ROOT / "tracker").rglob("*.py"))
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LIBRARY = sorted((ROOT / "static" / "js" / "lib").glob("*.js"))


def imports_of(module: str) -> set[str]:
    """Every module named in an import, `from tracker import clock` as tracker.clock."""
    found = set()
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= inner or {node.module or ""}
    return found


def feature_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 2 and parts[0] == "tracker" else None


def faults(places: Iterable, look: Callable) -> dict:
    """What `look` finds in each place, where it finds anything."""
    return {str(place): found for place in places if (found := look(place))}


def names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_features_import_leftwards_only():
    def look(module):
        here = feature_of(module)
        known = FEATURES[: FEATURES.index(here) + 1] if here else ()
        return {name for name in imports_of(module) if feature_of(name) not in (None, *known)}

    assert faults(MODULES.keys() - TOGETHER, look) == {}


def test_every_feature_has_its_place_in_the_order():
    assert {feature_of(module) for module in MODULES} <= {None, *FEATURES}


def test_only_the_app_puts_views_together():
    def look(module):
        return {name for name in imports_of(module) if name.endswith(".views")}

    assert faults(MODULES.keys() - TOGETHER, look) == {}


def test_nothing_imports_what_puts_the_app_together():
    assert faults(MODULES.keys() - TOGETHER, lambda module: imports_of(module) & TOGETHER) == {}


def test_pure_modules_know_the_standard_library_and_each_other():
    def look(module):
        others = {n for n in imports_of(module) if n.split(".")[0] not in sys.stdlib_module_names}
        return others - PURE_MODULES

    assert MODULES.keys() >= PURE_MODULES
    assert faults(PURE_MODULES, look) == {}


def test_imports_are_absolute():
    def look(module):
        nodes = ast.walk(MODULES[module])
        return [n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.level]

    assert faults(MODULES, look) == {}


def test_packages_are_empty_so_that_pure_modules_load_alone():
    assert faults((ROOT / "tracker").rglob("__init__.py"), read) == {}


def test_time_and_person_are_told_to_what_is_below_the_views():
    below = {m for m in MODULES if m.split(".")[-1] in {"queries", "models", "prepare", "board"}}

    def look(module):
        tree = MODULES[module]
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        return names_in(tree) & {"current_user", "request"} | asked & {"now", "utcnow", "today"}

    assert faults(below | PURE_MODULES, look) == {}


def test_every_query_starts_from_its_owner():
    def look(module):
        functions = [n for n in MODULES[module].body if isinstance(n, ast.FunctionDef)]
        asking = [each for each in functions if names_in(each) & {"db", "select"}]
        return [f.name for f in asking if [arg.arg for arg in f.args.args[:1]] != ["user"]]

    assert faults((m for m in MODULES if m.endswith(".queries")), look) == {}


def test_the_javascript_library_knows_no_page():
    page = r"\b(?:document|window|localStorage|sessionStorage|navigator|HTMLElement)\b"

    def look(path):
        code = re.sub(r"/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"|`[^`]*`", "", read(path), flags=re.S)
        return re.findall(page, code)

    assert faults(LIBRARY, look) == {}


def test_templates_hold_nothing_the_content_policy_would_block():
    inline = (
        r"\sstyle\s*=|<style\b|<[^>]*\son[a-z]+\s*=|javascript:"
        r"|<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"
    )
    assert faults(TEMPLATES, lambda path: re.findall(inline, read(path))) == {}


TREES = {
    path.relative_to(ROOT / "templates").as_posix(): Environment().parse(read(path))
    for path in TEMPLATES
}


@cache
def named_in(template: str, kind: type[nodes.Node]) -> set[str]:
    """The templates that it includes or extends; of a name put together, how it starts."""
    return {next(each.find_all(nodes.Const)).value for each in TREES[template].find_all(kind)}


def imported_in(template: str) -> set[str]:
    names = (name for each in TREES[template].find_all(nodes.FromImport) for name in each.names)
    return {name if isinstance(name, str) else name[1] for name in names}


@cache
def used_in(template: str) -> set[str]:
    """What it looks up, and what those do that it includes or that extend it: they see the same."""
    included = tuple(named_in(template, nodes.Include))
    inner = {name for name in TREES if included and name.startswith(included)}
    inner |= {name for name in TREES if template in named_in(name, nodes.Extends)}
    found = {each.name for each in TREES[template].find_all(nodes.Name) if each.ctx == "load"}
    return found.union(*(used_in(each) - imported_in(each) for each in inner - {template}))


def test_a_template_imports_only_what_it_uses():
    assert faults(TREES, lambda template: imported_in(template) - used_in(template)) == {}


SAME_IN_EVERY_LANGUAGE = re.compile(r"Sweetspot|&\w+;")
SPOKEN = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")


def untranslated(path: Path) -> list[str]:
    """The text of a template that is outside {{ … }} and {% … %}: what _() never saw."""
    return [text.strip() for text in _texts(path) if re.search(r"[^\W\d_]", text)]


def _texts(path: Path) -> Iterator[str]:
    text = ""
    for _line, kind, value in Environment().lex(read(path)):
        text += value if kind == "data" else "\0" if kind.endswith("_begin") else ""
    text = SAME_IN_EVERY_LANGUAGE.sub("", text)
    yield from SPOKEN.findall(text)
    yield from re.sub(r"<[^>]*>", "\0", text).split("\0")


def test_every_sentence_of_a_template_can_be_translated():
    assert faults((path for path in TEMPLATES if path.name != "pattern.html"), untranslated) == {}


def test_the_search_for_sentences_finds_them(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<p class="x">{{ _("Kept") }} but <b title="Not this">{# no #}5</b></p>')
    assert sorted(untranslated(page)) == ["Not this", "but"]


def test_the_readme_shows_every_folder_of_the_app():
    folders = {path.parent.name for path in (ROOT / "tracker").glob("*/__init__.py")}
    readme = read(ROOT / "README.md")
    assert {name for name in folders if f"{name}/" not in readme} == set()
