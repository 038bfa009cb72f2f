"""An assessment in pytest's terms: what it shows of each control, and how the run closes."""

from dataclasses import replace

from rai_check.assessment import Assessment, sealed
from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.judge import decide
from rai_check.outcome import Outcome
from rai_check.pytest_assess import one_line
from rai_check.pytest_items import Shown
from rai_check.reports.escape import visible

COVERED = "covered"
NOT_GATING = " (does not gate)"
_CATEGORIES = {Outcome.FAIL: "failed", Outcome.PASS: "passed", Outcome.ERROR: "error"}
"""Pytest's own words where it has one; elsewhere it counts under ours."""
_LETTERS = {
    Outcome.FAIL: "F",
    Outcome.ERROR: "E",
    Outcome.MISSING: "m",
    Outcome.INCONCLUSIVE: "i",
    Outcome.PASS: ".",
    Outcome.NOT_APPLICABLE: "s",
}


def shown(assessment: Assessment) -> tuple[Shown, ...]:
    """Every control as pytest is to show it, in the order of the assessment.

    Raises:
        pytest.UsageError: when its text cannot be formed.
    """
    from rai_check.disclosure import public

    with one_line():
        protected = public(assessment)
        return tuple(_shown(item, protected) for item in protected.items)


def _shown(item: PublicItem, protected: PublicAssessment) -> Shown:
    outcome = item.remaining
    if outcome is None:
        return _plain(item, COVERED, "c", COVERED.upper())
    word = outcome.word
    found = _plain(item, _CATEGORIES.get(outcome, word.lower()), _LETTERS[outcome], word.upper())
    if outcome is Outcome.PASS:
        return found
    if outcome is Outcome.NOT_APPLICABLE:
        reasons = dict.fromkeys(line.reason for line in item.lines if line.reason)
        return replace(found, result="skipped", text=visible("; ".join(reasons)))
    text = _control_text(item, protected)
    if outcome is Outcome.ERROR:  # the verdict waits for it whether it gates or not
        return replace(found, result="failed", when="setup", text=text)
    if item.gates:
        return replace(found, result="failed", text=text)
    return replace(
        found,
        category=word.lower() + NOT_GATING,
        letter=found.letter.lower(),
        word=found.word + NOT_GATING,
    )


def _plain(item: PublicItem, category: str, letter: str, word: str) -> Shown:
    properties = {
        "rai.outcome": item.outcome.value,
        "rai.severity": item.severity.value,
        "rai.gates": "yes" if item.gates else "no",
        "rai.covered_by": ", ".join(item.covered_by),
    }
    return Shown(
        id=item.id,
        name=visible(item.id),
        category=category,
        letter=letter,
        word=word,
        properties=tuple((name, value) for name, value in properties.items() if value),
    )


def narrowed(assessment: Assessment, run: frozenset[str]) -> Assessment:
    """The assessment as far as pytest ran it: fewer than all controls give no release."""
    judgement = assessment.judgement
    kept = tuple(item for item in judgement.items if item.id in run)
    if len(kept) == len(judgement.items):
        return assessment
    left_out = f"{len(kept)} of {len(judgement.items)} controls were run"
    partial = (*assessment.partial, left_out)
    verdict, code, reason = decide(kept, partial=partial, audit=assessment.audit)
    part = replace(judgement, items=kept, verdict=verdict, exit=code, reason=reason)
    return sealed(replace(assessment, partial=partial, judgement=part))


def closing(final: Assessment, *, colour: bool, verbose: bool) -> str:
    """The closing text, the same as the command line's."""
    from rai_check.reports import terminal

    return terminal.render(final, colour=colour, verbose=verbose).rstrip("\n")


def _control_text(item: PublicItem, protected: PublicAssessment) -> str:
    from rai_check.reports import terminal

    return terminal.control_text(item, protected).rstrip("\n")
