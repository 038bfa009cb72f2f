"""Advice on limits that say less than they seem to; never a refusal."""

import pytest

from builders import RATIO, SOURCE, control, policy
from rai_check.policy.advice import advice
from rai_check.policy.load import load_policy, shipped


def part(check="selection-rate", *, with_=None, **limit):
    return {"check": check, "with": with_ or {}, "limit": {"whose": "ours", **limit}}


FNR = {"rate": "fnr"}
POINTS = part("error-rate", with_=FNR, of="difference", min="-0.1", max="0.1")


def sentences(*parts):
    return advice(policy({"AA-01": control(per="group", parts=[*parts])}))


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ({"of": "ratio", "min": "0.8"}, "has 'min' and no 'max', so a group far above everyone"),
        ({"of": "ratio", "max": "1.25"}, "has 'max' and no 'min', so a group far below everyone"),
    ],
)
def test_selection_limited_on_one_side_is_advised_on_the_other(limit, says):
    (sentence,) = sentences(part(**limit))

    assert sentence.startswith("AA-01: the limit of 'selection-rate'")
    assert says in sentence


def test_error_limited_on_one_side_has_a_direction_of_harm_of_its_own():
    assert sentences(part("error-rate", with_=FNR, of="ratio", max="1.25")) == ()


def test_difference_alone_says_nothing_at_low_rates():
    (sentence,) = sentences(POINTS)

    assert "put a part with a limit of 'ratio' beside it" in sentence


def test_difference_with_a_ratio_of_the_same_beside_it_is_left_alone():
    beside = part("error-rate", with_=FNR, of="ratio", min="0.8", max="1.25")

    assert sentences(POINTS, beside) == ()
    assert len(sentences(POINTS, RATIO)) == 1  # a ratio of something else
    other = part("error-rate", with_={"rate": "fpr"}, of="ratio", min="0.8", max="1.25")
    assert len(sentences(POINTS, other)) == 1


def test_odds_alone_are_easily_taken_for_a_ratio_of_rates():
    odds = part(of="odds", min="0.8", max="1.25")

    (sentence,) = sentences(odds)
    assert sentence.startswith("AA-01: the limit of 'selection-rate' is an odds ratio alone")
    # as it says: 80% against 83%
    assert round(0.80 / 0.20 / (0.83 / 0.17), 2) == 0.82
    assert sentences(odds, RATIO) == ()
    beside = part("error-rate", with_=FNR, of="odds", min="0.8", max="1.25")
    assert sentences(POINTS, beside) == ()  # odds tell low rates apart as a ratio does
    assert "has 'min' and no 'max'" in sentences(part(of="odds", min="0.8"), RATIO)[0]


def test_two_sided_ratio_and_what_compares_no_rates_are_left_alone():
    assert sentences(RATIO) == ()
    assert advice(policy({"AA-01": control()})) == ()


def test_shipped_policies_can_be_advised_on():
    for path in shipped().values():
        for sentence in advice(load_policy(path).policy):
            assert sentence.partition(":")[0] in load_policy(path).policy.controls


def test_policy_check_prints_advice_and_exits_0(tmp_path):
    import yaml
    from click.testing import CliRunner

    from rai_check.cli.policy_ import command

    rule = control(per="group", parts=[POINTS], source={**SOURCE, "review_by": "2999-01-01"})
    content = {"schema": "rai-policy/1", "id": "p", "version": "1", "title": "T"}
    path = tmp_path / "p.yaml"
    path.write_text(yaml.safe_dump({**content, "controls": {"AA-01": rule}}))

    done = CliRunner().invoke(command, ["check", str(path)])

    assert done.exit_code == 0
    assert "warning: AA-01: the limit of 'error-rate' is a difference alone" in done.output
