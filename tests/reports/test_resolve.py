"""What would resolve an inconclusive result, and who may accept what."""

from dataclasses import replace
from types import SimpleNamespace

from rai_check.disclosed import Powers, PublicItem
from rai_check.disclosure import public
from rai_check.judgement import Judged
from rai_check.measurement import Undefined
from rai_check.outcome import Outcome
from rai_check.reports import resolve
from rai_check.reports.powers import may_decide

NOBODY = Powers(waivers=(), waiver_days=0, justifiers=(), mitigators=())


def shown(make: SimpleNamespace, judged: Judged) -> PublicItem:
    return public(make.assessment(judged)).items[0]


def test_records_needed_are_said_once_as_a_range_at_the_planned_rate(make: SimpleNamespace) -> None:
    (row,) = resolve.needed(shown(make, make.tried()))

    assert row.startswith("A group needs about 300 to ")
    assert row.endswith(
        "records before equal rates could be shown to be inside the limit, four times in five, at "
        "the planned rate of 40%."
    )


def test_records_needed_of_several_metrics_name_each(make: SimpleNamespace) -> None:
    lines = [
        make.planned(make.versus(Outcome.PASS, "decided", "A", (30, 80, 90, 400), metric=name))
        for name in ("true positive rate", "false positive rate")
    ]
    rows = resolve.needed(shown(make, make.item("FA-06", *lines)))

    assert "equal rates (picked when needed) could be shown" in rows[0]
    assert "equal rates (picked although not needed) could be shown" in rows[1]


def test_mitigations_name_the_means_and_the_role(make: SimpleNamespace) -> None:
    assert resolve.mitigations(shown(make, make.tried())) == (
        "Where the data cannot tell, more records could resolve it; the equality lead may accept "
        "a mitigation for Asian, Other, Roma and Arab until a date: pooling more periods, coarser "
        "groups, case-by-case review of the group, a date to look again or evidence from elsewhere."
    )


def test_mitigations_when_the_policy_accepts_none_say_so(make: SimpleNamespace) -> None:
    item = replace(shown(make, make.tried()), powers=NOBODY)

    assert resolve.mitigations(item) == (
        "Where the data cannot tell, more records could resolve it; the policy accepts no "
        "mitigation of it."
    )
    assert "accepts no mitigation" not in resolve.mitigations(replace(item, gates=False))


def test_mitigations_when_nothing_is_open_are_not_offered(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.PASS, "decided", "A", (30, 80, 90, 400))

    assert resolve.mitigations(shown(make, make.item("FA-06", line))) == ""


def test_what_can_be_put_right_is_not_to_be_mitigated(make: SimpleNamespace) -> None:
    e = Undefined(code="no_positive", text="no value in column 'picked'", mendable=True)
    line = make.line(Outcome.INCONCLUSIVE, "no_positive", e, label="A", limit=make.RATIO)
    item = shown(make, make.item("FA-06", line))

    assert "may accept" not in resolve.mitigations(item)
    assert may_decide(item) == (
        "can be covered by no statement, since it can be put right in the data or the project"
    )


def test_leaning_says_that_no_mitigation_may_be_accepted(make: SimpleNamespace) -> None:
    assert resolve.leaning(shown(make, make.tried())).endswith(
        "no mitigation of it may be accepted."
    )
    assert resolve.leaning(shown(make, make.within())) == ""
