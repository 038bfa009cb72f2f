from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosure import public
from rai_check.outcome import Exit, Outcome, Stage, Verdict
from rai_check.reports import FORMATS, asks, basis, board, covers, scope
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
    "kinds": ("Do not release.", "2 of 7 controls that can stop a release fail."),
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
    assert asks.asks(shown) == (
        "Decide nothing on this report: no control that decides was checked.",
    )


def test_asks_when_failed_name_owners_and_who_may_decide(make: SimpleNamespace) -> None:
    found = asks.asks(public(make.everything()))

    assert found == (
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
    assert asks.asks(public(make.passing())) == (
        "Release Annual review planner 2.3. It is signed for exactly this evidence (ab12ab12ab12).",
        "Note what statements cover: 1 place of TE-04.",
    )


def test_asks_when_passed_but_unsigned_ask_for_the_signature(make: SimpleNamespace) -> None:
    shown = public(make.assessment(make.rules(), verdict=Verdict.PASS, exit=Exit.PASS))

    assert "and sign a statement that names this evidence (ab12ab12ab12)" in asks.asks(shown)[0]


def test_asks_when_there_is_no_verdict_ask_for_no_decision(make: SimpleNamespace) -> None:
    assert asks.asks(public(make.incomplete())) == (
        "Decide nothing on this report. Ask for an assessment of every control.",
    )
    assert asks.asks(public(make.audited()))[0].startswith("Note this report.")
    assert asks.asks(public(make.broken())) == (
        "Decide nothing on this report. Have TE-07 repaired and assess again.",
    )


def test_worst_is_a_gating_failure_in_peoples_terms(make: SimpleNamespace) -> None:
    assert board.worst_words(public(make.everything())) == (
        "Similar selection rates (FA-06[ethnic_group]). Black or Black British: 85 of 290 records "
        "were selected (29%), against 760 of 1,840 of everyone else (41%); ratio 0.71 (95% "
        "interval 0.59 to 0.85). The policy needs 0.80 to 1.25."
    )


def test_worst_when_all_is_covered_or_passes_is_nothing(make: SimpleNamespace) -> None:
    assert worst(public(make.passing())) is None
    assert board.worst_words(public(make.passing())) == ""


def test_tally_counts_each_control_once_and_what_is_covered(make: SimpleNamespace) -> None:
    found = tally(public(make.everything()))

    assert sum(n for _, n in found.outcomes) == found.total == 13
    assert board.tally_sentence(found) == (
        "13 results of 11 controls: 3 fail, 1 could not run, 2 missing, 3 inconclusive, 3 pass, "
        "1 not applicable; 2 covered by statements (3 covered places); 0 not judged."
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
    rows = scope.characteristics_sentences(public(make.everything()))

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
    (row, *_) = scope.characteristics_sentences(public(make.everything()), most=12)

    assert row == "Held in part: disability (recorded…)."


@pytest.mark.parametrize(
    ("k", "start"), [(0, ""), (1, "First attempt"), (3, "Attempt 3 on different")]
)
def test_attempt_when_tried_again_is_said(make: SimpleNamespace, k: int, start: str) -> None:
    shown = public(make.assessment(make.rules(), attempt=k))

    assert basis.attempt(shown).startswith(start)
    assert bool(basis.attempt(shown)) == bool(start)


GATES = [
    (Stage.APPROVE, "Approve: it may go on to assurance.", "Do not approve."),
    (Stage.ASSURE, "It may go on to release testing.", "Do not go on."),
    (Stage.RELEASE, "Release.", "Do not release."),
    (Stage.OPERATE, "It may stay in service.", "Do not keep in service."),
]


@pytest.mark.parametrize(("stage", "passes", "fails"), GATES)
def test_verdict_is_worded_by_the_stage(
    make: SimpleNamespace, stage: Stage, passes: str, fails: str
) -> None:
    def words(built: Assessment) -> str:
        return board.verdict_words(public(make.at(stage, built)))

    assert words(make.passing()) == passes
    assert words(make.everything()) == fails
    assert words(make.referred()) == "Refer: a person must decide or supply something first."
    assert words(make.broken()) == "No verdict."


@pytest.mark.parametrize(
    ("stage", "passed", "failed", "referred"),
    [
        (
            Stage.APPROVE,
            "Approve Annual review planner 2.3: it may go on to assurance.",
            "Do not approve Annual review planner 2.3.",
            "Do not approve Annual review planner 2.3 yet: decide or supply the following first.",
        ),
        (
            Stage.ASSURE,
            "Let Annual review planner 2.3 go on to release testing.",
            "Do not let Annual review planner 2.3 go on.",
            "Do not let Annual review planner 2.3 go on yet: decide or supply the following first.",
        ),
        (
            Stage.OPERATE,
            "Keep Annual review planner 2.3 in service.",
            "Do not keep Annual review planner 2.3 in service.",
            (
                "Do not agree yet that Annual review planner 2.3 may stay in service: decide or "
                "supply the following first."
            ),
        ),
    ],
)
def test_asks_are_worded_by_the_stage(
    make: SimpleNamespace, stage: Stage, passed: str, failed: str, referred: str
) -> None:
    def first(built: Assessment) -> str:
        return asks.asks(public(make.at(stage, built)))[0]

    assert first(make.passing()).startswith(passed)
    assert first(make.everything()) == failed
    assert first(make.referred()) == referred


@pytest.mark.parametrize("stage", [Stage.APPROVE, Stage.OPERATE])
@pytest.mark.parametrize("form", [f for f in FORMATS if f != "json"])
def test_no_report_at_another_stage_speaks_of_a_decision_to_release(
    case: tuple[str, Assessment], make: SimpleNamespace, stage: Stage, form: str
) -> None:
    text = FORMATS[form].render(make.at(stage, case[1]))

    assert "Release" not in text
    for words in ("Do not release", "a release decision", "stop a release"):
        assert words not in text


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (
            Stage.APPROVE,
            (
                "Not judged at the stage “approve”: the controls of later stages (4 of the stage "
                "“release”). A stage includes those before it."
            ),
        ),
        (Stage.RELEASE, ""),
        (Stage.OPERATE, ""),
    ],
)
def test_later_when_before_release_counts_what_was_not_judged(
    make: SimpleNamespace, stage: Stage, said: str
) -> None:
    built = make.at(stage, make.passing())

    assert scope.later(public(built)) == said
    for form in ("html", "markdown"):
        assert ("the controls of later stages" in FORMATS[form].render(built)) == bool(said)


def test_covered_names_each_place_its_number_and_what_is_said_of_it(make: SimpleNamespace) -> None:
    rows = covers.covered(public(make.justified()))

    assert len(rows) == 13
    assert rows[0] == (
        "FA-06[ethnic_group], Group A: fail, 29% of 290 records, ratio 0.71 to everyone else. "
        "Justification 'J-1' until 31 May 2027, by the head of service: “Plans of this group were "
        "all brought forward in the spring, and are not due again yet”."
    )
    assert rows[8].startswith(
        "FA-06[ethnic_group], Chinese: inconclusive, fewer than 10 of 60 records. Justification"
    )
    assert rows[9].startswith(
        "FA-06[ethnic_group], Roma: inconclusive, not shown (fewer than 10 people). Justification"
    )
    assert (
        "TE-04, Statutory rules hold: fail, 2 test cases. Waiver 'W-1' until 31 January 2027, by "
        "the senior responsible owner: “The supplier mends the leap-year rule in January”."
    ) in rows


def test_covered_when_there_are_many_says_how_many_more(make: SimpleNamespace) -> None:
    rows = covers.covered(public(make.justified()), most=20, places=6)

    assert len(rows) == 7
    assert "“Plans of this group…”" in rows[0]
    assert [row.partition(",")[0] for row in rows[:6]] == [
        *["FA-06[ethnic_group]"] * 3,
        "TE-04",
        *["FA-08[sex]"] * 2,
    ]
    assert rows[-1] == "7 more covered places, of FA-06[ethnic_group], further on."


def test_covered_when_a_statement_asked_for_is_waived_gives_no_number(
    make: SimpleNamespace,
) -> None:
    line = replace(make.asked(Outcome.MISSING, "none"), covered_by=("W-1",))
    built = make.assessment(make.item("DP-02", line))
    row = covers.covered(
        public(replace(built, judgement=replace(built.judgement, statements=(make.WAIVER,))))
    )[0]

    assert row.startswith(
        "DP-02, The data protection impact assessment is in date: missing. Waiver 'W-1' until"
    )


def test_tally_counts_covered_places_as_well_as_results(make: SimpleNamespace) -> None:
    found = tally(public(make.justified()))

    assert (found.covered, found.places) == (3, 13)
    assert "3 covered by statements (13 covered places)" in board.considered(found)


def test_incomplete_writes_dates_out(make: SimpleNamespace) -> None:
    shown = public(make.assessment(make.rules(), partial=("a replay as of 2026-02-01",)))

    assert scope.incomplete(shown) == "Incomplete: a replay as of 1 February 2026."
