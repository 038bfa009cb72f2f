"""Read YAML that a stranger wrote: strings only, no aliases, no duplicate keys, lines remembered.

Scalars stay strings (so ``no`` is not False and ``01`` is not 1); the typed model converts them.
"""

import hashlib
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from rai_check.dates import iso_day
from rai_check.errors import UsageError, did_you_mean

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_SHOWN = 60
"""Characters of a value that a message may repeat; a longer one is not repeated at all."""
_PAIRS = "needs `key: value` pairs"
_WORDS = {
    "dict_type": _PAIRS,
    "model_type": _PAIRS,
    "model_attributes_type": _PAIRS,
    "tuple_type": "needs a list, such as [one, two]",
    "string_type": "needs text, not a list or pairs",
}
"""What is needed where a value is of another kind; other messages are pydantic's or our own."""
Path_ = tuple[str | int, ...]
M = TypeVar("M", bound="Document")


class Document(BaseModel):
    """Base of every typed file: closed (unknown keys are refused) and frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )


def _iso_date(value: object) -> object:
    return iso_day(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_iso_date)]
"""A date written YYYY-MM-DD; anything else, and impossible dates, are refused."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The raw content of a file with the line of every key and item."""

    path: Path
    content: Any
    sha256: str
    spots: Mapping[Path_, tuple[str, int]] = field(repr=False)
    """Path of keys and indices → (file name, line) it was written at."""

    def spot(self, at: Path_) -> tuple[str, int]:
        """File and line of the closest known ancestor of `at`."""
        while at and at not in self.spots:
            at = at[:-1]
        return self.spots.get(at, (self.path.name, 1))

    def place(self, at: Path_) -> str:
        """`file line N` of `at`, for the head of a message."""
        file, line = self.spot(at)
        return f"{file} line {line}"


class _Refused(Exception):  # noqa: N818 - private, turned into UsageError at once
    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line, self.text = line, text


def _build(node: yaml.Node, at: Path_, lines: dict[Path_, int]) -> Any:  # noqa: ANN401 - YAML is any shape
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*at, i), lines) for i, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - PyYAML has three kinds of node
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _Refused(line, "a key must be plain text")
        if key.value in found:
            first = lines[(*at, key.value)]
            raise _Refused(line, f"the key {key.value!r} is already on line {first}")
        lines[*at, key.value] = line
        found[key.value] = _build(value, (*at, key.value), lines)
    return found


def _plain_and_shallow(text: str) -> None:
    """Refuse anchors, aliases and deep nesting from the stream of events, before any is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, "anchors and aliases (& and *) are not used")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Refused(line, f"nested more than {MAX_DEPTH} deep")


def read_yaml(path: Path) -> Loaded:
    """Read one YAML mapping.

    Raises:
        UsageError: when the file is absent, too large, not UTF-8, not YAML, or not a mapping.
    """
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
        _plain_and_shallow(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Path_, int] = {}
        content = None if node is None else _build(node, (), lines)
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from None
    except _Refused as refused:
        raise UsageError(f"{path.name} line {refused.line}: {refused.text}.") from None
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        spot = f" line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(broken, "problem", None) or "it cannot be parsed"
        raise UsageError(f"{path.name}{spot}: not valid YAML ({problem}).") from None
    if not isinstance(content, dict):
        raise UsageError(f"{path.name} must hold 'key: value' lines; it is empty or a list.")
    spots = {at: (path.name, line) for at, line in lines.items()}
    return Loaded(path, content, hashlib.sha256(raw).hexdigest(), spots)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        beside = [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        raise UsageError(f"there is no file {str(path)!r}.{did_you_mean(path.name, beside)}")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as refused:
        raise UsageError(f"{path.name} cannot be read ({refused.strerror}).") from None
    if len(raw) > MAX_BYTES:
        raise UsageError(
            f"{path.name} is larger than {MAX_BYTES:,} bytes, more than such a file needs."
        )
    return raw


def typed(loaded: Loaded, model: type[M]) -> M:
    """Validate a loaded file against its model; the first fault is shown with its line.

    Raises:
        UsageError: for the first fault in line order, with the number of further ones.
    """
    try:
        return model.model_validate(loaded.content)
    except ValidationError as broken:
        faults = sorted(_first_causes(broken), key=lambda one: _order(one, loaded))
        more = f" ({len(faults) - 1} more after this)" if len(faults) > 1 else ""
        place = loaded.place(_at(faults[0], loaded))
        raise UsageError(f"{place}: {_sentence(faults[0], loaded, model)}{more}") from None


def _order(fault: ErrorDetails, loaded: Loaded) -> tuple[bool, tuple[str, int]]:
    """A key that is missing is often there misspelt, so unknown keys are told first."""
    return fault["type"] == "missing", loaded.spot(_at(fault, loaded))


def _first_causes(broken: ValidationError) -> list[ErrorDetails]:
    """Faults without "too short" of a list whose items are at fault themselves."""
    faults = broken.errors()
    inside = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
    return [f for f in faults if f["type"] != "too_short" or f["loc"] not in inside]


def _at(fault: ErrorDetails, loaded: Loaded) -> Path_:
    """The fault's place in the file: pydantic's path without its tags for union members."""
    at: Path_ = ()
    for part in fault["loc"]:
        if (*at, part) in loaded.spots:
            at = (*at, part)
    return at


def _sentence(fault: ErrorDetails, loaded: Loaded, model: type[BaseModel]) -> str:
    at, loc = _at(fault, loaded), fault["loc"]
    key = str(loc[-1]) if loc else ""
    name = ".".join(str(part) for part in at) or "the file"
    if fault["type"] == "extra_forbidden":
        fields = _fields_at(model, loc[:-1])
        near = did_you_mean(key, fields) or f" Known here: {', '.join(fields)}."
        return f"{key!r} is not a known key.{near}"
    if fault["type"] == "missing":
        return f"{key!r} is required and not there."
    if fault["type"] == "string_too_short":
        return f"{name!r} is empty."
    reason = _WORDS.get(fault["type"], fault["msg"].removeprefix("Value error, ").rstrip("."))
    if reason == _PAIRS and key == "labels":
        reason = "needs `value: name` pairs"
    got = fault["input"]
    shown = f"; got {got!r}" if isinstance(got, str) and len(got) <= MAX_SHOWN else ""
    near = ""
    if fault["type"] in {"enum", "literal_error"} and isinstance(got, str):
        near = did_you_mean(
            got, re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected")))
        )
    text = f"{name!r}: {reason[:1].lower()}{reason[1:]}{shown}"
    return f"{text}{'' if text.endswith('?') else '.'}{near}"


def _fields_at(model: object, loc: Path_) -> list[str]:
    """Field names of the model that sits at `loc` inside `model`."""
    for part in loc:
        model = _step(model, part)
    found = _model_in(model)
    return [info.alias or name for name, info in found.model_fields.items()] if found else []


def _step(model: object, part: Hashable) -> object:
    if get_origin(model) in (Union, UnionType, Annotated):
        members = [m for m in map(_model_in, _members(model)) if m]
        tagged = [m for m in members if part in get_args(_field(m, "kind"))]
        return tagged[0] if tagged else _step(members[0], part) if members else None
    found = _model_in(model)
    if found is not None:
        return _field(found, str(part))
    args = get_args(model)
    return args[-1 if get_origin(model) is dict else 0] if args else None


def _members(kind: object) -> tuple[object, ...]:
    args = get_args(kind)
    return _members(args[0]) if get_origin(kind) is Annotated else args or (kind,)


def _field(model: type[BaseModel], name: str) -> object:
    named = {info.alias or field: info for field, info in model.model_fields.items()}
    return named[name].annotation if name in named else None


def _model_in(kind: object) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    if get_origin(kind) in (Union, UnionType, Annotated):
        return next((m for m in map(_model_in, get_args(kind)) if m), None)
    return None
