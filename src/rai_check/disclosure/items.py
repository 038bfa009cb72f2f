"""One control as it may be shown: its lines together, what stands beside them, who may decide."""

from dataclasses import replace

from rai_check.disclosed import Powers, PublicFinding, PublicItem, PublicLine
from rai_check.disclosure.information import information
from rai_check.disclosure.lines import public_lines
from rai_check.disclosure.places import few, masked, small_places
from rai_check.disclosure.shower import Shower
from rai_check.judgement import Judged
from rai_check.measured import PartResult
from rai_check.outcome import Outcome
from rai_check.policy.model import Control, Policy, Waivable
from rai_check.protected import Count, Mask, Rule


def public_item(
    judged: Judged, policy: Policy, parts: tuple[PartResult, ...], people: Rule
) -> PublicItem:
    """Return what may be shown of one control.

    Args:
        judged: with true counts.
        policy: that judged it.
        parts: what was measured for it, for the findings.
        people: the rule for numbers about people.
    """
    control = policy.controls[judged.control]
    show = Shower(
        level=policy.level,
        people=people,
        small=small_places(judged),
        beside=judged.information,
    )
    lines = public_lines(show, judged.lines, alpha=policy.alpha)
    of_few = any(x.measurement and few(x.measurement) for x in lines)
    if of_few:  # the level of a failure tells how many tests there were, as the family's size does
        lines = tuple(replace(x, decided_by=None) if _failed(x) else x for x in lines)
    hidden = {
        label
        for x in lines
        if x.measurement and masked(x.measurement)
        for _, label in x.measurement.where
    }
    found = [f for part in parts if part.result for f in part.result.findings]
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
        information=information(show, judged.information, lines),
        findings=tuple(_beside(show.finding(f), hidden) for f in found),
        family=judged.family,
        family_size=0 if of_few else judged.family_size,
        powers=_powers(control),
        known_share=control.floors.known_share,
        least_units=control.floors.units,
    )


def _failed(line: PublicLine) -> bool:
    return line.outcome is not Outcome.PASS


def _beside(found: PublicFinding, hidden: set[str]) -> PublicFinding:
    """A finding at a place whose own count is masked must not give it away by its count."""
    if found.place in hidden and found.count.rounded:
        return replace(found, count=Count(value=None, mask=Mask.WITHHELD))
    return found


def _powers(control: Control) -> Powers:
    waivable = control.waivable if isinstance(control.waivable, Waivable) else None
    return Powers(
        waivers=waivable.roles if waivable else (),
        waiver_days=waivable.max_days if waivable else 0,
        justifiers=control.justifiable,
        mitigators=control.mitigable,
    )
