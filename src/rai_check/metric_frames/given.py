"""What a fairlearn MetricFrame holds, without the frame: groups by name, and their numbers."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rai_check.check import Missing
from rai_check.errors import UsageError
from rai_check.measurement import NOT_KNOWN, UNDECLARED
from rai_check.tables.foreign import guarded

_LARGEST = 2**53
"""A greater count is not held exactly by the numbers of a frame."""
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
            if not 0 <= round(x) <= n <= _LARGEST:
                return None
            held = found.get(labels, Group(labels=labels, x=0, n=0))
            found[labels] = Group(labels=labels, x=held.x + round(x), n=held.n + round(n))
        if sum(group.n for group in found.values()) > _LARGEST:
            return None
        return tuple(found[labels] for labels in sorted(found))


def given(frame: object, labels: Mapping[str, str], not_known: Collection[str] = ()) -> Given:
    """Read a MetricFrame.

    Args:
        frame: made by fairlearn, without control features.
        labels: value of a group → its name; others are "undeclared group N".
        not_known: values that say that the group is not known, as blanks do.

    Raises:
        UsageError: it is no MetricFrame, has control features, or the labels are not text.
        DataError: a value of a group is not text, or a metric's not a number.
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
    _must_be_text(labels, not_known)
    table: Any = frame.by_group
    table = table if table.ndim > 1 else table.to_frame()
    index = table.index
    if len(index) < 2:  # noqa: PLR2004 - a comparison needs two
        raise Missing("the MetricFrame has fewer than two groups to compare")
    names = [_named(index.get_level_values(i), labels, not_known) for i in range(index.nlevels)]
    groups = tuple(
        (NOT_KNOWN,) * len(row) if NOT_KNOWN in row else row for row in zip(*names, strict=True)
    )
    return Given(
        features=tuple(str(name) for name in index.names),
        groups=groups,
        values={str(name): _numbers(table[name]) for name in table.columns},
    )


def _must_be_text(labels: Mapping[str, str], not_known: Collection[str]) -> None:
    if isinstance(not_known, str) or not all(
        isinstance(text, str) for text in (*labels.keys(), *labels.values(), *not_known)
    ):
        raise UsageError("'labels' maps text to text, and 'not_known' is a list of text.")


def _numbers(values: Sequence[Any]) -> tuple[float, ...]:
    """One metric's values; what is no number may hold anything, so it is not repeated."""
    message = "a metric of the MetricFrame has values that are not numbers"
    return guarded(lambda: tuple(float(value) for value in values), message)


def _named(
    values: Sequence[object], labels: Mapping[str, str], not_known: Collection[str]
) -> list[str]:
    """The label of each value, matched in the text form that the columns of a table have."""
    held = _texts(values)
    known = dict(zip(_texts(tuple(labels)), labels.values(), strict=True))
    known |= dict.fromkeys((None, *_texts(tuple(not_known))), NOT_KNOWN)
    unknown = sorted({text for text in held if text is not None} - {*known})
    known |= {text: f"{UNDECLARED}{i}" for i, text in enumerate(unknown, start=1)}
    return [known[text] for text in held]


def _texts(values: Sequence[object]) -> tuple[str | None, ...]:
    """Text forms; None of a blank."""
    from rai_check.tables.text import text_forms_of

    message = "the groups of the MetricFrame, or their labels, are not text that can be read"
    return guarded(lambda: text_forms_of([str(value) for value in values]), message)
