"""TOML tables into frozen dataclasses, strictly: a mistake is named by file and key."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number with a point",
    bool: "true or false",
    date: "a date",
}


class CatalogError(ValueError):
    """The catalogue is not usable; the message names the file and the key."""

    def __init__(self, file: str, key: str, problem: str):
        super().__init__(": ".join(part for part in (file, key, problem) if part))


def read_record(kind: type[Record], path: Path) -> Record:
    """Read one TOML file as one record; every table, list and scalar follows its type hints."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogError(path.name, "", f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise CatalogError(path.name, "", f"not valid TOML: {error}") from error
    return _record(kind, table, path.name, "")


def _record(kind: type[Record], table: dict[str, Any], file: str, key: str) -> Record:
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for name in table:
        if name not in known:
            raise CatalogError(file, _under(key, name), "unknown key")
    for name, field in known.items():
        if name not in table and field.default is MISSING:
            raise CatalogError(file, _under(key, name), "missing")
    return kind(
        **{name: _value(hints[name], table[name], file, _under(key, name)) for name in table}
    )


def _value(hint: Any, value: Any, file: str, key: str) -> Any:
    if isinstance(hint, UnionType):  # TOML has no null: what is there is the other type
        return _value(get_args(hint)[0], value, file, key)
    if is_dataclass(hint):
        return _record(hint, _expect(dict, "a table", value, file, key), file, key)
    if get_origin(hint) is tuple:
        items = _expect(list, "a list", value, file, key)
        inner = get_args(hint)[0]
        return tuple(_value(inner, item, file, f"{key}[{at}]") for at, item in enumerate(items))
    if get_origin(hint) is Mapping:
        table = _expect(dict, "a table", value, file, key)
        inner = get_args(hint)[1]
        return MappingProxyType(
            {name: _value(inner, item, file, _under(key, name)) for name, item in table.items()}
        )
    value = _expect(hint, WORDS[hint], value, file, key)
    if hint is str and (not value or value != value.strip()):
        raise CatalogError(file, key, "is empty or has blanks around it")
    return value


def _expect(kind: type, words: str, value: Any, file: str, key: str) -> Any:
    if type(value) is not kind:  # not isinstance: true is no number
        raise CatalogError(file, key, f"expected {words}, got {value!r}")
    return value


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
