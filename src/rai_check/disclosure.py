"""Assessment → PublicAssessment: all that a shared report may know, every number protected.

The rule is `rai_check.protected.PEOPLE`; intervals are recomputed from protected counts, never
copied, and p values are left out, since both give counts away. What is not about people is
shown as it is. Whether a group is empty or has one to nine people in it changes nothing that is
shown, unless its outcome differs. Reports other than the JSON are made from a `PublicAssessment`
alone.
"""

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from rai_check.assessment import Assessment
from rai_check.disclosed import (
    AGREED,
    EACH_GROUP,
    EXTREMES,
    Effect,
    Powers,
    PublicAssessment,
    PublicFinding,
    PublicInput,
    PublicItem,
    PublicLine,
    PublicMeasurement,
    PublicPolicy,
)
from rai_check.judgement import Judged, Line, ShownInterval
from rai_check.measured import Input, PartResult
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    Estimate,
    Exact,
    Finding,
    Measurement,
    Proportion,
    Sampled,
    TwoProportions,
    Undefined,
    Where,
)
from rai_check.outcome import Outcome, Stage
from rai_check.policy.model import Control, Policy, Waivable
from rai_check.protected import AS_THEY_ARE, PEOPLE, SMALL, Count, Mask, Part, Rule


def public(assessment: Assessment, *, people: Rule = PEOPLE) -> PublicAssessment:
    """Return what may be shown of an assessment.

    Args:
        assessment: with true counts.
        people: the rule for numbers about people.
    """
    from rai_check.promised import promised_items

    measured, judgement = assessment.measurements, assessment.judgement
    policy = Policy.model_validate(measured.policy.content)
    parts = {item.id: item.parts for item in measured.items}
    promised = promised_items(policy, measured.subject)
    return PublicAssessment(
        verdict=judgement.verdict,
        exit=judgement.exit,
        reason=judgement.reason,
        as_of=assessment.as_of,
        audit=assessment.audit,
        partial=assessment.partial,
        items=tuple(_item(j, policy, parts.get(j.id, ()), people) for j in judgement.items),
        not_judged=max(0, len(promised) - len(judgement.items)),
        later=_later(policy, measured.subject.stage),
        statements=judgement.statements,
        subject=measured.subject,
        policy=_policy(assessment, policy),
        inputs=tuple(_input(one, people) for one in measured.inputs),
        tool=measured.tool,
        versions=measured.versions,
        seed=measured.seed,
        measured_on=measured.measured_on,
        first_run_on=measured.first_run_on,
        evidence_digest=measured.evidence_digest,
        content_sha256=assessment.content_sha256,
        run=assessment.run,
    )


def _later(policy: Policy, stage: Stage) -> tuple[tuple[Stage, int], ...]:
    found = [control.stage for control in policy.controls.values()]
    return tuple((later, found.count(later)) for later in stage.later)


def _policy(assessment: Assessment, policy: Policy) -> PublicPolicy:
    record = assessment.measurements.policy
    return PublicPolicy(
        id=record.id,
        version=record.version,
        title=record.title,
        chain=record.chain,
        sha256=record.sha256,
        alpha=policy.alpha,
    )


def _input(one: Input, people: Rule) -> PublicInput:
    rows = None if one.rows is None else people.count(one.rows)
    return PublicInput(
        name=one.name,
        role=one.role,
        file=one.file,
        sha256=one.sha256,
        rows=rows,
        read_as=one.read_as,
    )


def _item(
    judged: Judged, policy: Policy, parts: tuple[PartResult, ...], people: Rule
) -> PublicItem:
    control = policy.controls[judged.control]
    show = _Shower(level=policy.level, people=people, small=_small_places(judged))
    found = [f for part in parts if part.result for f in part.result.findings]
    lines = tuple(show.line(line) for line in judged.lines)
    few = any(x.measurement and _few(x.measurement) for x in lines)
    hidden = {
        label
        for x in lines
        if x.measurement and _masked(x.measurement)
        for _, label in x.measurement.where
    }
    return PublicItem(
        id=judged.id,
        control=judged.control,
        group=judged.group,
        title=judged.title,
        why=judged.why,
        source=judged.source,
        owner=judged.owner,
        theme=judged.theme,
        severity=judged.severity,
        stage=judged.stage,
        gates=judged.gates,
        outcome=judged.outcome,
        standing=judged.standing,
        lines=lines,
        information=show.information(judged.information, lines),
        findings=tuple(_beside(show.finding(f), hidden) for f in found),
        family=judged.family,
        family_size=0 if few else judged.family_size,
        powers=_powers(control),
        known_share=control.floors.known_share,
        least_units=control.floors.units,
    )


def _masked(m: PublicMeasurement) -> bool:
    own = m.own.x if m.own else m.quantity
    return own is not None and own.value is None


def _few(m: PublicMeasurement) -> bool:
    """Whether one side of a rate has fewer than ten people, or nobody."""
    parts = [part for part in (m.own, m.other) if part is not None]
    rated = m.kind in {"proportion", "two_proportions"}
    return rated and m.about_people and any(part.n.mask is Mask.FEW for part in parts)


def _beside(found: PublicFinding, hidden: set[str]) -> PublicFinding:
    """A finding at a place whose own count is masked must not give it away by its count."""
    if found.place in hidden and found.count.rounded:
        return replace(found, count=Count(value=None, mask=Mask.WITHHELD))
    return found


_NOT_COUNTS = {"ratio", "share", "rate", "difference"}
_NO_POSITIVE = "no_positive"
_FEW_POSITIVE = f"there are fewer than {SMALL} records to measure it on"
_OF_RATES = (EACH_GROUP, EXTREMES, AGREED)
_FEW_OF_FEW = Part(
    x=Count(value=None, mask=Mask.FEW),
    n=Count(value=None, mask=Mask.FEW),
)
_WITHHELD_OF_WITHHELD = Part(
    x=Count(value=None, mask=Mask.WITHHELD),
    n=Count(value=None, mask=Mask.WITHHELD),
)


def _is_count(m: Measurement) -> bool:
    """Whether an exact quantity counts something; its unit or its name says so if it does not."""
    return not _NOT_COUNTS & {m.unit, *m.metric.split()}


def _small_places(judged: Judged) -> frozenset[Where]:
    """Places where a count of people behind other numbers is under ten."""
    measured = [line.measurement for line in judged.lines if line.measurement]
    return frozenset(
        m.where for m in (*measured, *judged.information) if m.about_people and _counts_few(m)
    )


def _counts_few(m: Measurement) -> bool:
    e = m.evidence
    if isinstance(e, Exact):
        return _is_count(m) and e.value < SMALL
    if isinstance(e, Proportion | TwoProportions):
        return min(e.x, e.n - e.x) < SMALL
    return isinstance(e, Undefined) and e.code in {NOBODY, NOBODY_BESIDE}


def _powers(control: Control) -> Powers:
    waivable = control.waivable if isinstance(control.waivable, Waivable) else None
    return Powers(
        waivers=waivable.roles if waivable else (),
        waiver_days=waivable.max_days if waivable else 0,
        justifiers=control.justifiable,
        mitigators=control.mitigable,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shower:
    """Turns lines, measurements and findings into their public forms."""

    level: float
    people: Rule
    small: frozenset[Where]
    """Places at which something about people is counted in fewer than ten."""

    def rule(self, *, about_people: bool) -> Rule:
        return self.people if about_people else AS_THEY_ARE

    def line(self, line: Line) -> PublicLine:
        """A line; what cannot be told of an empty group reads as it does of a small one."""
        m = line.measurement
        shown = self.measurement(m, line) if m else None
        few = shown is not None and _few(shown) and line.outcome is Outcome.INCONCLUSIVE
        return PublicLine(
            check=line.check,
            outcome=line.outcome,
            code="too_few" if few else line.code,
            reason="" if few else _reason(line),
            measurement=shown,
            limit=line.limit,
            tests=() if few else tuple(dict.fromkeys(h.method for h in line.hypotheses)),
            leans=line.leans,
            covered_by=line.covered_by,
        )

    def information(
        self, found: tuple[Measurement, ...], lines: tuple[PublicLine, ...]
    ) -> tuple[PublicMeasurement, ...]:
        """What is held against no limit, the worst pair chosen among what may be shown.

        Checks give no rate of an empty group, so that of a small one is left out too.
        """
        shown = tuple(self.measurement(m, None) for m in found)
        rates = [m for m in shown if m.about_people and m.metric.endswith(EACH_GROUP)]
        if rates and all(_few(m) for m in rates):
            return tuple(m for m in shown if not m.metric.endswith(_OF_RATES))
        places = {x.measurement.where for x in lines if x.measurement} | {m.where for m in rates}
        return tuple(
            self._worst_pair(m, rates, places)
            if m.about_people and m.metric.endswith(EXTREMES)
            else m
            for m in shown
            if m not in rates or not _few(m)
        )

    def _worst_pair(
        self, m: PublicMeasurement, beside: list[PublicMeasurement], places: set[Where]
    ) -> PublicMeasurement:
        """Choose anew: which group truly is lowest says how small a hidden count must be."""
        of_each = m.metric.removesuffix(EXTREMES) + EACH_GROUP
        columns = [key for key, _ in m.where]
        rates = [r for r in beside if r.metric == of_each and [k for k, _ in r.where] == columns]
        groups = {where for where in places if [k for k, _ in where] == columns}
        known = [(r.own, r) for r in rates if r.own is not None and r.own.rate is not None]
        known.sort(key=lambda pair: (pair[0].rate, pair[1].where))
        bare = replace(m, where=(), against=None, members=(), own=None, other=None, effect=None)
        bare = replace(bare, interval=None, left_out=bool(groups - {r.where for _, r in known}))
        if len(known) < 2:  # noqa: PLR2004 - a pair
            return bare
        (own, low), (other, high) = known[0], known[-1]
        pair = self._compared(bare, own, other, "ratio")
        against = ", ".join(label for _, label in high.where)
        return replace(pair, where=low.where, against=against, members=low.members)

    def finding(self, found: Finding) -> PublicFinding:
        count = self.rule(about_people=found.about_people).count(found.count)
        return PublicFinding(place=found.place, kind=found.kind, shape=found.shape, count=count)

    def measurement(self, m: Measurement, line: Line | None) -> PublicMeasurement:
        rule = self.rule(about_people=m.about_people)
        known = None
        if m.known is not None and m.total:
            known = rule.part(min(m.known, m.total), m.total)
        bare = PublicMeasurement(
            metric=m.metric,
            kind=m.evidence.kind,
            where=m.where,
            against=m.against,
            members=m.members,
            unit=m.unit,
            about_people=m.about_people,
            notes=tuple(_text(note, m) for note in m.notes),
            known=known,
        )
        return self._with_numbers(bare, m, line, rule)

    def _with_numbers(
        self, bare: PublicMeasurement, m: Measurement, line: Line | None, rule: Rule
    ) -> PublicMeasurement:
        e = m.evidence
        if isinstance(e, Exact):
            return self._exact(bare, m, e, rule)
        if isinstance(e, Proportion):
            own = rule.part(e.x, e.n)
            interval = self._interval(own, None, "value")
            return replace(bare, own=own, effect=own.rate, interval=interval)
        if isinstance(e, TwoProportions):
            own, other = rule.pair(e.x, e.n, e.x0, e.n0)
            return self._compared(bare, own, other, _effect_of(line))
        if isinstance(e, Sampled):
            own, population = rule.part(e.hits, e.looked), rule.count(e.population)
            bound = line.interval if line and not m.about_people else None
            return replace(bare, own=own, population=population, interval=bound)
        if isinstance(e, Estimate):
            return self._estimated(bare, m, e)
        if isinstance(e, Undefined):
            return self._undefined(bare, m, e, line)
        return replace(bare, asked=e)

    def _undefined(
        self, bare: PublicMeasurement, m: Measurement, e: Undefined, line: Line | None
    ) -> PublicMeasurement:
        """Why there is no number; that a group has nobody in it is a count under ten itself."""
        if not m.about_people:
            return replace(bare, undefined=e.text)
        if e.code == NOBODY and m.against is None:
            return replace(bare, kind="proportion", own=_FEW_OF_FEW)
        if e.code in {NOBODY, NOBODY_BESIDE}:
            parts = (_FEW_OF_FEW, _WITHHELD_OF_WITHHELD)
            own, other = parts if e.code == NOBODY else parts[::-1]
            pair = replace(bare, kind="two_proportions", own=own, other=other)
            return replace(pair, effect_of=_effect_of(line))
        if e.code == _NO_POSITIVE:
            _, joint, column = e.text.partition(" in column ")
            return replace(bare, undefined=f"{_FEW_POSITIVE}{joint}{column}")
        if line is None and m.where in self.small and not _is_count(m):
            hidden = Count(value=None, mask=Mask.WITHHELD)
            return replace(bare, kind="exact", quantity=hidden, quantity_of="value")
        return replace(bare, undefined=_text(e.text, m))

    def _exact(
        self, bare: PublicMeasurement, m: Measurement, e: Exact, rule: Rule
    ) -> PublicMeasurement:
        """A count by the rule; what was worked out from counts only where none of them is small."""
        if _is_count(m):
            return replace(bare, quantity=rule.count(e.value))
        hidden = m.about_people and m.where in self.small
        shown = Count(value=None, mask=Mask.WITHHELD) if hidden else Count(value=e.value)
        return replace(bare, quantity=shown, quantity_of="value")

    def _compared(
        self, bare: PublicMeasurement, own: Part, other: Part, of: Effect
    ) -> PublicMeasurement:
        rate, rate0 = own.rate, other.rate
        effect = None
        if rate is not None and rate0 is not None:
            if of == "difference":  # of the percentages shown, so that a reader can subtract
                effect = round(rate, 2) - round(rate0, 2)
            else:
                effect = rate / rate0 if rate0 else None
        interval = self._interval(own, other, of)
        return replace(bare, own=own, other=other, effect=effect, effect_of=of, interval=interval)

    def _estimated(self, bare: PublicMeasurement, m: Measurement, e: Estimate) -> PublicMeasurement:
        """An estimate about people is shown only where at least ten are known to be behind it."""
        from rai_check.stats.estimate import estimate_interval

        if m.about_people and ((m.known or 0) < SMALL or (e.df or SMALL) < SMALL - 1):
            return bare
        value = math.exp(e.value) if e.link == "log" else e.value
        found = estimate_interval(e.value, e.se, df=e.df, link=e.link, level=self.level)
        return replace(bare, effect=value, interval=ShownInterval.of(found))

    def _interval(self, own: Part, other: Part | None, of: Effect) -> ShownInterval | None:
        """Recompute from what is shown: a copied interval would give the true counts away."""
        from rai_check.stats.one_proportion import wilson
        from rai_check.stats.two_proportions import score_interval

        if own.rate is None or (other is not None and other.rate is None):
            return None
        x, n = _whole(own)
        if other is None:
            return ShownInterval.of(wilson(x, n, level=self.level))
        x0, n0 = _whole(other)
        effect: Literal["ratio", "difference"] = "difference" if of == "difference" else "ratio"
        found = score_interval(x, n, x0, n0, effect=effect, level=self.level)
        return ShownInterval.of(found)


def _whole(part: Part) -> tuple[int, int]:
    return int(part.x.value or 0), int(part.n.value or 0)


def _effect_of(line: Line | None) -> Effect:
    """The scale of the line's limit; information is compared by its ratio."""
    return line.limit.of if line is not None and line.limit is not None else "ratio"


_REBUILT = {"unknown_share", "sampled", "too_few"}
"""Codes whose reason the judge makes from true counts; reports word them anew."""


def _reason(line: Line) -> str:
    if line.code in _REBUILT:
        return ""
    return _text(line.reason, line.measurement) if line.measurement else line.reason


_COUNTED = (
    r"rows|records|people|persons|person|cases|children|pupils|residents|values|units"
    r"|of (?:all )?\d+"
)
_LONE_DIGIT = re.compile(rf"(?<![\w.,/\-])\d(?= (?:distinct )?(?:{_COUNTED})\b)")


def _text(text: str, m: Measurement) -> str:
    """A check's sentence about people, with a small count in front of what it counts masked."""
    return _LONE_DIGIT.sub("fewer than 10", text) if m.about_people else text
