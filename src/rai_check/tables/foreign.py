"""Errors of other code, replaced by ours without their text: conversion errors quote rows."""

from collections.abc import Callable
from typing import TypeVar

from rai_check.errors import DataError, RaiCheckError

T = TypeVar("T")


def guarded(work: Callable[[], T], message: str) -> T:
    """Do `work`, which touches data by way of other code; should that fail, raise ours instead.

    Ours is raised after the `except` block, so that it carries no context: `from None` only
    hides the foreign exception, which a writer of tracebacks may still print.

    Raises:
        DataError: `message` and the class of what happened, never its text.
        RaiCheckError: our own errors pass as they are.
    """
    try:
        return work()
    except RaiCheckError:
        raise
    except Exception as error:  # noqa: BLE001 - engines, decoders and a value's own __str__ may raise anything, and quote data in it
        kind = type(error).__name__
    raise DataError(f"{message} ({kind}).")
