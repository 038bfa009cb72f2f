"""Run another library's code so that nothing it says can carry a cell into a message or a log.

scikit-learn quotes values in errors ("Found unknown categories ...") and in warnings.
"""

import warnings
from collections.abc import Callable
from typing import TypeVar

from rai_check.errors import DataError, RaiCheckError

T = TypeVar("T")


def quietly(work: Callable[[], T], message: str) -> T:
    """Do `work` on one thread, without warnings; should anything escape it, raise ours instead.

    One thread because sums that are split between threads may differ in their last digits.
    Ours is raised after the `except` block, so that it carries no context.

    Raises:
        DataError: `message` and the class of what happened, never its text.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("ignore")
        try:
            return work()
        except RaiCheckError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a model raises, its text may quote rows
            kind = type(error).__name__
    raise DataError(f"{message} ({kind}).")
