"""How each check works, from its own documentation."""

import re
from dataclasses import dataclass

from rai_check.disclosed import PublicAssessment
from rai_check.errors import RaiCheckError


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A check's own documentation: (heading, paragraphs)."""

    id: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def check_ids(shown: PublicAssessment) -> tuple[str, ...]:
    """Checks whose lines the assessment has."""
    used = {x.check for item in shown.items for x in item.lines}
    return tuple(sorted(used - {"", "family"}))


def check_page(id_: str) -> CheckPage:
    """A check's docstring; one that is not installed here is named without its page."""
    from rai_check.check import HEADINGS
    from rai_check.registry import get_check

    try:
        found = get_check(id_)
    except RaiCheckError:
        absent = ("This check is not installed where this report was made.",)
        return CheckPage(id=id_, title="not installed here", parts=(("Documentation", absent),))
    pattern = rf"^({'|'.join(map(re.escape, HEADINGS))})$"
    first, *rest = re.split(pattern, found.doc, flags=re.MULTILINE)
    pairs = [("In short", first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = tuple((heading, _paragraphs(text)) for heading, text in pairs if text.strip())
    return CheckPage(id=id_, title=found.title, parts=parts)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(p.split()) for p in text.strip().split("\n\n"))
