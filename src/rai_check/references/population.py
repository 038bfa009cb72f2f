"""The shipped populations, and their counts under the labels of a column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from rai_check.project.columns import Characteristic, ColumnFile
from rai_check.references import census_2021_england as england
from rai_check.references.reference import Reference
from rai_check.tables.codes import code_list
from rai_check.tables.codes.ages import ages_of
from rai_check.tables.codes.ethnicity import (
    ANY_OTHER,
    ARAB,
    FIVE_OF,
    GYPSY_ROMA,
    GYPSY_TRAVELLER,
    IRISH_TRAVELLER,
    ROMA,
    WHITE_OTHER,
)

_TRAVELLERS = "Gypsies, Roma and Irish Travellers"
_SAME: Mapping[str, str] = MappingProxyType({})
# a code list → from a group of Census 2021 to its own, where that is another
_ETHNICITY: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "gss-19": _SAME,
        "ethnicity-labels-19": _SAME,
        "gss-18": {ROMA: WHITE_OTHER},
        "nhs-ethnicity": {GYPSY_TRAVELLER: WHITE_OTHER, ROMA: WHITE_OTHER, ARAB: ANY_OTHER},
        "dfe-ethnicity": {GYPSY_TRAVELLER: _TRAVELLERS, ROMA: _TRAVELLERS, ARAB: ANY_OTHER},
        **dict.fromkeys(
            ("gss-5", "ethnicity-labels-5", "dfe-ethnicity-5", "nhs-ethnicity-5"), FIVE_OF
        ),
    }
)
_JOINED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"dfe-ethnicity": {IRISH_TRAVELLER: _TRAVELLERS, GYPSY_ROMA: _TRAVELLERS}}
)
_OTHER_YEAR = (
    "The census has groups that the code list does not have apart; they are counted in the group "
    "that they would be in there."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A published population, as the project file calls it."""

    id: str
    title: str
    people: str
    """To be read after "of"."""
    origin: str
    ethnicity: Mapping[str, int]
    sex: Mapping[str, int]
    disability: Mapping[str, int]
    age: Mapping[tuple[int, int | None], int]

    def under(self, spec: ColumnFile) -> Reference | None:
        """Its counts by the groups of a column; None where it has none that fit.

        A column with a code list is compared with all groups of the list. One with labels of its
        own must have, by name, every group of a list that fits; of bands of age, any that tile a
        span of ages: people of other ages are then left out of the population.
        """
        match spec.characteristic:
            case Characteristic.RACE:
                return self._by_ethnicity(spec)
            case Characteristic.SEX:
                return self._by_name(spec, self.sex, "sex", "sex-labels")
            case Characteristic.DISABILITY:
                return self._by_name(spec, self.disability, "disability", "disability-labels")
            case Characteristic.AGE:
                return self._by_age(spec)
        return None

    def _by_ethnicity(self, spec: ColumnFile) -> Reference | None:
        own = {*spec.labels.values()}
        for name in (spec.codes,) if spec.codes else ("gss-5", "gss-19", "gss-18"):
            whole = spec.codes or own == {*code_list(name).groups}
            if name not in _ETHNICITY or not whole:
                continue
            to = _ETHNICITY[name]
            counts = _summed((to.get(group, group), n) for group, n in self.ethnicity.items())
            alike = to is _SAME or to is FIVE_OF
            return self._reference(
                counts, () if alike else (_OTHER_YEAR,), _JOINED.get(name, _SAME)
            )
        return None

    def _by_name(
        self, spec: ColumnFile, counts: Mapping[str, int], *lists: str
    ) -> Reference | None:
        """Where the code list, or every label of the column's own, has the population's groups."""
        if spec.codes:
            return self._reference(counts) if spec.codes in lists else None
        return self._reference(counts) if {*spec.labels.values()} == {*counts} else None

    def _by_age(self, spec: ColumnFile) -> Reference | None:
        labels = code_list(spec.codes).groups if spec.codes else {*spec.labels.values()}
        bands = {label: ages_of(label) for label in labels}
        held = {label: self._aged(band) for label, band in bands.items() if band is not None}
        counts = {label: n for label, n in held.items() if n is not None}
        if not counts or len(counts) != len(bands) or not _tile([b for b in bands.values() if b]):
            return None
        everyone = sum(counts.values()) == sum(self.age.values())
        notes = () if everyone else ("People of ages that no band has are left out.",)
        return self._reference(counts, notes)

    def _aged(self, band: tuple[int, int | None]) -> int | None:
        """People in a band; None where it cuts one of those published."""
        low, high = band
        inside = [
            (first, last)
            for first, last in self.age
            if first >= low and (high is None or (last is not None and last <= high))
        ]
        if not inside or inside[0][0] != low or inside[-1][1] != high:
            return None
        return sum(self.age[one] for one in inside)

    def _reference(
        self,
        counts: Mapping[str, int],
        notes: tuple[str, ...] = (),
        joined: Mapping[str, str] = _SAME,
    ) -> Reference:
        return Reference(
            people=self.people, counts=counts, joined=joined, notes=(f"{self.origin}.", *notes)
        )


def _summed(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for label, n in pairs:
        found[label] = found.get(label, 0) + n
    return found


def _tile(bands: Iterable[tuple[int, int | None]]) -> bool:
    """Whether bands follow each other without a gap or an overlap."""
    ordered = sorted(bands, key=lambda band: band[0])
    return all(
        last is not None and last + 1 == first for (_, last), (first, _) in pairwise(ordered)
    )


_ENGLAND = Population(
    id="census-2021-england",
    title="Residents of England, Census 2021",
    people="the people of England, Census 2021",
    origin=(
        "Reference: Office for National Statistics, Census 2021, tables TS007, TS008, TS021 and "
        "TS038, sum of the local authorities of England"
    ),
    ethnicity=england.ETHNICITY,
    sex=england.SEX,
    disability=england.DISABILITY,
    age=england.AGE,
)
POPULATIONS: Mapping[str, Population] = MappingProxyType({one.id: one for one in (_ENGLAND,)})
