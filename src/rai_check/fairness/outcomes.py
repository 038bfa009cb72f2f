"""From the values of a prediction or truth column to three states: no, yes and not known."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.measurement import Undefined
from rai_check.project.columns import ColumnFile
from rai_check.tables import Cut
from rai_check.tables.text import text_forms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NO, YES, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """One outcome column of a cube: the state of each of its keys, and what does not fit."""

    states: "NDArray[np.int8]"
    refusal: Undefined | None
    """Why no rate may be worked out from it."""


def key_of(column: str, spec: ColumnFile) -> str | Cut:
    """What to group by: the values of the column, or, for a score, the sides of its threshold."""
    if spec.at_least is None:
        return column
    return Cut(column, tuple(sorted({spec.at_least, *_around(spec.not_known)})))


def _around(values: "Sequence[str]") -> list[float]:
    """Edges that put each number declared as not known between edges of its own."""
    found = [number for value in values if (number := _number(value)) is not None]
    return [edge for number in found for edge in (number, math.nextafter(number, math.inf))]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def axis(
    column: str, spec: ColumnFile, keys: "Sequence[str | None]", n: "NDArray[np.int64]"
) -> Axis:
    """Give each key its state.

    Args:
        column: its name, for messages.
        spec: what the project declares of it.
        keys: the distinct values, or bins of the `Cut` that `key_of` gives; None for missing.
        n: how many rows each key has.
    """
    score = spec.at_least is not None
    states = np.array(
        [_bin_state(spec, k) for k in keys] if score else _value_states(spec, keys), dtype=np.int8
    )
    meant = states != UNKNOWN if score else _meant(spec, keys)
    return Axis(states=states, refusal=_refusal(column, spec, states, meant & (n > 0), n > 0))


def _value_states(spec: ColumnFile, keys: "Sequence[str | None]") -> list[int]:
    yes, no = {*text_forms_of(spec.positive)}, {*text_forms_of(spec.negative)}
    unknown = {None, *text_forms_of(spec.not_known)}
    return [
        UNKNOWN if key in unknown else YES if key in yes else NO if not no or key in no else UNKNOWN
        for key in keys
    ]


def _meant(spec: ColumnFile, keys: "Sequence[str | None]") -> "NDArray[np.bool_]":
    """Values that are there and that the project does not call not known."""
    unknown = {None, *text_forms_of(spec.not_known)}
    return np.array([key not in unknown for key in keys], dtype=np.bool_)


def _bin_state(spec: ColumnFile, key: str | None) -> int:
    """State of a bin, from the edge at its lower end."""
    cut = key_of("", spec)
    if key is None or not isinstance(cut, Cut):
        return UNKNOWN
    place = int(key)
    edge = cut.edges[place - 1] if place else -math.inf
    if edge in {_number(value) for value in spec.not_known}:
        return UNKNOWN
    return YES if spec.at_least is not None and edge >= spec.at_least else NO


def _refusal(
    column: str,
    spec: ColumnFile,
    states: "NDArray[np.int8]",
    meant: "NDArray[np.bool_]",
    held: "NDArray[np.bool_]",
) -> Undefined | None:
    """What counts as positive does not fit what the data holds."""
    if np.any(meant) and not np.any(held & (states == YES)):
        word = "positive" if spec.at_least is None else "at_least"
        text = f"none of the values declared as positive occurs in column {column!r}; "
        text += f"check {word!r} in the project"
        return Undefined(code="no_positive", text=text, mendable=True)
    others = int(np.count_nonzero(held & (states == NO)))
    if spec.positive and not spec.negative and others > 1:
        text = f"column {column!r} has {others:,} values besides the positive ones; "
        text += "say which are 'negative' and which 'not_known'"
        return Undefined(code="undeclared_values", text=text, mendable=True)
    return None
