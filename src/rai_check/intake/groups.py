"""Whether a column records a protected characteristic or another group, and by which codes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rai_check.intake.draft import Confidence, DraftColumn
from rai_check.intake.matching import ListMatch
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.words import NOT_STATED, characteristic_named
from rai_check.measurement import NOT_KNOWN, SMALL_GROUPS, UNDECLARED
from rai_check.project.columns import Characteristic, Meaning
from rai_check.tables import CODE_LISTS

MOST_GROUPS = 40
"""Different values beyond which a column is not one of groups as it stands."""
NEARLY_ALL = 0.8
"""Share of the distinct values that a code list must have to be proposed."""
MANY_NAMED = 0.5
"""The same, or share of the rows, where the name speaks of the list's characteristic and the
values are too many to be groups of their own: then a list with gaps says most."""
Values = Callable[[str], tuple[str, ...]]
"""Gives the distinct values of a column of few; for the project file, never for a message."""

_FAMILIES: tuple[tuple[str, Characteristic | None], ...] = (
    ("dfe-ethnicity", Characteristic.RACE),
    ("gss-", Characteristic.RACE),
    ("nhs-ethnicity", Characteristic.RACE),
    ("ethnicity-labels", Characteristic.RACE),
    ("sex", Characteristic.SEX),
    ("disability", Characteristic.DISABILITY),
    ("age-bands", Characteristic.AGE),
    ("sen-need", None),
    ("sen-status", None),
    ("school-phase", None),
    ("year-group", None),
)
"""Start of a code list's id, and the characteristic that its groups are of."""
_TELLING = ("dfe-ethnicity", "gss-", "ethnicity-labels", "disability-labels", "age-bands")
"""Lists whose values are theirs alone, so that they speak without a word in the name."""
_OTHER_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sen-need": frozenset({"need", "sen", "primary"}),
        "sen-status": frozenset({"sen", "provision", "status"}),
        "school-phase": frozenset({"phase", "school"}),
        "year-group": frozenset({"year", "ncyear", "group"}),
    }
)
_LEAST_TELLING = 3


def group(column: ColumnProfile, values: Values) -> DraftColumn | None:
    """Propose a group, or None where neither name nor values speak for one."""
    said = said_by_name(column)
    if said is Characteristic.AGE and column.number and column.distinct > _LEAST_TELLING:
        return None  # an age in years, which is put into bands first
    match = best_list(column, said)
    if said is None and match is None:
        return None
    if match is not None:
        return _coded(column, said, match)
    return _labelled(column, said, values) if said is not None else None


def said_by_name(column: ColumnProfile) -> Characteristic | None:
    """The characteristic that a column's name speaks of; the more particular one wins."""
    return characteristic_named(column.words)


def characteristic_of(codes: str) -> Characteristic | None:
    """The characteristic that a code list's groups are of."""
    return next((one for start, one in _FAMILIES if codes.startswith(start)), None)


def best_list(column: ColumnProfile, said: Characteristic | None) -> ListMatch | None:
    """The list that fits best; of those alike the exact one, and the one of five groups."""
    speaking = [m for m in column.lists if _speaks(m, column, said)]
    fitting = [m for m in speaking if m.share >= NEARLY_ALL]
    if not fitting and said is not None and column.distinct > MOST_GROUPS:
        fitting = [m for m in speaking if max(m.share, m.rows) >= MANY_NAMED]
    return min(fitting, key=_rank, default=None)


def _rank(match: ListMatch) -> tuple[float, bool, bool, str]:
    """Exact lists before those that normalise; five or four groups before many."""
    normalises = match.codes.split("-")[-1] == "labels" or "-labels-" in match.codes
    return -match.share, normalises, not match.codes.endswith(("-5", "-4")), match.codes


def _speaks(match: ListMatch, column: ColumnProfile, said: Characteristic | None) -> bool:
    """Whether a list's values mean what the list says they do, in this column."""
    family = next((start for start, _ in _FAMILIES if match.codes.startswith(start)), None)
    if family is None:
        return False
    own = characteristic_of(match.codes)
    if said is not None:
        return own is said
    if column.number:
        return False  # a list of ages reads any number; only a name can say that it is one
    if own is None:
        return bool(_OTHER_WORDS[family].intersection(column.words))
    return match.codes.startswith(_TELLING) and match.groups >= _LEAST_TELLING


def _coded(column: ColumnProfile, said: Characteristic | None, match: ListMatch) -> DraftColumn:
    title = CODE_LISTS[match.codes].title
    own = said or characteristic_of(match.codes)
    matches = f"{match.matched} of its {match.of} values are in the list {title!r}"
    sure = said is not None and match.matched == match.of
    notes: tuple[str, ...] = ()
    if match.matched < match.of:
        notes = ("Values outside the list are shown as undeclared groups and never guessed.",)
    return DraftColumn(
        name=column.name,
        means=Meaning.GROUP,
        confidence=Confidence.CERTAIN if sure else Confidence.LIKELY,
        why=f"{_name_says(said)}{matches}",
        characteristic=own,
        codes=match.codes,
        purpose=None if own else "To see whether results differ between these groups.",
        notes=notes,
    )


def _name_says(said: Characteristic | None) -> str:
    return f"the name speaks of {said.words}, and " if said else ""


def _labelled(column: ColumnProfile, said: Characteristic, values: Values) -> DraftColumn | None:
    """A characteristic by its name, in words that no list has: the file's own are the labels."""
    if not 0 < column.distinct <= MOST_GROUPS or column.free_text:
        return None
    held = values(column.name)
    if not held:
        return None
    unknown = tuple(value for value in held if value.casefold() in NOT_STATED)
    return DraftColumn(
        name=column.name,
        means=Meaning.GROUP,
        confidence=Confidence.LIKELY,
        why=f"the name speaks of {said.words}; no shipped code list has its values",
        characteristic=said,
        labels=tuple((value, _label(value)) for value in held if value not in unknown),
        not_known=unknown,
        notes=("Each value is a group of its own; give two the same name to put them together.",),
    )


def _label(value: str) -> str:
    """The value itself, unless reports use that word for something of their own."""
    own = value in _RESERVED or value.startswith(UNDECLARED)
    return f"{value[:180]} (as recorded)" if own else value


_RESERVED = frozenset({SMALL_GROUPS, NOT_KNOWN, "rest", "all-pairs"})
