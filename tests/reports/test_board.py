from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosure import public
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports import board
from rai_check.reports.summary import ordered, owing, tally, worst

VERDICTS = {
    "everything": (
        "Do not release.",
        "2 of 12 results that can stop a release fail and are not covered.",
    ),
    "passing": (
        "Release.",
        "Every control that gates passes, does not apply, or is covered.",
    ),
    "referred": (
        "Refer: a person must decide or supply something first.",
        "1 missing and 1 inconclusive, of 3 controls that can stop a release.",
    ),
    "incomplete": (
        "Incomplete assessment: not for a release decision.",
        "1 of 12 controls were chosen.",
    ),
    "audited": (
        "Audit only: not for a release decision.",
        "An audit reports and does not decide.",
    ),
    "broken": ("No verdict.", "TE-07 could not run."),
}


def test_verdict_is_said_with_its_reason(case: tuple[str, Assessment]) -> None:
    name, assessment = case
    shown = public(assessment)

    assert (board.verdict_words(shown), board.verdict_reason(shown)) == VERDICTS[name]


def test_verdict_none_when_nothing_was_checked_says_so(make: SimpleNamespace) -> None:
    shown = public(
        make.assessment(
            make.signed(Outcome.NOT_APPLICABLE),
            verdict=Verdict.NONE,
            exit=Exit.NOTHING_CHECKED,
            reason="nothing that gates was checked",
        )
    )

    assert board.verdict_words(shown) == "No verdict: nothing that decides was checked."
    assert board.asks(shown) == (
        "Decide nothing on this report: no control that decides was checked.",
    )


def test_asks_when_failed_name_owners_and_who_may_decide(make: SimpleNamespace) -> None:
    asks = board.asks(public(make.everything()))

    assert asks == (
        "Do not release Annual review planner 2.3.",
        (
            "Have what failed or could not run put right by the service owner (DP-03, "
            "FA-06[ethnic_group] and TE-07)."
        ),
        (
            "Have what is missing supplied by the data protection officer (DP-02) and the senior "
            "responsible owner (GOV-09)."
        ),
        (
            "By the policy, DP-03 can be neither waived nor justified. FA-06[ethnic_group] may be "
            "justified by the head of service; where the data cannot tell it may go ahead with a "
            "mitigation accepted by the equality lead. FA-08[ethnic_group] may go ahead with a "
            "mitigation accepted by the equality lead."
        ),
    )


def test_asks_when_passed_and_signed_name_the_evidence(make: SimpleNamespace) -> None:
    assert board.asks(public(make.passing())) == (
        "Release Annual review planner 2.3. It is signed for exactly this evidence (ab12ab12ab12).",
        "Note what statements cover: TE-04.",
    )


def test_asks_when_passed_but_unsigned_ask_for_the_signature(make: SimpleNamespace) -> None:
    shown = public(make.assessment(make.rules(), verdict=Verdict.PASS, exit=Exit.PASS))

    assert "and sign a statement that names this evidence (ab12ab12ab12)" in board.asks(shown)[0]


def test_asks_when_there_is_no_verdict_ask_for_no_decision(make: SimpleNamespace) -> None:
    assert board.asks(public(make.incomplete())) == (
        "Decide nothing on this report. Ask for an assessment of every control.",
    )
    assert board.asks(public(make.audited()))[0].startswith("Note this report.")
    assert board.asks(public(make.broken())) == (
        "Decide nothing on this report. Have TE-07 repaired and assess again.",
    )


def test_worst_is_a_gating_failure_in_peoples_terms(make: SimpleNamespace) -> None:
    assert board.worst_words(public(make.everything())) == (
        "Similar selection rates (FA-06[ethnic_group]). Selected: 29% of 290 records (Black or "
        "Black British), 41% of 1,840 (everyone else); ratio 0.71 (95% interval 0.59 to 0.85). "
        "The policy needs 0.80 to 1.25."
    )


def test_worst_when_all_is_covered_or_passes_is_nothing(make: SimpleNamespace) -> None:
    assert worst(public(make.passing())) is None
    assert board.worst_words(public(make.passing())) == ""


def test_tally_counts_each_control_once_and_what_is_covered(make: SimpleNamespace) -> None:
    found = tally(public(make.everything()))

    assert sum(n for _, n in found.outcomes) == found.total == 13
    assert board.tally_sentence(found) == (
        "13 results of 11 controls: 3 fail, 1 could not run, 2 missing, 3 inconclusive, 3 pass, "
        "1 not applicable; 2 covered by statements; 0 not judged."
    )


def test_verdict_when_nothing_is_covered_does_not_speak_of_it(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.FAIL, "decided", "A", (83, 288, 758, 1_840))
    items = [make.item("FA-06", line, group=column) for column in ("sex", "race")]

    assert board.verdict_reason(public(make.assessment(*items))) == (
        "2 of 2 results that can stop a release fail."
    )


def test_item_when_partly_covered_is_open_and_when_wholly_is_not(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.FAIL, "decided", "A", (83, 288, 758, 1_840))
    covered = replace(line, covered_by=("W-1",))
    idle = make.gap(Outcome.NOT_APPLICABLE, "no model")
    found = [
        public(make.assessment(make.item("FA-06", *lines))).items[0]
        for lines in ((line, covered), (covered, idle), (idle,))
    ]

    assert [(i.is_open, i.fully_covered, i.remaining) for i in found] == [
        (True, False, Outcome.FAIL),
        (False, True, None),
        (False, False, Outcome.NOT_APPLICABLE),
    ]


def test_order_puts_open_failures_first_and_passes_last(make: SimpleNamespace) -> None:
    names = [item.id for item in ordered(public(make.everything()).items)]

    assert names[:3] == ["DP-03", "FA-06[ethnic_group]", "TE-04"]
    assert names[-1] == "FA-16"


def test_owing_groups_what_is_missing_by_role(make: SimpleNamespace) -> None:
    found = owing(public(make.everything()).items)

    assert [(role, [i.id for i in items]) for role, items in found] == [
        ("data protection officer", ["DP-02"]),
        ("senior responsible owner", ["GOV-09"]),
    ]


def test_characteristics_give_positions_and_reasons(make: SimpleNamespace) -> None:
    rows = board.characteristics_sentences(public(make.everything()))

    assert rows == (
        "Held in part: disability (recorded for those who told us).",
        (
            "Not held: religion or belief (not collected, since the service has no lawful need of "
            "it); sexual orientation."
        ),
        (
            "Not applicable in law: age (every plan is for a person of 0 to 25 and the duty is the "
            "same for all)."
        ),
        "Nothing stated: gender reassignment.",
    )


def test_characteristics_when_reasons_are_long_are_cut_at_a_word(make: SimpleNamespace) -> None:
    (row, *_) = board.characteristics_sentences(public(make.everything()), most=12)

    assert row == "Held in part: disability (recorded…)."


@pytest.mark.parametrize(
    ("k", "start"), [(0, ""), (1, "First attempt"), (3, "Attempt 3 on different")]
)
def test_attempt_when_tried_again_is_said(make: SimpleNamespace, k: int, start: str) -> None:
    shown = public(make.assessment(make.rules(), attempt=k))

    assert board.attempt(shown).startswith(start)
    assert bool(board.attempt(shown)) == bool(start)
