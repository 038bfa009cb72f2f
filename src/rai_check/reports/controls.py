"""What is said of a control beside its lines: status, limits, method, what was left out."""

from collections import Counter

from rai_check.disclosed import PublicFinding, PublicItem, PublicLine
from rai_check.outcome import Outcome
from rai_check.protected import Mask
from rai_check.reports.figures import limit_words
from rai_check.reports.metrics import metric
from rai_check.reports.numerals import count, days_in, plural, sentence


def status(item: PublicItem) -> str:
    """The reader's word for a control, with what must be said beside it."""
    word = item.outcome.word
    if item.fully_covered:
        return f"{word}, covered"
    informs = not item.gates and item.is_open and item.standing is not Outcome.ERROR
    return f"{word} (does not gate)" if informs else word


def finding_words(found: PublicFinding) -> str:
    """A finding in one clause: place, kind, masked shape and count."""
    shape = f", of the form {found.shape}" if found.shape else ""
    silent = found.count.value == 1 or found.count.mask is Mask.WITHHELD
    n = "" if silent else f" ({count(found.count)})"
    return f"{found.place}: {found.kind}{shape}{n}"


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
