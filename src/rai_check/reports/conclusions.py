"""What is said of one line: figures, and what follows from them, by outcome and code."""

from collections.abc import Mapping

from rai_check.disclosed import (
    COMPARED,
    PublicItem,
    PublicLine,
    PublicMeasurement,
    PublicPlanning,
)
from rai_check.judgement import StatementUse
from rai_check.outcome import Outcome
from rai_check.protected import SMALL, Mask
from rai_check.reports.clauses import figures, is_compared
from rai_check.reports.controls import limits
from rai_check.reports.covers import cover_words
from rai_check.reports.figures import interval_words, part_words, scale, value_words
from rai_check.reports.metrics import group, metric
from rai_check.reports.numerals import days_in, exact_percent, listed, number, sentence, unit
from rai_check.reports.unassessed import remedy

_EFFECTS = {
    "ratio": "ratio",
    "difference": "difference",
    "odds": "odds ratio",
    "change": "gap",
    "rate": "rate",
    "amount": "difference",
    "value": "difference",
}
_BEFORE_REASON = {
    Outcome.ERROR: "Could not run",
    Outcome.MISSING: "Missing",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.PASS: "In place",
    Outcome.FAIL: "Not in order",
    Outcome.INCONCLUSIVE: "The data cannot tell",
}


_TOLD = "could be told from no difference at all"


def says_enough(line: PublicLine) -> bool:
    """Whether a pass says of a hidden count all there is to say: none is allowed."""
    m, limit = line.measurement, line.limit
    hidden = m is not None and (
        (m.quantity is not None and m.quantity.mask is Mask.FEW)
        or (m.kind == "sampled" and m.own is not None and m.own.x.mask is Mask.FEW)
    )
    return hidden and line.outcome is Outcome.PASS and limit is not None and limit.max == 0


def line_words(line: PublicLine, item: PublicItem) -> str:
    """What is said of one line: figures, and what follows from them."""
    m = line.measurement
    parts = []
    if m is not None and line.code != "asked":
        parts.append(sentence(figures(m, item.information)))
    parts.append(conclusion(line, item))
    if line.leans:
        parts.append("It leans to failing.")
    return " ".join(part for part in parts if part)


def said(
    lines: tuple[PublicLine, ...], item: PublicItem, statements: Mapping[str, StatementUse]
) -> tuple[str, ...]:
    """Each line with what covers it; passes of which there is no more to say are put together."""
    rows: list[str] = []
    quiet: dict[str, list[str]] = {}
    alike, lines = _alike(lines, item)
    for line in lines:
        if says_enough(line) and line.measurement is not None:
            where = group(line.measurement)
            quiet.setdefault(metric(line.measurement.metric), []).extend([where] if where else [])
        else:
            covered = cover_words(line.covered_by, statements)
            rows.append(f"{line_words(line, item)} {covered}".strip())
    for name, places in quiet.items():
        at = f" at {listed(places)}" if places else ""
        rows.append(f"{name}: inside the limit{at}.")
    return tuple(dict.fromkeys((*rows, *alike)))


_MANY = 4
"""Lines of which the same follows, from which on it is said once."""


def _alike(
    lines: tuple[PublicLine, ...], item: PublicItem
) -> tuple[list[str], tuple[PublicLine, ...]]:
    """Figures of the lines of which one and the same follows, that once; and the other lines."""
    follows: dict[str, list[tuple[PublicLine, PublicMeasurement]]] = {}
    for line in lines:
        m = line.measurement
        if m is not None and is_compared(m) and not (line.covered_by or line.leans):
            follows.setdefault(conclusion(line, item), []).append((line, m))
    rows: list[str] = []
    told: list[PublicLine] = []
    for words, several in follows.items():
        if len(several) >= _MANY:
            rows.append(f"The same follows of {len(several)} comparisons. {words}")
            rows += [sentence(figures(m, item.information)) for _, m in several]
            told += [line for line, _ in several]
    return rows, tuple(line for line in lines if line not in told)


def said_with_limits(
    lines: tuple[PublicLine, ...], item: PublicItem, statements: Mapping[str, StatementUse]
) -> tuple[str, ...]:
    """The same, and then every limit once."""
    return (*said(lines, item, statements), *needs(lines))


def needs(lines: tuple[PublicLine, ...]) -> tuple[str, ...]:
    """Every limit among lines once."""
    return tuple(f"The policy needs: {words}." for words in limits(lines))


def conclusion(line: PublicLine, item: PublicItem) -> str:
    """What follows from a line, by its code and outcome."""
    m = line.measurement
    if line.code in {"asked", "gap"} or m is None:
        reason = days_in(line.reason).strip() or "no reason was given"
        return sentence(f"{_BEFORE_REASON[line.outcome]}: {reason}")
    if line.code == "decided":
        return _decided(line, m)
    if line.code == "undecided":
        seen = seen_words(line)
        tell = "The data cannot tell whether this is inside the limit or outside it"
        return f"{tell}: {seen}." if seen else f"{tell}."
    if line.code == "too_few":
        return _too_few(line, m, item)
    if line.code == "unknown_share":
        return _unknown_share(m, item)
    if line.code == "strata_differ":
        return sentence(f"The data cannot tell, since {line.reason}")
    if line.code == "attempts":
        return sentence(f"It would pass, but not at this try: {line.reason}")
    if line.code == "sampled":
        return (
            "Only a sample was looked at, and what was not looked at could hold more than the "
            "policy allows: the data cannot tell."
        )
    return "The data cannot tell."


def seen_words(line: PublicLine) -> str:
    """What so many records tell from equality: ``only a ratio below 0.71 or above 1.34 could ...``.

    It speaks of no difference at all, not of the limit: nothing is said where what was found is
    itself so far off, since there the records do tell a difference, if not one beyond the limit.
    """
    plan, m = line.planning, line.measurement
    if plan is None or m is None or not plan.sized or _is_told(plan, m.effect):
        return ""
    ends = [("below", plan.below), ("above", plan.above)]
    said = [f"{side} {value_words(value, m)}" for side, value in ends if value is not None]
    many = f"so many {unit(m.unit)}" if m.kind in COMPARED else "so much data"
    effect = _EFFECTS[scale(m)]
    if not said:
        return f"with {many} no {effect} {_TOLD}"
    tail = {"difference": " percentage points", "change": " times as wide"}.get(scale(m), "")
    a = "an" if effect.startswith("o") else "a"
    return f"with {many} only {a} {effect} {listed(said, 'or')}{tail} {_TOLD}"


def _is_told(plan: PublicPlanning, effect: float | None) -> bool:
    """Whether what was found is as far from equality as could be seen."""
    if effect is None:
        return False
    below = plan.below is not None and effect <= plan.below
    return below or (plan.above is not None and effect >= plan.above)


def _decided(line: PublicLine, m: PublicMeasurement) -> str:
    by = f" ({_interval_that_decided(line, m)})" if line.decided_by else ""
    if line.outcome is Outcome.PASS:
        if is_compared(m):
            no = "No difference larger than the limit was found"
            return f"{no}, and the data show it to be inside{by}."
        return (
            f"The data show it to be inside the limit{by}." if line.tests else "Inside the limit."
        )
    if line.tests:
        return f"The data show it to be outside the limit, by more than chance explains{by}."
    return "Outside the limit."


def _interval_that_decided(line: PublicLine, m: PublicMeasurement) -> str:
    said = interval_words(line.decided_by, m) if line.decided_by else ""
    return said.replace(" interval", " interval that decided:", 1)


def _too_few(line: PublicLine, m: PublicMeasurement, item: PublicItem) -> str:
    """A limit whose breach decides nothing asks for enough; otherwise a floor was not reached."""
    if m.kind == "undefined":
        return "Too few to tell."
    if line.limit is not None and line.limit.breach == "inconclusive":
        return "Too few to tell: short of what the policy asks for."
    few = [p for p in (m.own, m.other) if p is not None and p.n.mask is Mask.FEW]
    what = "people" if few and m.about_people else unit(m.unit) or "records"
    least = max(item.least_units, SMALL) if m.about_people else item.least_units
    beside = m.own is not None and m.own.n.mask is Mask.WITHHELD
    use = "compare it with" if beside else "measure it on"
    return f"Too few to tell: fewer than {number(least)} {what} to {use}."


def _unknown_share(m: PublicMeasurement, item: PublicItem) -> str:
    known = part_words(m.known, unit(m.unit)) if m.known else "too few"
    need = exact_percent(item.known_share)
    if what := remedy(item):
        return (
            f"A declared group is known for {known}; at least {need} is needed, so the data cannot "
            f"tell. {what}"
        )
    return f"Known for {known}; at least {need} is needed, so the data cannot tell."
