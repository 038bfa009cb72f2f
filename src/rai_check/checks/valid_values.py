"""Whether the values of the data can be what they say they are."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from rai_check.check import NotApplicable, check
from rai_check.measurement import CheckResult, Finding, Measurement, Undefined, where_of
from rai_check.project import Project
from rai_check.quality import codes, damage, days, identifiers, keys, numbers, period
from rai_check.quality.places import tables_of_people
from rai_check.quality.shares import Share

Of = Literal["identifiers", "codes", "dates", "numbers", "keys", "damage", "period"]
Found = Measurement | Finding


@check("valid-values", title="Values that can be", needs=("tables",))
def valid_values(project: Project, *, of: Of) -> CheckResult:
    """Count values that cannot be what the project says that they are.

    What it measures
    In every table whose rows are of people (golden cases and reference populations are left
    out), by `of`:
    `identifiers`: of the known values of a column with a declared `identifier`, how many percent
    pass the rule of one of its kinds (check digits of NHS, learner, taxpayer and pupil numbers,
    cards and IBANs; the form of National Insurance, driving licence and passport numbers,
    postcodes, phone numbers and e-mail addresses).
    `codes`: the percentage of known values that the column's `labels`, code list, or `positive` and
    `negative` values have.
    `dates`: the percentage of known dates that can be read, are after 1 January 1900 (a placeholder
    itself) and no more than 25 years ahead; a date of birth is neither after the day of measuring
    nor more than 120 years before it.
    `numbers`: the percentage of known amounts, waits, scores, weights and columns `written` as
    numbers that are finite numbers, waits and weights none below nought.
    `keys`: rows that repeat the key, which is all columns that mean `case` together.
    `damage`: values of which a spreadsheet kept the first digits only (1.23E+11), declared
    identifiers that are valid once the first nought is put back, and codes that became dates
    (14-Oct).
    `period`: the percentage of the dated rows inside the period that the table `covers`; months of
    it without a row stand beside.

    Why it matters
    A decision that rests on a wrong value is a wrong decision about a person, and a join on a
    damaged number is about another one. Personal data has to be accurate.

    How to read it
    100 means that every known value is as it should be. What is counted is this file, whole: a
    wrong value is a fact and not an estimate, so there is no interval and no least number of
    rows. Percentages are cut to two decimals, never rounded up. A missing value is neither right
    nor wrong here; complete-values counts those. Columns without any value are passed over.

    What it cannot tell you
    Whether a value is true: a valid number may be somebody else's. Which of two rows with one key
    is right. Whether dates are in the order that they should be in.

    References
    UK GDPR Article 5(1)(d), accuracy; NHS Data Dictionary; Department for Education, "Unique
    pupil numbers"; HMRC National Insurance Manual NIM39110; ISO 13616 (IBAN); Government Data
    Quality Framework (2020), validity and uniqueness. The year 1900, 25 years and 120 years are
    ours.
    """
    found = tuple(_PARTS[of](project))
    measured = tuple(one for one in found if isinstance(one, Measurement))
    if not measured:
        raise NotApplicable(_NOTHING[of])
    return CheckResult(
        measurements=measured,
        findings=tuple(one for one in found if isinstance(one, Finding)),
    )


def _said(metric: str, shares: Iterator[Share]) -> Iterator[Found]:
    for share in shares:
        yield share.measured(metric)
        yield from share.findings()


def _identifiers(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        shares = identifiers.identifier_shares(table)
        yield from _said("percentage of identifiers that are valid", shares)


def _codes(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        yield from _said("percentage of values that are declared", codes.code_shares(table))


def _dates(project: Project) -> Iterator[Found]:
    metric = "percentage of dates that are possible"
    for table in tables_of_people(project):
        for column in days.date_columns(table, project.as_of):
            if column.share is None:
                yield column.undefined(metric)
            else:
                yield from _said(metric, iter((column.share,)))


def _numbers(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        yield from _said("percentage of numbers that can be used", numbers.number_shares(table))


def _keys(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        if key := keys.key_of(table):
            yield keys.measured(table, key)


def _damage(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        found = damage.damage_of(table)
        yield damage.measured(table, found)
        yield from (one.finding() for one in found)


def _period(project: Project) -> Iterator[Found]:
    for table in tables_of_people(project):
        found = period.coverage_of(table)
        if found is None:
            continue
        if found.share is None:
            text = "no row has a date that can be read"
            yield Measurement(
                metric=period.INSIDE,
                evidence=Undefined(code="undated", text=text, mendable=True),
                where=where_of({"column": found.place}),
                unit="share",
            )
        else:
            yield from _said(period.INSIDE, iter((found.share,)))
        yield from found.information()


_PARTS: Mapping[Of, Callable[[Project], Iterator[Found]]] = MappingProxyType(
    {
        "identifiers": _identifiers,
        "codes": _codes,
        "dates": _dates,
        "numbers": _numbers,
        "keys": _keys,
        "damage": _damage,
        "period": _period,
    }
)
_NOTHING: Mapping[Of, str] = MappingProxyType(
    {
        "identifiers": "no column with values declares an identifier whose kind has a rule",
        "codes": "no column with values declares all that it may hold",
        "dates": "no column with values means 'date'",
        "numbers": "no column with values is declared as a number",
        "keys": "no table of people has a column that means 'case'",
        "damage": "no table is of people",
        "period": "no table with rows says what period it 'covers'",
    }
)
