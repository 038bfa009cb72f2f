"""What is odd about the values of a column of codes or labels."""

import unicodedata
from collections.abc import Iterator

from rai_check.quality.damage import eaten_in
from rai_check.quality.identifiers import RULES, is_valid, lost_a_zero
from rai_check.reports.numerals import plural
from rai_check.survey.headed import headed_identifiers, headed_kind
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.values import spent

_FEW_SPELLINGS = 500
_MOSTLY, _ALLOWED = 0.5, 0.02
_AGAIN = "Export the file again with that column as text."


def code_notices(seen: Seen) -> Iterator[Notice]:
    """Yield what is odd about the values of a column, whatever it holds."""
    yield from _empty_or_constant(seen)
    yield from _damaged(seen)
    yield from _identifiers(seen)
    yield from headed_identifiers(seen)
    yield from _strangers(seen)
    yield from _spellings(seen)


def _empty_or_constant(seen: Seen) -> Iterator[Notice]:
    if not seen.rows:
        return
    if not seen.values:
        do = "Leave it out, or find out why nothing was exported."
        yield seen.notice(Sort.LOOK, "empty", "has no value in any row", do)
    elif len(seen.values) == 1 and not seen.missing and seen.rows > 1:
        says = "has the same value in every row"
        yield seen.notice(Sort.KNOW, "constant", says, "Leave it out if the work can do without.")


def _damaged(seen: Seen) -> Iterator[Notice]:
    if cut := seen.count(spent):
        says = f"{some(cut, seen.what)} cut short by a spreadsheet, like 1.23E+11: the rest is lost"
        yield seen.notice(Sort.MEND, "digits-lost", says, _AGAIN)
    if not seen.dates and (made := eaten_in(seen.values, seen.profile.words)):
        says = f"{some(made, seen.what)} made into a date by a spreadsheet, like 14-Oct for 10-14"
        do = f"{_AGAIN} Where it was saved like this, the codes have to be put right by hand."
        yield seen.notice(Sort.MEND, "made-dates", says, do)
    held = {one.kind for one in seen.profile.identifiers} | {headed_kind(seen) or ""}
    kinds = tuple(sorted(held & RULES.keys()))
    lost = seen.count(lambda value: lost_a_zero(value, kinds)) if kinds else 0
    if lost:
        says = f"{some(lost, seen.what)} that would be valid with a nought before them"
        yield seen.notice(Sort.MEND, "noughts-lost", says, _AGAIN)
    elif seen.profile.lost_zeros:
        says = (
            f"{some(seen.profile.lost_zeros, 'value')} shorter than the rest: noughts may be lost"
        )
        yield seen.notice(Sort.LOOK, "noughts-lost", says, _AGAIN)


def _identifiers(seen: Seen) -> Iterator[Notice]:
    best = next(iter(seen.profile.identifiers), None)
    if best is None or best.passes < _MOSTLY * seen.profile.looked:
        return
    says = f"looks like {best.kind}"
    do = "Leave it out or put a key of your own in its place; if the work needs it, declare it."
    yield seen.notice(Sort.LOOK, "identifier", says, do)
    if best.kind in RULES and best.kind != headed_kind(seen):
        bad = seen.known - seen.count(lambda value: is_valid(value, (best.kind,)))
        if bad:
            sort = Sort.MEND if bad > _ALLOWED * seen.known else Sort.LOOK
            says = f"{some(bad, seen.what)} not valid as {best.kind}"
            do = "Correct them where they are kept; a wrong number is another person's."
            yield seen.notice(sort, "not-valid", says, do)


def _strangers(seen: Seen) -> Iterator[Notice]:
    if (codes := seen.codes) is None:
        return
    held, _ = codes
    if strange := seen.count(lambda value: held.read(value) is None):
        says = f"{some(strange, seen.what)} with a value that the list {held.id} does not have"
        do = f"Add them under 'labels' (beside 'codes: {held.id}') or 'not_known', or correct them."
        yield seen.notice(Sort.LOOK, "not-in-list", says, do)


def _spellings(seen: Seen) -> Iterator[Notice]:
    if len(seen.values) > _FEW_SPELLINGS or seen.profile.number or seen.dates:
        return
    alike: dict[str, int] = {}
    for value, _ in seen.values:
        key = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
        alike[key] = alike.get(key, 0) + 1
    if several := sum(n > 1 for n in alike.values()):
        says = f"{plural(several, 'value')} written in more than one way (capitals or blanks)"
        do = "Give each spelling the same label, or recode them to one."
        yield seen.notice(Sort.LOOK, "spellings", says, do)
