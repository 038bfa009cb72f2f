"""From a wording in canonical form to the group it names, by headings and details."""

from collections.abc import Iterator
from functools import lru_cache

from rai_check.measurement import NOT_KNOWN
from rai_check.tables.codes import ethnic_wordings as w
from rai_check.tables.codes import ethnicity as e
from rai_check.tables.codes.normal import is_not_known

OTHERS = {
    "White": e.WHITE_OTHER,
    "Mixed": e.MIXED_OTHER,
    "Asian": e.ASIAN_OTHER,
    "Black": e.BLACK_OTHER,
}
"""The "any other background" of each of the five but Other."""


def five_of(key: str) -> str:
    """The group of the five, of a detailed group or of one of the five itself."""
    return e.FIVE_OF.get(key, key)


@lru_cache(maxsize=4096)
def group_of(form: str) -> str | None:
    """The group of a canonical form, if there is just one."""
    if not form:
        return None
    if is_not_known(form) or is_not_known(form.removeprefix("other ") or "other"):
        return NOT_KNOWN
    if "/" not in form:
        return _single(form)
    if form in w.PAIRS:
        return w.UNDER["Mixed"][form]
    if (listed := _listed(form)) is not None:
        return listed
    return _split(form) or _joined(form)


def _split(form: str) -> str | None:
    """The group of a heading and its detail, where all ways to part them agree.

    One way may see less than another: in "Black African/Caribbean/Black British - African" the
    heading may end after the first word, and all that follows is Black.
    """
    found = {key for head, detail in _splits(form) if (key := _under(head, detail)) is not None}
    detailed = {key for key in found if key in e.FIVE_OF} or found
    one_of_five = len({five_of(key) for key in found}) == 1
    return detailed.pop() if len(detailed) == 1 and one_of_five else None


def _splits(form: str) -> Iterator[tuple[str, str]]:
    """Every heading that a form may begin with, and what follows it."""
    words = form.split()
    for i in range(1, len(words)):
        head = _heading(" ".join(words[:i]))
        if head is not None and words[i] != "/":
            yield head, " ".join(words[i:])


def _heading(form: str) -> str | None:
    """Which of the five a heading names; "Chinese or other" of 2001 counts as Other."""
    if form in {"chinese / other", "other / chinese"}:
        return "Other"
    parts = _parts(form)
    if len(parts) > 1:
        fives = {w.HEADINGS.get(part) or w.BESIDE_BLACK.get(part) for part in parts}
        return fives.pop() if len(fives) == 1 else None
    return w.HEADINGS.get(form)


def _parts(form: str) -> list[str]:
    return [part.strip() for part in form.split("/")]


def _single(form: str) -> str | None:
    """One thing without a joint: a group alone, one of the five, or "other" of one of them."""
    if form in w.HEADINGS:
        return w.HEADINGS[form]
    if form in w.ALONE:
        return w.ALONE[form]
    words = form.split()
    rest = [word for word in words if word not in w.NATIONAL]
    if len(rest) == 1 and rest[0] in w.VARIED:
        return w.ALONE[rest[0]]
    other = form.removeprefix("any ").removeprefix("other ") if "other " in form else ""
    if w.HEADINGS.get(other) in OTHERS:
        return OTHERS[w.HEADINGS[other]]
    return _split(form)


def _listed(form: str) -> str | None:
    """The census's own lists of names for one group, and "any other" of several names for one."""
    bare = form.removeprefix("white ")
    parts = {*_parts(bare)}
    if parts <= w.BRITISH and (bare != form or "british" in parts):
        return e.WHITE_BRITISH
    travelling = parts - {"roma"}
    if travelling and travelling <= w.TRAVELLERS:
        return "White" if "roma" in parts else e.GYPSY_TRAVELLER
    if form.startswith(("any other ", "other ")):
        return OTHERS.get(_heading(form.removeprefix("any ").removeprefix("other ")) or "")
    return None


def _joined(form: str) -> str | None:
    """Things joined: one group by several names, or the one of the five that all are of."""
    keys = {_single(part) for part in _parts(form)}
    if len(keys) == 1:
        return keys.pop()
    fives = {None if key is None else five_of(key) for key in keys}
    return fives.pop() if len(fives) == 1 else None


def _under(head: str, detail: str) -> str | None:
    """The group of a detail under its heading; None where it belongs under another."""
    found = _detail(head, detail)
    if found is None and "/" in detail:
        found = _listed(detail) or _joined(detail)
    if found == e.CHINESE and head == "Other":
        return found
    return found if found is not None and five_of(found) == head else None


def _detail(head: str, detail: str) -> str | None:
    if detail in w.UNDER[head]:
        return w.UNDER[head][detail]
    if detail in w.COARSE[head]:
        return head
    if head == "White" and detail in w.BRITISH:
        return e.WHITE_BRITISH
    if detail in {"other", "any other", "others"}:
        return OTHERS[head]
    return None if "/" in detail else _single(detail)
