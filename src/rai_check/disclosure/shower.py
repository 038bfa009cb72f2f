"""Measurements and findings in their public forms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rai_check.disclosed import (
    BY_TODAY,
    BY_TOOL,
    PublicFinding,
    PublicMeasurement,
)
from rai_check.disclosure.alone import estimate, rate_of
from rai_check.disclosure.common import strata
from rai_check.disclosure.comparisons import (
    HIDDEN_SIZES,
    Compared,
    Scale,
    change,
    pair_of,
    paired,
    two_sides,
)
from rai_check.disclosure.intervals import finished
from rai_check.disclosure.places import hides, is_count, rests_on_few
from rai_check.disclosure.texts import protected_text, undefined_text
from rai_check.judgement import Line
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    Change,
    Estimate,
    Exact,
    Finding,
    Measurement,
    Paired,
    Proportion,
    Sampled,
    Share,
    Strata,
    TwoProportions,
    Undefined,
    Where,
)
from rai_check.protected import AS_THEY_ARE, Count, Mask, Part, Rule

_FEW_OF_FEW = Part(x=Count(value=None, mask=Mask.FEW), n=Count(value=None, mask=Mask.FEW))
_HIDDEN = Count(value=None, mask=Mask.WITHHELD)
_WITHHELD_OF_WITHHELD = Part(x=_HIDDEN, n=_HIDDEN)
_CHANCE = ", chance of "
"""In the name of a probability: like a p value, it gives counts away."""
_GAP = "change of the gap in "


@dataclass(frozen=True, slots=True, kw_only=True)
class Shower:
    """Turns measurements and findings of one control into their public forms."""

    level: float
    people: Rule
    small: frozenset[Where]
    """Places at which something about people is counted in fewer than ten."""
    beside: tuple[Measurement, ...] = ()
    """What the control shows for information: a change rests on two of them."""

    def rule(self, *, about_people: bool) -> Rule:
        """What may be shown of counts."""
        return self.people if about_people else AS_THEY_ARE

    def finding(self, found: Finding) -> PublicFinding:
        """A finding with its count protected."""
        count = self.rule(about_people=found.about_people).count(found.count)
        return PublicFinding(place=found.place, kind=found.kind, shape=found.shape, count=count)

    def measurement(self, m: Measurement, line: Line | None) -> PublicMeasurement:
        """A measurement; on the scale of the line's limit, where it has one."""
        return self.measurements([(m, line)])[0]

    def measurements(
        self, found: Iterable[tuple[Measurement, Line | None]]
    ) -> list[PublicMeasurement]:
        """Several, their intervals worked out together."""
        return finished([self.compared(m, line) for m, line in found], self.level)

    def compared(self, m: Measurement, line: Line | None) -> Compared:
        """A measurement whose interval can be had at any level."""
        rule = self.rule(about_people=m.about_people)
        bare, e, of = self._bare(m, rule), m.evidence, _scale_of(m, line)
        if isinstance(e, TwoProportions):
            return two_sides(bare, pair_of(e, rule), of, e.design)
        if isinstance(e, Strata):
            return strata(bare, e, of, rule)
        if isinstance(e, Paired):
            return paired(bare, e, of, rule)
        if isinstance(e, Change):
            few = rests_on_few(m)
            now, before = ((None if few else self._gap(m, by)) for by in (BY_TOOL, BY_TODAY))
            return change(bare, e, now, before)
        if isinstance(e, Estimate):
            hidden = hides(self.small, m.where) or rests_on_few(m)
            return estimate(bare, m, e, hidden=hidden)
        if isinstance(e, Proportion | Share):
            return rate_of(bare, e, rule)
        if isinstance(e, Exact):
            return Compared(shown=self._exact(bare, m, e, rule))
        if isinstance(e, Sampled):
            own, population = rule.part(e.hits, e.looked), rule.count(e.population)
            return Compared(shown=replace(bare, own=own, population=population))
        if isinstance(e, Undefined):
            shown = self._undefined(bare, m, e, line)
            return Compared(shown=shown, sizes=HIDDEN_SIZES if m.about_people else e)
        return Compared(shown=replace(bare, asked=e))

    def _bare(self, m: Measurement, rule: Rule) -> PublicMeasurement:
        known = None
        if m.known is not None and m.total:
            known = rule.part(min(m.known, m.total), m.total)
        return PublicMeasurement(
            metric=m.metric,
            kind=m.evidence.kind,
            where=m.where,
            against=m.against,
            members=m.members,
            unit=m.unit,
            about_people=m.about_people,
            notes=tuple(protected_text(note, m) for note in m.notes),
            known=known,
        )

    def _gap(self, m: Measurement, by: str) -> tuple[Part, Part] | None:
        """Both sides of a disparity behind a change, where every number of it is shown."""
        name = m.metric.removeprefix(_GAP) + by
        for found in self.beside:
            e = found.evidence
            if found.where == m.where and found.metric == name and isinstance(e, TwoProportions):
                own, other = pair_of(e, self.rule(about_people=found.about_people))
                return None if own.rate is None or other.rate is None else (own, other)
        return None

    def _undefined(
        self, bare: PublicMeasurement, m: Measurement, e: Undefined, line: Line | None
    ) -> PublicMeasurement:
        """Why there is no number; that a group has nobody in it is a count under ten itself."""
        if m.about_people and e.code == NOBODY and m.against is None:
            return replace(bare, kind="proportion", own=_FEW_OF_FEW)
        if m.about_people and e.code in {NOBODY, NOBODY_BESIDE}:
            parts = (_FEW_OF_FEW, _WITHHELD_OF_WITHHELD)
            own, other = parts if e.code == NOBODY else parts[::-1]
            pair = replace(bare, kind="two_proportions", own=own, other=other)
            return replace(pair, effect_of=_scale_of(m, line))
        if m.about_people and line is None and hides(self.small, m.where) and not is_count(m):
            return replace(bare, kind="exact", quantity=_HIDDEN, quantity_of="value")
        text = undefined_text(e, m)
        return replace(bare, undefined=text, undefined_code=e.code, mendable=e.mendable)

    def _exact(
        self, bare: PublicMeasurement, m: Measurement, e: Exact, rule: Rule
    ) -> PublicMeasurement:
        """A count by the rule; what was worked out from counts only where none of them is small."""
        if is_count(m):
            return replace(bare, quantity=rule.count(e.value))
        small = hides(self.small, m.where) or rests_on_few(m)
        hidden = m.about_people and (small or _CHANCE in m.metric)
        shown = _HIDDEN if hidden else Count(value=e.value)
        return replace(bare, quantity=shown, quantity_of="value")


def _scale_of(m: Measurement, line: Line | None) -> Scale:
    """The scale of the line's limit; that of a ratio where it has none, or no odds to show."""
    of = line.limit.of if line is not None and line.limit is not None else "ratio"
    if of == "odds" and not isinstance(m.evidence, Strata | Paired):
        return "odds"
    return "difference" if of == "difference" else "ratio"
