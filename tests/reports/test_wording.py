"""Known sentences, by outcome and code; and words that no report may use."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosed import PublicItem
from rai_check.disclosure import public
from rai_check.judgement import Judged, LimitUsed, Line, StatementUse
from rai_check.measurement import Estimate, Exact, Proportion, Undefined
from rai_check.outcome import Outcome
from rai_check.reports import FORMATS, conclusions, controls, covers, figures

FORBIDDEN = re.compile(r"\b(fair|unfair|unbiased|compliant)\b", re.IGNORECASE)
AT_LEAST = LimitUsed(of="value", min=0.95, max=None, prevalence=None, breach="fail", whose="ours")


def shown(make: SimpleNamespace, judged: Judged) -> PublicItem:
    return public(make.assessment(judged)).items[0]


def words(make: SimpleNamespace, line: Line) -> str:
    item = shown(make, make.item("FA-06", line, group="ethnic_group"))
    return conclusions.line_words(item.lines[0], item)


def test_words_when_a_comparison_fails_put_people_before_the_ratio(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.FAIL, "decided", "Black or Black British", (83, 288, 758, 1_840))

    # Koopman's interval for 85 of 290 against 760 of 1,840: 0.59 to 0.85
    assert words(make, line) == (
        "Black or Black British: 85 of 290 records were selected (29%), against 760 of 1,840 of "
        "everyone else (41%); ratio 0.71 (95% interval 0.59 to 0.85). The data show it to be "
        "outside the limit, by more than chance explains."
    )


def test_words_when_a_comparison_passes_claim_no_more_than_the_limit(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.PASS, "decided", "female", (1_200, 2_400, 1_800, 3_600))

    assert words(make, line).endswith(
        "No difference larger than the limit was found, and the data show it to be inside."
    )


def test_words_when_undecided_say_that_the_data_cannot_tell(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.INCONCLUSIVE, "undecided", "Asian", (31, 88, 1_500, 3_664))

    assert words(make, line).endswith(
        "The data cannot tell whether this is inside the limit or outside it."
    )


def test_words_when_a_count_is_small_hide_it_and_what_follows_from_it(
    make: SimpleNamespace,
) -> None:
    line = make.versus(Outcome.INCONCLUSIVE, "undecided", "Chinese", (4, 61, 1_524, 3_691))

    assert words(make, line).startswith(
        "Chinese: fewer than 10 of 60 records were selected; ratio to everyone else not shown "
        "(fewer than 10 people)."
    )


def test_words_when_the_known_share_is_short_name_both_shares(make: SimpleNamespace) -> None:
    line = make.versus(
        Outcome.INCONCLUSIVE,
        "unknown_share",
        "Asian",
        (90, 300, 500, 1_500),
        known=1_800,
        total=3_000,
    )

    assert words(make, line).endswith(
        "Known for 60% of 3,000 records; at least 80% is needed, so the data cannot tell."
    )


def test_words_when_undefined_give_the_reason(make: SimpleNamespace) -> None:
    line = make.line(
        Outcome.INCONCLUSIVE,
        "selected",
        Undefined(code="selected", text="nobody looked"),
        label="A",
    )

    assert (
        words(make, line) == "Selected (A): no number, because nobody looked. The data cannot tell."
    )


def test_words_when_one_rate_is_held_against_a_limit(make: SimpleNamespace) -> None:
    line = make.line(
        Outcome.FAIL, "decided", Proportion(x=900, n=1_000), limit=AT_LEAST, metric="reasons given"
    )

    # Wilson for 900 of 1,000: 0.880 to 0.917
    assert words(make, line).startswith(
        "Reasons given: 90% of 1,000 records (95% interval 88% to 92%)."
    )


def test_words_when_an_estimate_has_no_counts(make: SimpleNamespace) -> None:
    line = make.line(
        Outcome.PASS,
        "decided",
        Estimate(value=0.08, se=0.01),
        limit=AT_LEAST,
        metric="share",
        about_people=False,
    )

    assert words(make, line).startswith("Share: 0.08 (95% interval 0.06 to 0.10).")


def test_words_when_none_is_allowed_and_it_passes_give_no_count(make: SimpleNamespace) -> None:
    none_allowed = LimitUsed(of="value", min=None, max=0, prevalence=None, breach="fail", whose="x")
    lines = [
        make.line(
            Outcome.PASS, "decided", Exact(value=0), limit=none_allowed, metric="hits", label=x
        )
        for x in ("one", "two")
    ]
    item = shown(make, make.item("DP-03", *lines))

    assert conclusions.said(item.lines, item, {}) == ("Hits: inside the limit at one and two.",)


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        (Outcome.MISSING, "no sign-off by the owner", "Missing: no sign-off by the owner."),
        (Outcome.PASS, "stated in 'S-1'", "In place: stated in 'S-1'."),
        (Outcome.FAIL, "expired: W-1", "Not in order: expired: W-1."),
        (
            Outcome.MISSING,
            "'A-1' does not count: it expired on 2026-10-31",
            "Missing: 'A-1' does not count: it expired on 31 October 2026.",
        ),
    ],
)
def test_words_when_a_statement_is_asked_for(
    make: SimpleNamespace, outcome: Outcome, reason: str, said: str
) -> None:
    assert words(make, make.asked(outcome, reason)) == said


def test_words_when_a_check_broke_name_no_more_than_the_reason(make: SimpleNamespace) -> None:
    assert (
        words(make, make.gap(Outcome.ERROR, "the check broke")) == "Could not run: the check broke."
    )


def test_others_when_some_do_not_apply_are_counted_by_outcome(make: SimpleNamespace) -> None:
    passed = [make.versus(Outcome.PASS, "decided", g, (50, 90, 50, 90)) for g in "AB"]
    idle = make.gap(Outcome.NOT_APPLICABLE, "no model")
    failed = make.versus(Outcome.FAIL, "decided", "C", (20, 90, 60, 90))
    item = shown(make, make.item("FA-06", failed, *passed, idle))

    assert controls.others_words(item, item.lines[:1]) == "2 other lines pass; 1 does not apply."
    assert controls.others_words(item, item.lines[:3]) == "1 other line does not apply."
    assert controls.others_words(item, (item.lines[0], item.lines[3])) == "2 other lines pass."
    assert controls.others_words(item, item.lines) == ""


def test_words_when_too_few_count_what_reports_count(make: SimpleNamespace) -> None:
    few = make.versus(
        Outcome.INCONCLUSIVE, "too_few", "A", (3, 8, 90, 400), reason="fewer than 10 rows"
    )
    short = make.line(
        Outcome.INCONCLUSIVE, "too_few", Exact(value=20), limit=make.THIRTY, metric="group size"
    )

    assert words(make, few).endswith("Too few to tell: fewer than 10 people to measure it on.")
    assert words(make, short).endswith("Too few to tell: short of what the policy asks for.")


@pytest.mark.parametrize(("units", "least"), [(2, 10), (10, 10), (30, 30)])
def test_words_when_the_floor_is_lower_name_no_fewer_than_ten_people(
    make: SimpleNamespace, units: int, least: int
) -> None:
    """Fewer than 2 of which at least 1 was measured would be exactly one person."""
    line = make.versus(Outcome.INCONCLUSIVE, "too_few", "A", (1, 1, 90, 400))
    item = replace(shown(make, make.item("FA-06", line)), least_units=units)

    assert conclusions.line_words(item.lines[0], item) == (
        "A, selected: not shown (fewer than 10 people). Too few to tell: fewer than "
        f"{least} people to measure it on."
    )


def test_words_when_the_floor_is_of_test_cases_name_it(make: SimpleNamespace) -> None:
    few = make.line(
        Outcome.INCONCLUSIVE,
        "too_few",
        Proportion(x=1, n=1),
        limit=AT_LEAST,
        about_people=False,
        unit="test cases",
    )
    item = replace(shown(make, make.item("TE-04", few)), least_units=2)

    assert conclusions.line_words(item.lines[0], item).endswith(
        "Too few to tell: fewer than 2 test cases to measure it on."
    )


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "json"])
def test_reports_of_a_large_group_beside_a_small_one_do_not_call_it_small(
    make: SimpleNamespace, form: str
) -> None:
    """880 are withheld only since 8 others make up the total."""
    line = make.versus(Outcome.INCONCLUSIVE, "too_few", "White", (300, 880, 3, 8), against="Roma")
    built = make.assessment(make.item("FA-06", line, group="ethnic_group"))
    text = " ".join(re.sub(r"<[^>]*>", " ", FORMATS[form].render(built)).split())

    assert words(make, line) == (
        "White, selected: not shown. Too few to tell: fewer than 10 people to compare it with."
    )
    assert "White, selected: not shown (fewer than 10 people)" not in text
    assert "fewer than 10 people (White)" not in text


def test_words_when_a_rate_is_withheld_use_the_mask_of_the_group(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.INCONCLUSIVE, "undecided", "White", (300, 880, 4, 60))

    assert words(make, line).startswith(
        "White, selected: rate not shown for 880 records; ratio to everyone else not shown. The"
    )


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            "covers nothing: 'D-1' does not count: it expired on 2026-10-31",
            "Attestation 'D-1' by the officer has no effect: it expired on 31 October 2026.",
        ),
        (
            "covers nothing: 'D-0' does not count: of another; 'D-1' does not count: too old",
            "Attestation 'D-1' by the officer has no effect: too old.",
        ),
        (
            "covers nothing: nothing it names is open to it",
            "Attestation 'D-1' by the officer has no effect: nothing it names is open to it.",
        ),
        ("answers DP-02", "Attestation 'D-1' by the officer answers DP-02."),
    ],
)
def test_statement_words_when_without_effect_say_so_once(effect: str, said: str) -> None:
    use = StatementUse(
        id="D-1",
        kind="attestation",
        control="DP-02",
        role="officer",
        text="t",
        ends=None,
        effect=effect,
        used=effect.startswith("answers"),
    )

    assert covers.statement_words(use) == said


def test_limit_words_by_scale_and_side(make: SimpleNamespace) -> None:
    item = shown(
        make, make.item("FA-06", make.versus(Outcome.PASS, "decided", "A", (50, 90, 50, 90)))
    )
    m = item.lines[0].measurement

    assert figures.limit_words(make.RATIO, m) == "0.80 to 1.25"
    low = LimitUsed(of="difference", min=-0.1, max=None, prevalence=None, breach="fail", whose="x")
    assert figures.limit_words(low, m) == "at least -10 percentage points"
    assert figures.limit_words(make.THIRTY, None) == "at least 30"
    odds = LimitUsed(of="odds", min=0.8, max=1.25, prevalence=None, breach="fail", whose="x")
    assert figures.limit_words(odds, m) == "odds ratio 0.80 to 1.25"
    assert figures.limit_words(replace(odds, min=None), None) == "odds ratio at most 1.25"


def test_limits_when_several_lines_share_one_name_it_once(make: SimpleNamespace) -> None:
    lines = [make.versus(Outcome.PASS, "decided", g, (50, 90, 50, 90)) for g in "ABC"]
    item = shown(make, make.item("FA-06", *lines))

    assert controls.limits(item.lines) == (
        "0.80 to 1.25 (convention: US UGESP 1978, section 4(D), not UK law)",
    )


def test_cover_words_name_kind_id_and_last_day() -> None:
    use = StatementUse(
        id="W-1",
        kind="waiver",
        control="TE-04",
        role="r",
        text="t",
        ends="2027-01-31",
        effect="covers TE-04",
        used=True,
    )

    assert (
        covers.cover_words(("W-1",), {"W-1": use})
        == "Covered by waiver 'W-1' until 31 January 2027."
    )
    assert covers.cover_words((), {}) == ""


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "json"])
def test_no_report_draws_a_conclusion_that_no_test_can_support(
    case: tuple[str, Assessment], form: str
) -> None:
    found = FORBIDDEN.search(FORMATS[form].render(case[1]))

    assert found is None, found
