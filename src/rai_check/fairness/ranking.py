"""How well a score ranks within each group: areas under the ROC curve, compared."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.compare import refusal
from rai_check.fairness.entries import Entries
from rai_check.fairness.estimates import (
    TOO_FEW,
    beside,
    compare_estimates,
    each,
    estimate,
    extremes,
    no_numbers,
    weighted,
)
from rai_check.fairness.fewest import BY_TRUTH, fewest
from rai_check.fairness.numbers import Numbers
from rai_check.fairness.outcomes import NO, YES
from rai_check.fairness.scores import of_score, ranked_scores
from rai_check.fairness.tally import Counted, GroupCount, count
from rai_check.measurement import CheckResult, Evidence, Measurement, Proportion, Undefined
from rai_check.project.role_table import RoleTable
from rai_check.stats.auc import LEAST_EACH, Auc, auc, auc_alone, auc_difference, auc_interval
from rai_check.stats.auc import TOO_FEW as WHY
from rai_check.stats.contrast import Contrast
from rai_check.tables import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME, CHANCE = "AUC", 0.5
BACKWARDS = (
    "Over everyone, higher scores go with fewer true outcomes: check that the score and the "
    "values declared as positive point the same way."
)


def compare_ranking(table: RoleTable, by: str, *, against: str, pool_below: int) -> CheckResult:
    """Compare the area under the ROC curve of each group with that of the rest.

    Raises:
        Missing, DataError: as `ranked_scores`, `count` and `compare_estimates`.
    """
    scores = ranked_scores(table, by)
    metric = of_score(NAME, "whose score and truth are both known")
    counted = count(scores.cube, (by,), metric, pool_below=pool_below)
    ranking = Ranking(scores=scores, counted=counted)
    refused = refusal(table, scores.cube, metric) or no_numbers(scores) or weighted(table, NAME)
    return compare_estimates(
        counted,
        ranking.evidence,
        against=against,
        unit=NAME,
        least=ranking.least,
        refusal=refused,
        shown=() if refused else ranking.shown(),
        notes=() if refused else ranking.notes,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One side of a comparison.

    Attributes:
        found: its area; where rows repeat a unit, with what they are worth in rows that do not.
        units: the fewer of the units with the outcome and of those without.
        pull: float64, by unit, what its rows add to the area; None where rows stand alone.
    """

    found: Auc
    units: int
    pull: "NDArray[np.float64] | None" = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """Compares areas; rows that repeat a unit are worth less by the design effect."""

    scores: Numbers
    counted: Counted

    def evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        """The difference of two areas, or why there is none."""
        own, rest = self._own(group), self._own(group, other)
        if own is None or rest is None:
            return Undefined(code=TOO_FEW, text=WHY)
        return estimate(_referred(auc_difference(own.found, rest.found), own, rest))

    def least(self, group: GroupCount, other: GroupCount) -> int:
        """Smallest count behind the difference of two areas."""
        return min(fewest(self.scores, BY_TRUTH, group, side) for side in (None, other))

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence where the score ranks everyone backwards."""
        everyone = self.scores.all_rows
        if min(everyone.n[NO].sum(), everyone.n[YES].sum()) < LEAST_EACH:
            return ()
        backwards = auc_interval(auc(everyone.n[YES], everyone.n[NO])).high < CHANCE
        return (BACKWARDS,) if backwards else ()

    def shown(self) -> Iterator[Measurement]:
        """Each group's own area and how many have the outcome; the lowest against the highest."""
        areas = {}
        for group in each(self.counted):
            base = Proportion(x=group.x, n=group.n)
            yield beside(self.counted, group, "base rate of each group", base)
            if side := self._own(group):
                own = estimate(_referred(auc_alone(side.found), side))
                least = fewest(self.scores, BY_TRUTH, group)
                yield beside(self.counted, group, f"{NAME} of each group", own, NAME, least)
                areas[group] = side.found.value
        yield from extremes(self.counted, areas, self.evidence, NAME, self.least)

    def _own(self, group: GroupCount, other: GroupCount | None = None) -> Side | None:
        """A group, or what it is compared with; None with fewer than 20 (units) of either class."""
        side = self.scores.of(group) if other is None else self.scores.against(group, other)
        hits, misses = side.n[YES], side.n[NO]
        if (least := min(int(hits.sum()), int(misses.sum()))) < LEAST_EACH:
            return None
        found = auc(hits, misses)
        if not self.scores.repeated:
            return Side(found=found, units=least)
        entries = self.scores.entries_of(group, other).with_truth()
        units = min(entries.units(NO), entries.units(YES))
        return self._by_unit(found, entries, units) if units >= LEAST_EACH else None

    def _by_unit(self, found: Auc, entries: Entries, units: int) -> Side:
        """The area by unit (Obuchowski 1997): its design effect, never taken to be below 1.

        Where no pair is out of order there is nothing to see the effect in, and it is taken as if
        all rows of a unit were alike.
        """
        hits, misses = (
            np.bincount(entries.bin[at], weights=entries.n[at], minlength=len(self.scores.lower))
            for at in (entries.truth == YES, entries.truth == NO)
        )
        ups, downs = _adds(found, hits, misses)
        adds = np.where(entries.truth == YES, ups[entries.bin], downs[entries.bin])
        values = (adds * entries.n * SCALE).astype(np.float64)
        sums = self.scores.by_unit(entries, values)
        held = sums.units
        pull = sums.total * math.sqrt(held / (held - 1))
        alone = math.fsum(hits * ups**2) + math.fsum(misses * downs**2)
        most = math.fsum(sums.n**2) / math.fsum(sums.n)
        effect = max(1.0, math.fsum(pull**2) / alone if alone > 0 else most)
        return Side(found=_worth(found, effect), units=units, pull=pull)


def _worth(found: Auc, effect: float) -> Auc:
    """An area of fewer rows; the error of a perfect order shrinks with them, not their root."""
    return replace(
        found,
        se=found.se * (math.sqrt(effect) if found.df is not None else effect),
        positives=max(2, math.floor(found.positives / effect)),
        negatives=max(2, math.floor(found.negatives / effect)),
    )


def _adds(
    found: Auc, hits: "NDArray[np.int64]", misses: "NDArray[np.int64]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """What one row with the outcome, or without, adds to the area, by bin (its placement)."""
    beaten = (np.cumsum(misses) - misses / 2) / found.negatives
    beating = (found.positives - np.cumsum(hits) + hits / 2) / found.positives
    return (beaten - found.value) / found.positives, (beating - found.value) / found.negatives


def _referred(found: Contrast, *sides: Side) -> Contrast:
    """With the degrees of freedom of units, where rows repeat them.

    Wider where units on both sides pull the areas apart; that they pull them together is not
    counted on.
    """
    pulls = [side.pull for side in sides if side.pull is not None]
    if not pulls:
        return found
    apart = 1.0
    if len(pulls) > 1 and (alone := sum(math.fsum(pull**2) for pull in pulls)) > 0:
        apart = max(1.0, math.fsum((pulls[0] - pulls[1]) ** 2) / alone)
    df = min(side.units for side in sides) - 1.0
    return replace(found, se=found.se * math.sqrt(apart), df=df)
