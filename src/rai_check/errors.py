"""Errors a user can mend: one sentence each, never a data value.

A message says what is wrong, what we got, and what to do next.
Column names, file names and control ids may appear; the content of a cell may not.
"""

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path

from rai_check.two_readers import own, shared


class RaiCheckError(Exception):
    """Base of every error this package raises on purpose; the command line shows it as one line.

    Attributes:
        marked: the message with its names between the marks of `two_readers`, for a message that
            it becomes part of.
    """

    def __init__(self, message: str = "") -> None:
        """Hold a message, and show of it what the terminal of whoever has the file may show."""
        super().__init__(own(message))
        self.marked = message

    def shared(self, declared: Collection[str] = ()) -> str:
        """Return the message as a report may say it; `declared` are the project file's names."""
        return shared(self.marked, declared)


class UsageError(RaiCheckError):
    """A policy, project, statement or argument cannot be used (exit code 2)."""


class DataError(RaiCheckError):
    """A table or model cannot be read as declared; the check that needed it could not run."""


def where_ours(broken: BaseException) -> str:
    """Name an exception and the last line of ours it came through; never its text."""
    trace, last = broken.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(Path(__file__).parent):
            last = f" at {file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(broken).__name__}{last}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for a near miss, or an empty string."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
