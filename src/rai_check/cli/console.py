"""What commands say to a person, and how they end."""

import json
import os
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from rai_check.errors import RaiCheckError
from rai_check.outcome import Exit

P = ParamSpec("P")
INTERRUPTED = threading.Event()


def finishing(body: Callable[P, Exit]) -> Callable[P, None]:
    """Turn what a command returns, and any error meant for the user, into an exit code."""

    @wraps(body)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = body(*args, **kwargs)
        except RaiCheckError as fault:
            say(f"error: {fault}")
            code = Exit.UNUSABLE
        sys.exit(code.value)

    return wrapped


def say(text: str) -> None:
    """Write one line for a person on standard error, with nothing that could drive a terminal."""
    from rai_check.reports.escape import visible

    click.echo(visible(text), err=True)


def progress(text: str) -> None:
    """Say on standard error what is being measured, if a person is watching.

    Raises:
        KeyboardInterrupt: when Ctrl-C was pressed where Python could not raise it at once.
    """
    if INTERRUPTED.is_set():
        raise KeyboardInterrupt
    if sys.stderr.isatty():
        say(f"measuring {text}")


def colour() -> bool:
    """Whether standard output takes colour (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def inert(text: str) -> str:
    """JSON for standard output, where raw control characters could drive a terminal."""
    return json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
