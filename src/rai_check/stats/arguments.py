"""Argument checks shared by the statistics: what fails here is a programming error.

Messages name the argument and never its value: a count may be personal data.
"""

import math
import operator
from collections.abc import Sequence
from typing import Literal, SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Effect: TypeAlias = Literal["ratio", "difference", "odds"]
"""Of two rates p and p0: p / p0, p - p0, or the ratio of p / (1 - p) and p0 / (1 - p0)."""
Side: TypeAlias = Literal["above", "below"]
Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = Floats | float


def whole(name: str, value: SupportsIndex, *, least: int = 0) -> int:
    """Return `value` as an int of at least `least`; floats and booleans are refused.

    Raises:
        ValueError: If it is not a whole number or too small.
    """
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise ValueError(f"{name} must be a whole number")
    number = operator.index(value)
    if number < least:
        raise ValueError(f"{name} must be at least {least}")
    return number


def part_of(
    name: str, value: SupportsIndex, whole_name: str, total: SupportsIndex
) -> tuple[int, int]:
    """Return `value` and `total` as ints with 0 <= value <= total and total >= 1.

    Raises:
        ValueError: If either is not a whole number or the part exceeds the whole.
    """
    size = whole(whole_name, total, least=1)
    part = whole(name, value)
    if part > size:
        raise ValueError(f"{name} must not exceed {whole_name}")
    return part, size


def part_of_arrays(
    name: str, value: ArrayLike, whole_name: str, total: ArrayLike
) -> tuple[Floats, Floats]:
    """Return two integer arrays as floats after the checks of `part_of`, element by element.

    Raises:
        ValueError: If a dtype is not integer or any element breaks a rule.
    """
    size, part = np.asarray(total), np.asarray(value)
    for label, array in ((whole_name, size), (name, part)):
        if array.dtype.kind not in "iu":
            raise ValueError(f"{label} must hold whole numbers")
    if np.any(size < 1):
        raise ValueError(f"{whole_name} must be at least 1")
    if np.any(part < 0):
        raise ValueError(f"{name} must be at least 0")
    if np.any(part > size):
        raise ValueError(f"{name} must not exceed {whole_name}")
    return part.astype(np.float64), size.astype(np.float64)


def real(name: str, value: float) -> float:
    """Return a finite float.

    Raises:
        ValueError: If it is not a number, NaN or infinite.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a number") from None
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite")
    return number


def reals(
    name: str, values: ArrayLike, *, low: float = -math.inf, high: float = math.inf
) -> Floats:
    """Return an array of floats, each from `low` to `high`.

    Raises:
        ValueError: If any is not a number, NaN or outside.
    """
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers") from None
    if not np.all((numbers >= low) & (numbers <= high)):
        raise ValueError(f"{name} must lie between {low:g} and {high:g}")
    return numbers


def between(name: str, value: float, low: float, high: float) -> float:
    """Return a float strictly between two limits.

    Raises:
        ValueError: If it is not a number or not inside.
    """
    number = real(name, value)
    if not low < number < high:
        raise ValueError(f"{name} must lie strictly between {low:g} and {high:g}")
    return number


def probabilities(name: str, values: Sequence[float]) -> tuple[float, ...]:
    """Return floats of the closed unit interval.

    Raises:
        ValueError: If any is NaN or outside.
    """
    numbers = tuple(real(name, value) for value in values)
    if not all(0.0 <= number <= 1.0 for number in numbers):
        raise ValueError(f"{name} must lie between 0 and 1")
    return numbers


def effect_bound(effect: Effect, bound: float, *, odds: bool = False) -> float:
    """Return a bound the effect can have: ratios above 0, a difference inside (-1, 1).

    An odds ratio is refused unless the caller says, with `odds`, that it knows them.

    Raises:
        ValueError: If the effect is unknown or the bound impossible.
    """
    if known_effect(effect, odds=odds) == "difference":
        return between("bound", bound, -1.0, 1.0)
    return between("bound", bound, 0.0, math.inf)


def known_effect(effect: Effect, *, odds: bool = False) -> Effect:
    """Return the effect after checking it, an odds ratio only if `odds`.

    Raises:
        ValueError: If it is unknown to the caller.
    """
    if effect in ("ratio", "difference") or (odds and effect == "odds"):
        return effect
    words = "'ratio', 'difference' or 'odds'" if odds else "'ratio' or 'difference'"
    raise ValueError(f"effect must be {words}")


def mirrored(effect: Effect, bound: float) -> float:
    """Return the bound that says the same of the two rates exchanged."""
    return -bound if effect == "difference" else 1.0 / bound


def known_side(side: Side) -> Side:
    """Return the side after checking it.

    Raises:
        ValueError: If it is neither above nor below.
    """
    if side not in ("above", "below"):
        raise ValueError("side must be 'above' or 'below'")
    return side
