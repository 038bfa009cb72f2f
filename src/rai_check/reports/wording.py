"""Sentences about controls: people before ratios, whole sentences, no word for what is not shown.

Every format takes its sentences about a line, a control or a statement from here, so that they
agree; `board` does the same for the assessment as a whole. All text is plain: each format
escapes it for what it is read with.
"""

import re
from collections import Counter
from collections.abc import Mapping

from rai_check.disclosed import (
    EACH_GROUP,
    PublicFinding,
    PublicItem,
    PublicLine,
    PublicMeasurement,
)
from rai_check.judgement import LimitUsed, ShownInterval, StatementUse
from rai_check.outcome import Outcome
from rai_check.protected import SMALL, Mask, Part
from rai_check.reports.numerals import (
    count,
    cut,
    days_in,
    decimal,
    exact_percent,
    listed,
    number,
    percent,
    place,
    plural,
    points,
    sentence,
    unit,
)

ROUNDED = (
    "Counts of people are rounded to the nearest 5 and counts under 10 are not shown; rates and "
    "intervals are worked out from the rounded counts. Outcomes were decided on exact counts."
)
HIDDEN = f"not shown: fewer than {SMALL} people"
WITHHELD = "not shown"
_TOO_FEW = frozenset({Mask.FEW, Mask.ALL_BUT_FEW})
_NOTHING = "covers nothing: "
_NO_COUNT = " does not count: "
_NEXT = rf"; '[^']*'{_NO_COUNT}"
_METRICS = {
    "selection rate": "Selected",
    "true positive rate": "Picked when needed",
    "false negative rate": "Missed although needed",
    "false positive rate": "Picked although not needed",
}
_BEFORE_REASON = {
    Outcome.ERROR: "Could not run",
    Outcome.MISSING: "Missing",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.PASS: "In place",
    Outcome.FAIL: "Not in order",
    Outcome.INCONCLUSIVE: "The data cannot tell",
}


def metric(name: str) -> str:
    """What a metric says of people, where it has plain words; otherwise its name."""
    for technical, words in _METRICS.items():
        if name == technical:
            return words
        if name.startswith(technical):
            rest = name[len(technical) :].replace(EACH_GROUP, ", each group")
            return words + rest
    return name[:1].upper() + name[1:]


def against(m: PublicMeasurement) -> str:
    """What a group is compared with."""
    return "everyone else" if m.against == "rest" else m.against or ""


def group(m: PublicMeasurement) -> str:
    """Where it was measured, and what was put together there."""
    label = place(m.where)
    return f"{label}: {', '.join(m.members)}" if m.members else label


def about(m: PublicMeasurement) -> str:
    """Metric and place: ``Group size (Asian)``."""
    where = group(m)
    return f"{metric(m.metric)} ({where})" if where else metric(m.metric)


def part_words(part: Part, what: str = "") -> str:
    """A part of a whole: ``29% of 290 records``; counts alone where no rate may be shown."""
    whole = f"{count(part.n)} {what}".strip()
    if part.rate is not None:
        return f"{percent(part.rate)} of {whole}"
    if part.n.value is None:
        return HIDDEN if part.n.mask is Mask.FEW else WITHHELD
    if part.x.mask is Mask.WITHHELD:
        return f"rate not shown for {whole}"
    return f"{count(part.x)} of {whole}"


def interval_words(found: ShownInterval, scale: str) -> str:
    """An interval: ``95% interval 0.58 to 0.85``."""
    say = {"difference": points, "rate": percent}.get(scale, decimal)
    name = f"{exact_percent(found.level)} interval"
    if found.high is None:
        return f"{name} {say(found.low or 0.0)} or more"
    if found.low is None:
        return f"{name} up to {say(found.high)}"
    return f"{name} {say(found.low)} to {say(found.high)}"


def scale(m: PublicMeasurement) -> str:
    """Scale on which effect, interval and limit of a measurement are written."""
    if m.kind == "two_proportions":
        return m.effect_of
    return "rate" if m.kind == "proportion" else "value"


def effect_words(m: PublicMeasurement) -> str:
    """The comparison or estimate in figures, or why there is none."""
    if m.effect is None:
        hidden = m.about_people and (m.own is None or m.own.rate is None or _hides(m.other))
        return hidden_words(m) if hidden else "not defined, since one of the rates is 0"
    if scale(m) == "difference":
        return f"{points(m.effect)} percentage points"
    return percent(m.effect) if scale(m) == "rate" else decimal(m.effect)


def hidden_words(m: PublicMeasurement) -> str:
    """Why a number is not shown, by the group's own counts: another's are said of that one."""
    return HIDDEN if m.own is None or m.own.x.mask in _TOO_FEW else WITHHELD


def _hides(part: Part | None) -> bool:
    return part is not None and part.rate is None


def limit_words(limit: LimitUsed, m: PublicMeasurement | None) -> str:
    """The limit without its owner: ``0.80 to 1.25``, ``at least 95%``."""
    on = limit.of if limit.of != "value" or m is None else scale(m)
    say = {"difference": points, "rate": exact_percent, "ratio": decimal}.get(on, number)
    tail = " percentage points" if on == "difference" else ""
    if limit.min is not None and limit.max is not None:
        words = f"{say(limit.min)} to {say(limit.max)}{tail}"
    elif limit.min is not None:
        words = f"at least {say(limit.min)}{tail}"
    else:
        words = f"at most {say(limit.max or 0.0)}{tail}"
    if limit.prevalence is not None and m is not None and m.kind in {"exact", "sampled"}:
        words += f"; of what a sample leaves out, at most {exact_percent(limit.prevalence)}"
    return words


def figures(m: PublicMeasurement) -> str:
    """The numbers of a measurement in one clause, without a full stop."""
    if m.kind == "two_proportions" and m.own and m.other:
        return f"{metric(m.metric)}: {_compared(m, m.own, m.other)}"
    if m.kind == "proportion" and m.own:
        shown = f"{about(m)}: {part_words(m.own, unit(m.unit))}"
        return f"{shown} ({interval_words(m.interval, 'rate')})" if m.interval else shown
    if m.kind == "sampled" and m.own and m.population:
        of = f"{count(m.own.n)} {unit(m.unit)} looked at, {count(m.population)} in all"
        return f"{about(m)}: {count(m.own.x)} of {of}"
    if m.kind == "exact" and m.quantity:
        named = m.unit in m.metric or "events" in m.metric or m.quantity_of != "count"
        what = "" if named else f" {unit(m.unit)}"
        shown = count(m.quantity)
        return f"{about(m)}: {shown}{what if m.quantity.mask is not Mask.WITHHELD else ''}"
    if m.kind == "estimate":
        shown = f"{about(m)}: {effect_words(m)}"
        return f"{shown} ({interval_words(m.interval, 'value')})" if m.interval else shown
    if m.kind == "undefined":
        return f"{about(m)}: no number, because {m.undefined.rstrip('.')}"
    return about(m)


def _compared(m: PublicMeasurement, own: Part, other: Part) -> str:
    what, side = unit(m.unit), f"({group(m)})"
    if own.n.value is None and m.about_people:
        return f"{part_words(own, what)} {side}"
    if m.effect is None and m.about_people and (own.rate is None or other.rate is None):
        hidden = hidden_words(m)
        return f"{part_words(own, what)} {side}; {m.effect_of} to {against(m)} {hidden}"
    sides = f"{part_words(own, what)} {side}, {part_words(other)} ({against(m)})"
    effect = f"{m.effect_of} {effect_words(m)}"
    shown = f" ({interval_words(m.interval, m.effect_of)})" if m.interval else ""
    return f"{sides}; {effect}{shown}"


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
        parts.append(sentence(figures(m)))
    parts.append(conclusion(line, item))
    return " ".join(part for part in parts if part)


def said(
    lines: tuple[PublicLine, ...], item: PublicItem, statements: Mapping[str, StatementUse]
) -> tuple[str, ...]:
    """Each line with what covers it; passes of which there is no more to say are put together."""
    rows: list[str] = []
    quiet: dict[str, list[str]] = {}
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
    return tuple(dict.fromkeys(rows))


def said_with_limits(
    lines: tuple[PublicLine, ...], item: PublicItem, statements: Mapping[str, StatementUse]
) -> tuple[str, ...]:
    """The same, and then every limit once."""
    needs = (f"The policy needs: {words}." for words in limits(lines))
    return (*said(lines, item, statements), *needs)


def conclusion(line: PublicLine, item: PublicItem) -> str:
    """What follows from a line, by its code and outcome."""
    m = line.measurement
    if line.code in {"asked", "gap"} or m is None:
        reason = days_in(line.reason).strip() or "no reason was given"
        return sentence(f"{_BEFORE_REASON[line.outcome]}: {reason}")
    if line.code == "decided":
        return _decided(line, m)
    if line.code == "undecided":
        return "The data cannot tell whether this is inside the limit or outside it."
    if line.code == "too_few":
        return _too_few(line, m, item)
    if line.code == "unknown_share":
        return _unknown_share(m, item)
    if line.code == "sampled":
        return (
            "Only a sample was looked at, and what was not looked at could hold more than the "
            "policy allows: the data cannot tell."
        )
    return "The data cannot tell."


def _decided(line: PublicLine, m: PublicMeasurement) -> str:
    if line.outcome is Outcome.PASS:
        if m.kind == "two_proportions":
            return (
                "No difference larger than the limit was found, and the data show it to be inside."
            )
        return "The data show it to be inside the limit." if line.tests else "Inside the limit."
    if line.tests:
        return "The data show it to be outside the limit, by more than chance explains."
    return "Outside the limit."


def _too_few(line: PublicLine, m: PublicMeasurement, item: PublicItem) -> str:
    """A limit whose breach decides nothing asks for enough; otherwise a floor was not reached."""
    if m.kind == "undefined":
        return "Too few to tell."
    if line.limit is not None and line.limit.breach == "inconclusive":
        return "Too few to tell: short of what the policy asks for."
    what = unit(m.unit) or "records"
    least = max(item.least_units, SMALL) if m.about_people else item.least_units
    beside = m.own is not None and m.own.n.mask is Mask.WITHHELD
    use = "compare it with" if beside else "measure it on"
    return f"Too few to tell: fewer than {number(least)} {what} to {use}."


def _unknown_share(m: PublicMeasurement, item: PublicItem) -> str:
    known = part_words(m.known, unit(m.unit)) if m.known else "too few"
    need = exact_percent(item.known_share)
    return f"Known for {known}; at least {need} is needed, so the data cannot tell."


def cover_words(ids: tuple[str, ...], statements: Mapping[str, StatementUse]) -> str:
    """``Covered by waiver 'W-1' until 23 November 2026.``; empty where nothing covers."""
    named = [cover_name(statements[i]) if i in statements else f"statement {i!r}" for i in ids]
    return f"Covered by {' and '.join(named)}." if named else ""


def cover_name(use: StatementUse) -> str:
    """Kind, id and last day of a statement."""
    until = f" until {days_in(use.ends)}" if use.ends else ""
    return f"{use.kind} '{use.id}'{until}"


def statement_words(use: StatementUse) -> str:
    """What a statement did, or why it did nothing."""
    by = f" by the {use.role}" if use.role else ""
    return sentence(f"{cover_name(use)}{by} {effect_of(use)}")


def cover_line(
    line: PublicLine, item: PublicItem, statements: Mapping[str, StatementUse], most: int
) -> str:
    """One covered place: group, its number, what covers it until when, and in what words."""
    m = line.measurement
    where = group(m) if m and m.where else item.title
    by = " ".join(_covering(statements[i], most) for i in line.covered_by if i in statements)
    number_ = f", {_in_short(m)}" if m and line.code != "asked" else ""
    return f"{item.id}, {cut(where, most)}: {line.outcome.word.lower()}{number_}. {by}"


def _covering(use: StatementUse, most: int) -> str:
    by = f", by the {use.role}" if use.role else ""
    said = f": “{cut(use.text.rstrip('.'), most)}”" if use.text else ""
    return sentence(f"{cover_name(use)}{by}{said}")


def _in_short(m: PublicMeasurement) -> str:
    """The group's own number and how it compares, in few words."""
    if m.kind != "two_proportions" or m.own is None:
        return figures(m).removeprefix(about(m)).removeprefix(": ")
    if m.effect is None:
        return part_words(m.own, unit(m.unit))
    return f"{part_words(m.own, unit(m.unit))}, {m.effect_of} {effect_words(m)} to {against(m)}"


def effect_of(use: StatementUse) -> str:
    """What a statement did as a predicate; the reason against it once, without its own name."""
    if use.used or not use.effect.startswith(_NOTHING):
        return days_in(use.effect)
    why = use.effect.removeprefix(_NOTHING)
    own = why.partition(f"{use.id!r}{_NO_COUNT}")[2]
    return f"has no effect: {days_in(re.split(_NEXT, own)[0] if own else why)}"


def finding_words(found: PublicFinding) -> str:
    """A finding in one clause: place, kind, masked shape and count."""
    shape = f", of the form {found.shape}" if found.shape else ""
    silent = found.count.value == 1 or found.count.mask is Mask.WITHHELD
    n = "" if silent else f" ({count(found.count)})"
    return f"{found.place}: {found.kind}{shape}{n}"


def status(item: PublicItem) -> str:
    """The reader's word for a control, with what must be said beside it."""
    word = item.outcome.word
    if item.fully_covered:
        return f"{word}, covered"
    informs = not item.gates and item.is_open and item.standing is not Outcome.ERROR
    return f"{word} (does not gate)" if informs else word


def others_words(item: PublicItem, shown: tuple[PublicLine, ...]) -> str:
    """How many lines of a control were left out, by why: they pass, or do not apply."""
    left = Counter(x.outcome for x in item.lines) - Counter(x.outcome for x in shown)
    passing, idle = left[Outcome.PASS], left[Outcome.NOT_APPLICABLE]
    said = []
    if passing:
        said.append(f"{plural(passing, 'other line')} {'passes' if passing == 1 else 'pass'}")
    if idle:
        what = f"{idle:,}" if passing else plural(idle, "other line")
        said.append(f"{what} {'does' if idle == 1 else 'do'} not apply")
    return sentence("; ".join(said))


def missing_words(item: PublicItem) -> str:
    """What is missing of a control, reason by reason."""
    lines = [x for x in item.lines if x.outcome is Outcome.MISSING and not x.covered_by]
    return "; ".join(dict.fromkeys(days_in(x.reason) or "no reason was given" for x in lines)) + "."


def limits(lines: tuple[PublicLine, ...]) -> tuple[str, ...]:
    """Every limit among lines once, with the metric where there are several."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.limit is not None and line.measurement is not None:
            words = f"{limit_words(line.limit, line.measurement)} ({line.limit.whose.rstrip('.')})"
            found.setdefault(words, []).append(metric(line.measurement.metric))
    if len(found) == 1:
        return tuple(found)
    return tuple(f"{' / '.join(dict.fromkeys(names))}: {words}" for words, names in found.items())


def method_words(item: PublicItem) -> str:
    """How it was decided: which tests, and the correction for making several."""
    tests = dict.fromkeys(t for line in item.lines for t in line.tests)
    if not tests:
        return ""
    several = ""
    if item.family_size != 1:
        who = f"{item.family_size} tests" if item.family_size else "The tests"
        several = f" {who} share one allowance for false alarms (Holm's correction)."
    return f"Decided by: {', '.join(tests)}.{several}"
