"""Personal identifiers that nobody declared, in every column of every table."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.headings import is_ordinary
from rai_check.measurement import (
    CheckResult,
    Evidence,
    Exact,
    Finding,
    Measurement,
    Sampled,
    Undefined,
    where_of,
)
from rai_check.project import Meaning, Project, RoleTable
from rai_check.recognisers import (
    LONGEST,
    ColumnScan,
    Scanner,
    coverage_notes,
    declared_note,
    kind_named,
    kind_names,
    looks_like_identifier,
    scan_column,
    scan_notes,
)
from rai_check.tables import require, shown

METRIC = "values with an undeclared identifier"
NAME_NOTE = (
    "The column's name has the form of a personal identifier and is not shown; the header row "
    "may be missing."
)


@check(
    "personal-identifiers",
    title="No undeclared personal identifiers",
    needs=("tables", "personal data"),
)
def personal_identifiers(
    project: Project,
    *,
    exhaustive_up_to: Annotated[int, Field(ge=100, le=100_000)] = 2000,
    score: Annotated[float, Field(gt=0, le=1)] = 0.5,
) -> CheckResult:
    """Look for identifiers of people in every column of every table, declared or not.

    What it measures
    For each column, how many of its distinct values hold a personal identifier that the project
    file does not declare for it (`identifier: {kinds: [...], why: ...}`). Up to
    `exhaustive_up_to` distinct values all are looked at; above that, a sample of so many, drawn
    with the project's seed, and reported as a sample. Of a cell, its first 65,536 characters: if
    one is longer and nothing was found, the column is not called clean. Looked for by pattern:
    NHS number (and the CHI and H&C numbers, which share its check), unique learner, taxpayer and
    pupil numbers, payment card, IBAN, National Insurance number, driving licence, e-mail and IP
    address, postcode and phone number. Only under a column name that says so: passport number,
    vehicle registration, names and addresses. Dates of birth: under such a name, or beside such a
    word.
    A check digit is evidence about a column, not a cell: one random ten-digit number in eleven
    passes the NHS check. Where right-shaped values pass no more often than chance, none counts,
    and a note says so. In free text a match counts beside a word that speaks for it; alone, if
    presidio's score is at least `score`, its digits are not all the same, and the column's other
    values of that shape do not speak against it. Values from ranges reserved for tests
    (NHS 999..., Ofcom's drama numbers, QQ..., example.com, ZZ99...) are noted, not counted.

    Why it matters
    Names and numbers leak into extracts by habit. Data minimisation asks that only what the
    purpose needs is there (UK GDPR Article 5(1)(c)).

    How to read it
    0 is what most policies ask for. A finding gives the column, the kind and a masked shape such
    as `NNN NNN NNNN`, never the value. Either remove or hash the column before the tool sees it,
    or declare the kind and say why the table needs it.

    What it cannot tell you
    Names and addresses inside free text are NOT looked for yet: that needs a language model.
    Nor are identifiers without a fixed form (case references, UPRN, bank account with sort code).
    A column of local references with a check of the same kind (ten-digit ISBNs pass the NHS
    check) looks like the real thing; a single number in a column may pass by chance. Mistyped
    identifiers, and columns named in other words, are missed. No identifier does not mean
    anonymous.

    References
    UK GDPR Article 5(1)(c); NHS Data Dictionary, "NHS Number"; Department for Education, "Unique
    pupil numbers"; HMRC National Insurance Manual NIM39110; presidio-analyzer.
    """
    declared = _declared(project)
    scanner = Scanner()
    measured: list[Measurement] = []
    findings: list[Finding] = []
    for table in project.tables():
        for column in _columns(scanner, table, score):
            kinds = declared.get((table.name, column.name), frozenset())
            values, population = _values(table, column.name, exhaustive_up_to, project.seed)
            scan = scan_column(scanner, column.name, values, declared=kinds, score=score)
            measured.append(_measurement(table, column, scan, population, kinds))
            measured += [_telling(column)] if column.telling else []
            findings += [
                Finding(place=column.place, kind=one.kind, shape=one.shape, count=one.count)
                for one in scan.found
            ]
    return CheckResult(measurements=(*measured, _coverage()), findings=tuple(findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column as it is reported: its place, and whether its own name holds an identifier."""

    name: str
    place: str
    telling: bool = False


def _declared(project: Project) -> dict[tuple[str, str], frozenset[str]]:
    """Return the kinds declared for each (table, column); read before any data is.

    Raises:
        UsageError: a kind is not one.
    """
    return {
        (table, name): frozenset(
            kind_named(kind, f"Table {table!r}, column {shown(name)!r}")
            for kind in column.identifier.kinds
        )
        for table, spec in project.file.tables.items()
        for name, column in spec.columns.items()
        if column.identifier
    }


def _columns(scanner: Scanner, table: RoleTable, score: float) -> tuple[_Column, ...]:
    """Return the columns of the file, the promised ones checked to be there.

    A name that itself holds an identifier (a header row is missing) is replaced by its position,
    and so is one that looks like another's once shortened, or that nobody declared and that is
    no ordinary heading.
    """
    for name in table.spec.columns:
        require(table.data, name)
    names = [column.name for column in table.data.columns]
    alike = Counter(shown(name) for name in names)
    found = []
    for position, name in enumerate(names, start=1):
        telling = looks_like_identifier(scanner, name, score=score)
        known = name in table.spec.columns or is_ordinary(name)
        plain = known and not telling and alike[shown(name)] == 1
        place = f"{table.name}.{shown(name) if plain else f'column {position}'}"
        found.append(_Column(name=name, place=place, telling=telling))
    return tuple(found)


def _values(table: RoleTable, column: str, at_most: int, key: str) -> tuple[tuple[str, ...], int]:
    """Return the distinct values to look at, and how many there are."""
    population = table.data.count_distinct(column)
    if population > at_most:
        return table.data.sample(column, at_most, key), population
    return tuple(value for value, _ in table.data.distinct(column) if value is not None), population


def _measurement(
    table: RoleTable, column: _Column, scan: ColumnScan, population: int, declared: frozenset[str]
) -> Measurement:
    evidence: Evidence
    if not table.data.rows:
        evidence = Undefined(code="empty", text="the table has no rows to look at")
    elif scan.cut and not scan.hits:
        text = (
            f"a cell is longer than {LONGEST:,} characters, and what comes after them was not "
            "looked at; shorten it, or leave the column out"
        )
        evidence = Undefined(code="too_long", text=text, mendable=True)
    elif scan.looked < population:
        evidence = Sampled(hits=scan.hits, looked=scan.looked, population=population)
    else:
        evidence = Exact(value=scan.hits)
    spec = table.spec.columns.get(column.name)
    notes = [declared_note(declared)] if declared else []
    notes += scan_notes(scan)
    if spec and spec.means is Meaning.FREE_TEXT:
        notes.append("Names and addresses inside free text are not looked for yet.")
    return Measurement(
        metric=METRIC,
        evidence=evidence,
        where=where_of({"column": column.place}),
        unit="distinct values",
        notes=tuple(notes),
    )


def _telling(column: _Column) -> Measurement:
    return Measurement(
        metric=METRIC,
        evidence=Exact(value=1),
        where=where_of({"column": f"{column.place} (its name)"}),
        unit="column names",
        notes=(NAME_NOTE,),
    )


def _coverage() -> Measurement:
    return Measurement(
        metric="kinds of identifier looked for",
        evidence=Exact(value=len(kind_names())),
        unit="kinds",
        about_people=False,
        information=True,
        notes=coverage_notes(),
    )
