"""The verdict and the tally in sentences: what a board reads first."""

from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports.clauses import figures
from rai_check.reports.conclusions import conclusion
from rai_check.reports.figures import limit_words
from rai_check.reports.numerals import days_in, listed, plural, sentence
from rai_check.reports.summary import Tally, ids, worst

_NO_VERDICT = {
    Exit.COULD_NOT_RUN: "No verdict",
    Exit.NOTHING_CHECKED: "No verdict: nothing that decides was checked",
    Exit.INCOMPLETE: "Incomplete assessment: not for {decision}",
}


def headline(a: PublicAssessment) -> str:
    """The verdict in the fewest words, for a title."""
    if a.verdict is not Verdict.NONE:
        return "Refer" if a.verdict is Verdict.REFER else a.verdict.words(a.subject.stage)
    decision = a.subject.stage.words.decision
    if a.audit:
        return f"Audit only: not for {decision}"
    return _NO_VERDICT.get(a.exit, "No verdict").format(decision=decision)


def can_stop(a: PublicAssessment) -> str:
    """What a control that gates can do, for the head of a column."""
    return f"can stop {a.subject.stage.words.stopped}"


def verdict_words(a: PublicAssessment) -> str:
    """The verdict as a sentence of its own."""
    words = a.verdict.words(a.subject.stage) if a.verdict is Verdict.REFER else headline(a)
    return f"{words}."


def verdict_reason(a: PublicAssessment) -> str:
    """Why, with counts where there are any."""
    gating = [item for item in a.items if item.gates]
    total = f"of {plural(len(gating), _noun(gating))} that {can_stop(a)}"
    if a.verdict is Verdict.FAIL:
        failed = sum(item.standing is Outcome.FAIL for item in gating)
        verb = "fails" if failed == 1 else "fail"
        return f"{failed} {total} {verb}{_uncovered(gating, 'is ' if failed == 1 else 'are ')}."
    if a.verdict is Verdict.REFER:
        parts = [
            f"{sum(item.standing is o for item in gating)} {o.word.lower()}"
            for o in (Outcome.MISSING, Outcome.INCONCLUSIVE)
            if any(item.standing is o for item in gating)
        ]
        return f"{sentence(listed(parts))[:-1]}{_uncovered(gating)}, {total}."
    if a.verdict is Verdict.NONE and a.partial and a.exit is Exit.INCOMPLETE:
        return sentence(days_in("; ".join(a.partial)))
    if a.verdict is Verdict.NONE and a.exit is Exit.COULD_NOT_RUN:
        return f"{ids([i for i in a.items if i.standing is Outcome.ERROR])} could not run."
    return sentence(days_in(a.reason))


def _uncovered(gating: list[PublicItem], verb: str = "") -> str:
    """Said where the results in numbers count more, since some of them are covered."""
    return f" and {verb}not covered" if any(item.fully_covered for item in gating) else ""


def worst_words(a: PublicAssessment) -> str:
    """The most serious thing found, people before ratios; empty where nothing is open."""
    found = worst(a)
    if found is None:
        return ""
    item, line = found
    name = f"{item.title} ({item.id})"
    if line.measurement is None or line.code == "asked":
        return f"{name}: {conclusion(line, item)}"
    needs = ""
    if line.limit is not None:
        needs = f" The policy needs {limit_words(line.limit, line.measurement)}."
    return f"{name}. {sentence(figures(line.measurement, item.information))}{needs}"


def tally_sentence(found: Tally) -> str:
    """Every bucket that is not empty, and always what is covered and what was not judged."""
    buckets = ", ".join(f"{n} {outcome.word.lower()}" for outcome, n in found.outcomes)
    head = f"{_results(found.total, found.controls)}: {buckets}" if found.total else "0 controls"
    return f"{head}; {_covered(found)}; {found.not_judged} not judged."


def _covered(found: Tally) -> str:
    """Results that statements settle, and the places they cover whether or not they settle one."""
    results = f"{found.covered} covered by statements"
    return f"{results} ({plural(found.places, 'covered place')})" if found.places else results


def _noun(items: list[PublicItem]) -> str:
    return "control" if len({item.control for item in items}) == len(items) else "result"


def _results(results: int, controls: int) -> str:
    """A control that compares groups has a result for each group column."""
    if results == controls:
        return plural(controls, "control")
    return f"{plural(results, 'result')} of {plural(controls, 'control')}"


def considered(found: Tally) -> str:
    """How many controls there are, what is covered and what was left out."""
    left = f"{found.not_judged} not judged" if found.not_judged else "none was left out"
    judged = f"{_results(found.total, found.controls)} judged"
    return f"{judged}; {_covered(found)}; {left}."
