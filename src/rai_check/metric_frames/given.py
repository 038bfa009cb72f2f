"""What a fairlearn MetricFrame holds, without the frame: groups by name, and their numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rai_check.check import Missing
from rai_check.errors import UsageError
from rai_check.measurement import UNDECLARED

_WHOLE = 1e-6
"""How far rate x count may be from a whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group: `x` events among `n`."""

    labels: tuple[str, ...]
    x: int
    n: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A MetricFrame by group."""

    features: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    """Labels of each row, one for each feature; two rows may have the same."""
    values: Mapping[str, tuple[float, ...]]
    """Metric → its value in each row; NaN where the combination of features has nobody."""

    def counted(self, metric: str, denominator: str) -> tuple[Group, ...] | None:
        """Events and denominator of each group; None where they are not whole numbers."""
        found: dict[tuple[str, ...], Group] = {}
        rows = zip(self.groups, self.values[metric], self.values[denominator], strict=True)
        for labels, rate, count in rows:
            n = 0.0 if math.isnan(count) else count
            x = rate * n if n else 0.0
            if not (math.isfinite(x) and abs(x - round(x)) <= _WHOLE and n == round(n)):
                return None
            if not 0 <= round(x) <= n:
                return None
            held = found.get(labels, Group(labels=labels, x=0, n=0))
            found[labels] = Group(labels=labels, x=held.x + round(x), n=held.n + round(n))
        return tuple(found[labels] for labels in sorted(found))


def given(frame: object, labels: Mapping[str, str]) -> Given:
    """Read a MetricFrame.

    Args:
        frame: made by fairlearn, without control features.
        labels: value of a group → its name; others are "undeclared group N".

    Raises:
        UsageError: it is no MetricFrame, or has control features.
        Missing: it has fewer than two groups.
    """
    from fairlearn.metrics import MetricFrame

    if not isinstance(frame, MetricFrame):
        raise UsageError(f"Give a fairlearn MetricFrame; this is a {type(frame).__name__}.")
    if frame.control_levels:
        raise UsageError(
            "The MetricFrame has control features; the check 'conditional-parity' tests what is "
            "common to their levels."
        )
    table: Any = frame.by_group
    table = table if table.ndim > 1 else table.to_frame()
    index = table.index
    if len(index) < 2:  # noqa: PLR2004 - a comparison needs two
        raise Missing("the MetricFrame has fewer than two groups to compare")
    levels = [_named(index.get_level_values(i), labels) for i in range(index.nlevels)]
    return Given(
        features=tuple(str(name) for name in index.names),
        groups=tuple(zip(*levels, strict=True)),
        values={str(name): tuple(float(v) for v in table[name]) for name in table.columns},
    )


def _named(values: Sequence[object], labels: Mapping[str, str]) -> list[str]:
    """The label of each value, matched in the text form that the columns of a table have."""
    from rai_check.tables.text import text_forms_of

    held = [str(text) for text in text_forms_of([str(value) for value in values])]
    known = dict(zip(text_forms_of(tuple(labels)), labels.values(), strict=True))
    unknown = sorted({*held} - {*known})
    names = {text: f"{UNDECLARED}{i}" for i, text in enumerate(unknown, start=1)}
    return [known.get(text) or names[text] for text in held]
