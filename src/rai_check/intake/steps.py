"""Which steps on the rows to propose: an age band, days between two dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rai_check.intake.draft import FOR_BANDS, Confidence, DraftColumn, DraftStep, DraftTable
from rai_check.intake.keys import LONGEST_NAME
from rai_check.intake.meaning import TODO_PURPOSE
from rai_check.intake.words import BIRTH, DUE, ENDS, EVENT_DATE, STARTS
from rai_check.project.columns import Characteristic, Meaning
from rai_check.project.file import TODO
from rai_check.recognisers.text import header_words
from rai_check.tables import shown

BANDS = (0, 16, 25, 35, 50, 65)
"""Bands of the `age-bands` code list."""
AGE_CODES = "age-bands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A step, and the columns of the table that it makes."""

    step: DraftStep
    columns: tuple[DraftColumn, ...] = ()


def with_steps(table: DraftTable, found: Sequence[Derived]) -> DraftTable:
    """Return the table with steps, and with the columns of those that are not only suggested."""
    live = [one for one in found if not one.step.suggested]
    columns = list(table.columns)
    for one in live:
        columns = [*(_used(column, one) for column in columns), *one.columns]
    return replace(
        table, derive=(*table.derive, *(one.step for one in found)), columns=tuple(columns)
    )


def _used(column: DraftColumn, by: Derived) -> DraftColumn:
    """A column that a step reads has its purpose in what the step makes."""
    made = [one.name for one in by.columns]
    if column.name not in by.step.reads or not made or not (column.purpose or "").startswith(TODO):
        return column
    return replace(column, purpose=f"To work out {shown(made[0])}.")


def used_or_not(table: DraftTable, decisions: DraftTable) -> DraftTable:
    """Ask for the purpose of a date of birth or an age that no step turns into a band."""
    live = [step for step in decisions.derive if not step.suggested]
    read = {name for step in live if step.other == table.name for name in step.takes}
    if table.name == decisions.name:
        read |= {name for step in live for name in step.reads}
    columns = tuple(
        replace(one, purpose=TODO_PURPOSE)
        if one.purpose == FOR_BANDS and one.name not in read
        else one
        for one in table.columns
    )
    return replace(table, columns=columns)


def named(column: str) -> str:
    """A column's name in quotes, fit to be shown."""
    return repr(shown(column))


def free_name(name: str, other: str, taken: set[str]) -> str:
    """A name that this table does not have yet."""
    free, n = name, 1
    while free in taken:
        n += 1
        free = f"{name} ({other}{f' {n}' if n > 2 else ''})"  # noqa: PLR2004 - a number only from the second try
    taken.add(free)
    return free


def age_band(table: DraftTable) -> tuple[Derived, ...]:
    """Make age bands of a date of birth, or of an age in years."""
    if any(one.characteristic is Characteristic.AGE for one in table.columns):
        return ()
    taken = {column.name for column in table.columns}
    if years := next((one for one in table.columns if _is_age(one)), None):
        return (_banded(years.name, free_name("age_band", "derived", taken)),)
    born = next((one for one in table.columns if _is_birth(one)), None)
    on = _event(table)
    if born is None:
        return ()
    age, band = free_name("age", "derived", taken), free_name("age_band", "derived", taken)
    day = on.name if on else "TODO the date column of the decision"
    ready = on is not None and is_readable(born) and is_readable(on)
    why = "completed years on the day of the decision"
    step = DraftStep(
        kind="age_at",
        body=(("born", born.name), ("on", day), ("into", age)),
        why=why if ready else f"{why}; needs two date columns that can be read",
        suggested=not ready,
        reads=(born.name, day),
    )
    made = DraftColumn(
        name=age,
        means=Meaning.OTHER,
        confidence=Confidence.LIKELY,
        why=f"made from {named(born.name)}",
        purpose=FOR_BANDS,
    )
    banded = _banded(age, band)
    banded = replace(banded, step=replace(banded.step, suggested=not ready))
    return Derived(step=step, columns=(made,)), banded


def _banded(years: str, into: str) -> Derived:
    step = DraftStep(
        kind="age_band",
        body=(("column", years), ("bands", BANDS), ("into", into)),
        why="the bands of the census, in which results can be compared",
        reads=(years,),
    )
    column = DraftColumn(
        name=into,
        means=Meaning.GROUP,
        confidence=Confidence.LIKELY,
        why=f"made from {named(years)}",
        characteristic=Characteristic.AGE,
        codes=AGE_CODES,
    )
    return Derived(step=step, columns=(column,))


def _is_age(column: DraftColumn) -> bool:
    return column.means is Meaning.OTHER and column.purpose == FOR_BANDS


def _is_birth(column: DraftColumn) -> bool:
    born = BIRTH.intersection(header_words(column.name))
    return column.means is Meaning.DATE and bool(born)


def is_readable(column: DraftColumn) -> bool:
    """Whether a date column's form is settled."""
    sure = column.confidence is Confidence.CERTAIN or column.written is not None
    return column.means is Meaning.DATE and sure


def _dates(table: DraftTable) -> list[DraftColumn]:
    held = [one for one in table.columns if len(one.name) <= LONGEST_NAME]
    return [one for one in held if is_readable(one) and not _is_birth(one)]


def _event(table: DraftTable) -> DraftColumn | None:
    """The date column that most likely says when a case was decided."""
    held = [one for one in _dates(table) if not DUE.intersection(header_words(one.name))]
    return max(
        held, key=lambda one: len(EVENT_DATE.intersection(header_words(one.name))), default=None
    )


def waited(table: DraftTable) -> tuple[Derived, ...]:
    """Suggest the days from a column named like a start to one named like an end, and a clock."""
    held = _dates(table)
    starts = [one for one in held if _says(one, STARTS) and not _says(one, DUE)]
    ends = [one for one in held if _says(one, ENDS) and not _says(one, DUE)]
    dues = [one for one in held if _says(one, DUE)]
    taken = {column.name for column in table.columns}
    found = []
    pair = next(((a, b) for a in starts for b in ends if a.name != b.name), None)
    if pair:
        found.append(_between(*pair, table=table, taken=taken))
    done = ends or [one for one in held if one not in dues]
    if dues and done:
        found.append(_late(done[0], dues[0], taken))
    return tuple(found)


def _says(column: DraftColumn, words: frozenset[str]) -> bool:
    return bool(words.intersection(header_words(column.name)))


def _between(a: DraftColumn, b: DraftColumn, *, table: DraftTable, taken: set[str]) -> Derived:
    into = free_name("days_waited", "derived", taken)
    waits = any(one.means is Meaning.WAIT for one in table.columns)
    means = Meaning.OTHER if waits else Meaning.WAIT
    why = (
        "by their names alone, from the start of a case to its end; if that is how long people "
        f"waited, remove the # and add to the columns {into}: {{means: {means.value}, purpose: "
        "How long people waited.}; policy uk-fairness then compares it"
    )
    body = (("from", a.name), ("to", b.name), ("into", into))
    return Derived(step=DraftStep(kind="days_between", body=body, why=why, suggested=True))


def _late(done: DraftColumn, due: DraftColumn, taken: set[str]) -> Derived:
    body = (
        ("done", done.name), ("due", due.name), ("as_of", "TODO yyyy-mm-dd, the day of the export"),
        ("into", free_name("late", "derived", taken)),
    )  # fmt: skip
    why = "only you know which date meets which deadline; remove the # if it is these two"
    return Derived(step=DraftStep(kind="late_if", body=body, why=why, suggested=True))
