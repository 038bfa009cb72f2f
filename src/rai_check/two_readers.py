"""Sentences with two readers: who has the file at hand, and who is given a report.

A message may have to name a sheet or a column so that someone can find it, though its name may
be somebody's data. Such a name is held between marks that no cleaned name can contain; an error
shows it on one's own terminal (`own`), and a report only by the rule of `headings` (`shared`).
"""

import re
from collections.abc import Collection

from rai_check.headings import is_identifier, is_ordinary

_START, _NEXT, _END = "\ue000", "\ue001", "\ue002"
_HELD = re.compile(
    f"{_START}([^{_START}-{_END}]*){_NEXT}([^{_START}-{_END}]*){_NEXT}([^{_START}-{_END}]*){_END}"
)


def held(name: str, said: str, otherwise: str) -> str:
    """Return a piece of a message that names what may be data.

    Args:
        name: cleaned, without control characters.
        said: the piece where the name may be said.
        otherwise: the piece where it may not; of words of ours.
    """
    return f"{_START}{name}{_NEXT}{said}{_NEXT}{otherwise}{_END}"


def own(text: str) -> str:
    """Return a message as the terminal of whoever has the file shows it."""
    return _HELD.sub(lambda found: found[3] if is_identifier(found[1]) else found[2], text)


def shared(text: str, declared: Collection[str] = ()) -> str:
    """Return a message as a report may say it.

    Args:
        text: of an error before its names were resolved.
        declared: names that the project file itself gives.
    """

    def resolved(found: re.Match[str]) -> str:
        told = found[1] in declared or is_ordinary(found[1])
        return found[2] if told else found[3]

    return _HELD.sub(resolved, text)
