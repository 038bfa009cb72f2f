"""What the policy lets people decide: never what the judge would not accept."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from rai_check.disclosed import Powers, PublicItem
from rai_check.disclosure import public
from rai_check.judgement import Line
from rai_check.measurement import Asked
from rai_check.outcome import Outcome
from rai_check.reports.powers import may_decide, powers_sentence

ALL = Powers(
    waivers=("head of service",),
    waiver_days=90,
    justifiers=("director",),
    mitigators=("equality lead",),
)
NOBODY = Powers(waivers=(), waiver_days=0, justifiers=(), mitigators=())
COUNTS = (83, 288, 758, 1_840)


def shown(make: SimpleNamespace, *lines: Line, powers: Powers = ALL) -> PublicItem:
    judged = make.item("FA-06", *lines, group="ethnic_group")
    return replace(public(make.assessment(judged)).items[0], powers=powers)


def failed(make: SimpleNamespace) -> Line:
    line: Line = make.versus(Outcome.FAIL, "decided", "A", COUNTS)
    return line


def undecided(make: SimpleNamespace, *, leans: bool = False) -> Line:
    line: Line = make.versus(Outcome.INCONCLUSIVE, "undecided", "B", COUNTS)
    return replace(line, leans=leans)


def asked(make: SimpleNamespace, what: Asked, outcome: Outcome = Outcome.MISSING) -> Line:
    line: Line = make.asked(outcome, "not there")
    assert line.measurement is not None
    return replace(line, measurement=replace(line.measurement, evidence=what))


def test_may_decide_when_a_test_confirmed_a_failure_offers_justification_and_waiver(
    make: SimpleNamespace,
) -> None:
    assert may_decide(shown(make, failed(make))) == (
        "may be justified by the director, or waived for up to 90 days by the head of service"
    )


def test_may_decide_when_a_count_fails_offers_no_justification(make: SimpleNamespace) -> None:
    (line, *_) = make.rules(covered=()).lines

    assert may_decide(shown(make, line)) == "may be waived for up to 90 days by the head of service"


def test_may_decide_when_undecided_offers_only_a_mitigation(make: SimpleNamespace) -> None:
    assert may_decide(shown(make, undecided(make))) == (
        "may go ahead with a mitigation accepted by the equality lead"
    )


def test_may_decide_when_a_line_leans_offers_no_mitigation_and_says_why(
    make: SimpleNamespace,
) -> None:
    assert may_decide(shown(make, undecided(make, leans=True))) == (
        "may be justified by the director, or waived for up to 90 days by the head of service, "
        "but not mitigated, since an unadjusted test already says fail"
    )


def test_may_decide_when_a_line_leans_and_only_mitigation_is_allowed_offers_nothing(
    make: SimpleNamespace,
) -> None:
    powers = replace(NOBODY, mitigators=("equality lead",))

    assert may_decide(shown(make, undecided(make, leans=True), powers=powers)) == (
        "can be covered by no statement, since an unadjusted test already says fail"
    )


def test_may_decide_when_lines_differ_says_which_way_is_for_which(make: SimpleNamespace) -> None:
    assert may_decide(shown(make, failed(make), undecided(make))) == (
        "may be justified by the director, or waived for up to 90 days by the head of service; "
        "where the data cannot tell it may go ahead with a mitigation accepted by the equality lead"
    )


def test_may_decide_when_one_line_can_not_be_covered_offers_nothing_for_the_others(
    make: SimpleNamespace,
) -> None:
    powers = replace(NOBODY, justifiers=("director",))

    assert may_decide(shown(make, failed(make), undecided(make), powers=powers)) == (
        "can be covered by no statement where the data cannot tell"
    )


def test_may_decide_when_nobody_has_power_says_so(make: SimpleNamespace) -> None:
    assert may_decide(shown(make, failed(make), powers=NOBODY)) == (
        "can be neither waived nor justified"
    )


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            Asked(statement="sign-off", roles=("senior responsible owner", "head of service")),
            "by a sign-off of this evidence by the senior responsible owner or head of service",
        ),
        (
            Asked(statement="justification", roles=("director",), covers=("FA-06",)),
            "when every confirmed disparity is justified by the director",
        ),
        (
            Asked(
                statement="attestation",
                roles=("data protection officer",),
                max_age_days=365,
                not_before=date(2026, 1, 19),
            ),
            (
                "by an attestation by the data protection officer, resting on a document of the "
                "last 365 days and dated 19 January 2026 or later"
            ),
        ),
        (
            Asked(statement="in-date"),
            "when every statement that has expired is renewed or withdrawn",
        ),
        (Asked(statement="sign-off"), "by a sign-off of this evidence by a person in authority"),
    ],
)
def test_powers_when_a_statement_is_asked_for_say_what_answers_it(
    make: SimpleNamespace, what: Asked, said: str
) -> None:
    item = shown(make, asked(make, what), powers=NOBODY)

    assert powers_sentence(item) == f"By the policy this control is met {said}."


def test_powers_when_what_is_asked_for_may_be_waived_say_that_too(make: SimpleNamespace) -> None:
    item = shown(make, asked(make, Asked(statement="sign-off", roles=("director",))))

    assert powers_sentence(item).endswith(
        "by the director, or may be waived for up to 90 days by the head of service."
    )


def test_powers_when_nothing_is_open_say_nothing(make: SimpleNamespace) -> None:
    passed = make.versus(Outcome.PASS, "decided", "A", COUNTS)

    assert powers_sentence(shown(make, passed)) == ""


def test_powers_when_everything_is_covered_say_nothing(make: SimpleNamespace) -> None:
    covered = replace(failed(make), covered_by=("W-1",))

    assert powers_sentence(shown(make, covered)) == ""
