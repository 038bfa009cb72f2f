"""A share of the values of a column, as it is measured: counted whole, so known exactly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rai_check.measurement import Exact, Finding, Measurement, where_of
from rai_check.project import RoleTable
from rai_check.quality.places import place_of

_IN_PERCENT, _HUNDREDTHS = 100, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`good` of the `known` values of a column; what is not known is no matter here."""

    place: str
    good: int
    known: int
    wrong: str
    """What a value that is not good is called in a finding."""
    finer: tuple[tuple[str, int], ...] = ()
    """(what, how many) in place of one finding, where values are wrong in several ways."""
    notes: tuple[str, ...] = ()

    @property
    def bad(self) -> int:
        """Values that are not good."""
        return self.known - self.good

    def measured(self, metric: str) -> Measurement:
        """The share in percent, cut to two decimals: it must not pass by being rounded up."""
        percent = self.good * _IN_PERCENT * _HUNDREDTHS // self.known / _HUNDREDTHS
        return Measurement(
            metric=metric,
            evidence=Exact(value=percent),
            where=where_of({"column": self.place}),
            unit="share",
            least=self.bad or None,
            notes=self.notes,
        )

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, and how often."""
        found = self.finer or ((self.wrong, self.bad),)
        return tuple(
            Finding(place=self.place, kind=kind, shape="", count=n) for kind, n in found if n
        )


def values_of(table: RoleTable, column: str) -> Iterable[tuple[str, int]]:
    """Yield the known distinct values of a column with their rows; `not_known` ones are not."""
    from rai_check.tables.text import text_forms_of

    blank = set(text_forms_of(table.column_spec(column).not_known))
    return (
        (value, n)
        for value, n in table.data.distinct(column)
        if value is not None and value not in blank
    )


def share_of(
    table: RoleTable, column: str, good: Callable[[str], bool], *, wrong: str
) -> Share | None:
    """Count the known values that are good; None where none is known."""
    known = fine = 0
    for value, n in values_of(table, column):
        known += n
        fine += n if good(value) else 0
    if not known:
        return None
    return Share(place=place_of(table, column), good=fine, known=known, wrong=wrong)
