"""Where many falling functions cross zero at once: secant steps, kept inside brackets."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Floats

Falling: TypeAlias = Callable[[Floats, NDArray[np.intp]], Floats]
"""Given places and the index of the function each is for, the values."""

_CLOSE = 1e-11  # the error left after a secant step this short is far below rounding
_ROUNDS = 200  # halving alone needs 44 rounds; a guard against a function that is not one


def falling_roots(
    f: Falling, *, low: Floats, high: Floats, start: Floats, before: Floats, value: Floats
) -> Floats:
    """Return the place between `low` and `high` at which each of several functions is zero.

    A secant step that leaves the bracket, or follows one that did not halve the value, is replaced
    by halving the bracket, so the search ends whatever the functions do. Functions that are done
    drop out: most rounds are of few.

    Args:
        f: Functions that do not rise. Taken to be positive at `low` and negative at `high`,
            where they are not called; one of a single sign gives the end it points to.
        low: Lower ends, one-dimensional as are all the others.
        high: Upper ends, at least `low`; where they are equal nothing is searched.
        start: Where each search starts; taken as far as the middle if outside its bracket.
        before: Another place, whose value is known or nearly so, for the first secant.
        value: The value there.

    Returns:
        The places, exact to rounding where the functions are smooth and steep.
    """
    roots = np.where((low < start) & (start < high), start, (low + high) / 2.0)
    live = np.flatnonzero(low < high)
    low, high, before, value, at = (a[live] for a in (low, high, before, value, roots))
    for _ in range(_ROUNDS):
        if not live.size:
            break
        here = f(at, live)
        low, high = np.where(here > 0.0, at, low), np.where(here > 0.0, high, at)
        step = _secant(here, value, at - before)
        middle = (low + high) / 2.0
        steady = np.abs(here) <= np.abs(value) / 2.0
        following = at + step
        inside = (low < following) & (following < high) & steady
        done = (np.abs(step) <= _CLOSE) | (high - low <= _CLOSE) | (here == 0.0)
        following = np.where(inside, following, np.where(done, at, middle))
        roots[live] = following
        keep = ~done
        live, low, high = live[keep], low[keep], high[keep]
        before, value, at = at[keep], here[keep], following[keep]
    return roots


def _secant(here: Floats, before: Floats, moved: Floats) -> Floats:
    """Return the step to where the line through the last two values is zero; inf if it is flat."""
    rise = here - before
    flat = rise == 0.0
    return np.where(flat, np.inf, -here * moved / np.where(flat, 1.0, rise))
