"""Each engine's figures: worked by hand, from the engine itself, from golden values."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.conventions import CONVENTIONS, Confusion, convention
from rai_check.errors import UsageError

GOLDEN = Path(__file__).parents[3] / "shared" / "data" / "peers" / "fairness_parity_golden.json"
here = pytest.mark.skipif(not GOLDEN.is_file(), reason="third-party reference data is not here")
NAN, INF = math.nan, math.inf
CELLS = ("tp", "fp", "fn", "tn")
# picked 40 and 15 of 100; found 30 of 40 and 10 of 25 who needed it; 10 of 60 and 5 of 75 others
A = Confusion(label="A", tp=30, fp=10, fn=10, tn=50)
B = Confusion(label="B", tp=10, fp=5, fn=15, tn=70)
NOBODY_PICKED = Confusion(label="A", tp=0, fp=0, fn=40, tn=60)
NO_NEED = Confusion(label="B", tp=0, fp=10, fn=0, tn=90)
ALL_NEED = Confusion(label="B", tp=60, fp=0, fn=40, tn=0)
PERFECT_A = Confusion(label="A", tp=40, fp=0, fn=0, tn=60)
PERFECT_B = Confusion(label="B", tp=50, fp=0, fn=0, tn=0)


def figure(name, groups, what, group=None):
    found = [
        f.value
        for f in convention(name).figures(groups, "A")
        if f.name == what and f.group == group
    ]
    assert len(found) == 1, what
    return found[0]


WORKED = [
    # 0.40 - 0.15; 0.15 / 0.40; 30/40 - 10/25 = 0.35 beats 10/60 - 5/75 = 0.1
    ("fairlearn", (A, B), "demographic_parity_difference", None, 0.25),
    ("fairlearn", (A, B), "demographic_parity_ratio", None, 0.375),
    ("fairlearn", (A, B), "equalized_odds_difference", None, 0.35),
    ("fairlearn", (A, B), "equalized_odds_ratio", None, 0.4),  # min(.4/.75, (5/75)/(10/60))
    ("aif360", (A, B), "statistical_parity_difference", None, -0.25),
    ("aif360", (A, B), "average_odds_difference", None, -0.225),  # (-0.1 - 0.35) / 2
    ("aequitas", (A, B), "pprev_disparity", "B", 0.375),
    ("aequitas", (A, B), "ppr_disparity", "B", 0.375),  # (15/55) / (40/55)
    ("aequitas", (A, B), "Impact Parity", "B", False),
    ("clarify", (A, B), "DPPL", "B", 0.25),
    ("clarify", (A, B), "SD", "B", 0.1),  # 70/75 - 50/60
    ("clarify", (A, B), "TE", "B", 2.0),  # 15/5 - 10/10
    # the reference picks nobody: 20/100 over 0
    ("fairlearn", (NOBODY_PICKED, B), "demographic_parity_ratio", None, 0.0),
    ("aif360", (NOBODY_PICKED, B), "disparate_impact", None, INF),
    ("aequitas", (NOBODY_PICKED, B), "pprev_disparity", "B", 10.0),
    ("clarify", (NOBODY_PICKED, B), "DI", "B", INF),
    # nobody in B needed it: B's true positive rate is 0/0
    ("fairlearn", (A, NO_NEED), "true_positive_rate", "B", 0.0),
    ("fairlearn", (A, NO_NEED), "equalized_odds_difference", None, 0.75),
    ("aif360", (A, NO_NEED), "equal_opportunity_difference", None, NAN),
    ("aif360", (A, NO_NEED), "equalized_odds_difference", None, 1 / 6 - 0.1),  # the NaN is lost
    ("aequitas", (A, NO_NEED), "tpr", "B", NAN),
    ("aequitas", (A, NO_NEED), "Equalized Odds", "B", False),  # NaN beside a no
    ("clarify", (A, NO_NEED), "RD", "B", 0.75),
    # everyone in B needed it: B's false positive rate is 0/0
    ("fairlearn", (A, ALL_NEED), "equalized_odds_difference", None, 1 / 6),
    ("aif360", (A, ALL_NEED), "equalized_odds_difference", None, NAN),  # the NaN wins
    ("aif360", (A, ALL_NEED), "average_odds_difference", None, NAN),
    ("clarify", (A, ALL_NEED), "SD", "B", -5 / 6),
    # no mistake anywhere, and B has one class only
    ("fairlearn", (PERFECT_A, PERFECT_B), "equalized_odds_ratio", None, 1.0),  # 0/0 comes second
    ("aequitas", (PERFECT_A, PERFECT_B), "Supervised Fairness", "B", NAN),
    ("clarify", (PERFECT_A, PERFECT_B), "SD", "B", -1.0),
]


@pytest.mark.parametrize(("name", "groups", "what", "group", "expected"), WORKED)
def test_figure_is_what_the_engine_prints(name, groups, what, group, expected):
    assert figure(name, groups, what, group) == pytest.approx(expected, abs=1e-12, nan_ok=True)


# engine in the golden file → (our convention, its name there → our name and group)
MEASURES = {
    "fairlearn 0.15": ("fairlearn", {
        "dpd": ("demographic_parity_difference", None),
        "dpr": ("demographic_parity_ratio", None),
        "eod": ("equalized_odds_difference", None),
        "eor": ("equalized_odds_ratio", None),
        "eopd": ("equal_opportunity_difference", None),
        "tprB": ("true_positive_rate", "B"), "fprB": ("false_positive_rate", "B"),
    }),
    "aif360 legacy": ("aif360", {
        "spd": ("statistical_parity_difference", None), "di": ("disparate_impact", None),
        "eod": ("equalized_odds_difference", None),
        "eopd": ("equal_opportunity_difference", None),
        "aod": ("average_odds_difference", None),
        "tprB": ("true_positive_rate", "B"), "fprB": ("false_positive_rate", "B"),
        "ppvB": ("positive_predictive_value", "B"),
    }),
    "smclarify 0.5": ("clarify", {
        n: (n, "B") for n in ("DPPL", "DI", "RD", "SD", "DAR", "TE", "CI")
    }),
    "aequitas 1.1.0": ("aequitas", {n: (n, "B") for n in (
        "tpr", "fpr", "ppr", "pprev", "ppr_disparity", "pprev_disparity", "tpr_disparity",
        "fpr_disparity", "Statistical Parity", "Impact Parity", "TPR Parity", "Equalized Odds",
        "Supervised Fairness",
    )}),
}  # fmt: skip


@here
@pytest.mark.parametrize("engine", MEASURES)
def test_every_golden_value_is_reached(engine):
    name, measures = MEASURES[engine]
    cases = json.loads(GOLDEN.read_text())["cases"]
    assert len(cases) == 9
    compared = 0
    for case, content in cases.items():
        groups = tuple(
            Confusion(label=label, **dict(zip(CELLS, counts, strict=True)))
            for label, counts in content["counts_TP_FP_FN_TN"].items()
        )
        results = content["results"][engine]
        assert set(results) == set(measures), case
        for theirs, value in results.items():
            ours = figure(name, groups, *measures[theirs])
            expected = {"NaN": NAN, "inf": INF, "-inf": -INF}.get(str(value), value)
            if isinstance(expected, bool):
                assert ours is expected, (case, theirs)
            else:
                assert round(ours, 4) == pytest.approx(expected, nan_ok=True), (case, theirs)
            compared += 1
    assert compared == 9 * len(measures)


@here
def test_compas_values_of_aif360_and_clarify_are_reached():
    peers = GOLDEN.parent
    counts = json.loads((peers / "reference_figures.json").read_text())["compas"]
    values = json.loads((peers / "peer_values.json").read_text())["compas_AA_vs_Caucasian"]
    groups = tuple(
        Confusion(label=name, **{k: counts["unfiltered_7214"][race][k] for k in CELLS})
        for name, race in (("A", "Caucasian"), ("B", "African-American"))
    )
    compared = 0
    for f in convention("aif360").figures(groups, "A"):
        if f.group is None and f.name in values["aif360_priv_Caucasian"]:
            assert f.value == pytest.approx(values["aif360_priv_Caucasian"][f.name], abs=1e-12)
            compared += 1
    for f in convention("clarify").figures(groups):
        kept = values["smclarify"].get(f"POST_TRAINING:{f.name}")
        kept = kept or values["smclarify"].get(f"PRE_TRAINING:{f.name}")
        if f.group == "B" and kept:
            assert f.value == pytest.approx(kept["value"], abs=1e-12)
            compared += 1
    assert compared == 11 + 11


def rows_of(groups):
    """(truth, prediction, label, weight) of each cell."""
    cells = [
        (truth, said, g.label, n)
        for g in groups
        for truth, said, n in ((1, 1, g.tp), (0, 1, g.fp), (1, 0, g.fn), (0, 0, g.tn))
        if n
    ]
    return [
        np.repeat(column, [c[3] for c in cells]) for column in list(zip(*cells, strict=True))[:3]
    ]


def of_fairlearn(groups):
    """Fairlearn's own answers, on rows."""
    from fairlearn import metrics

    truth, said, label = rows_of(groups)
    names = (
        "demographic_parity_difference", "demographic_parity_ratio",
        "equal_opportunity_difference", "equal_opportunity_ratio", "equalized_odds_difference",
        "equalized_odds_ratio",
    )  # fmt: skip
    return {n: float(getattr(metrics, n)(truth, said, sensitive_features=label)) for n in names}


@pytest.mark.parametrize(
    "groups",
    [
        (A, B), (NOBODY_PICKED, B), (A, NO_NEED), (A, ALL_NEED), (PERFECT_A, PERFECT_B), (A,),
        (A, B, Confusion(label="C", tp=2, fp=0, fn=1, tn=3)),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_fairlearn_that_is_installed(groups):
    for name, value in of_fairlearn(groups).items():
        ours = figure("fairlearn", groups, name)
        assert ours == pytest.approx(value, abs=1e-12, nan_ok=True), name


counts = st.integers(0, 6)
confusions = st.builds(
    lambda tp, fp, fn, tn: (tp, fp, fn, tn), counts, counts, counts, counts
).filter(any)


@settings(max_examples=8, deadline=None)
@given(st.lists(confusions, min_size=2, max_size=4))
def test_any_counts_give_fairlearns_figures(cells):
    groups = tuple(
        Confusion(label=chr(65 + i), tp=c[0], fp=c[1], fn=c[2], tn=c[3])
        for i, c in enumerate(cells)
    )

    for name, value in of_fairlearn(groups).items():
        assert figure("fairlearn", groups, name) == pytest.approx(value, abs=1e-12, nan_ok=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(confusions, min_size=2, max_size=2))
def test_engines_agree_up_to_sign_and_direction_where_every_denominator_is_above_0(cells):
    groups = tuple(
        Confusion(label=label, tp=c[0] + 1, fp=c[1] + 1, fn=c[2] + 1, tn=c[3] + 1)
        for label, c in zip("AB", cells, strict=True)
    )

    gap = figure("fairlearn", groups, "demographic_parity_difference")
    assert abs(figure("aif360", groups, "statistical_parity_difference")) == pytest.approx(gap)
    assert abs(figure("clarify", groups, "DPPL", "B")) == pytest.approx(gap)
    least = figure("fairlearn", groups, "demographic_parity_ratio")
    for name, what, group in (
        ("aif360", "disparate_impact", None), ("clarify", "DI", "B"),
        ("aequitas", "pprev_disparity", "B"),
    ):  # fmt: skip
        ratio = figure(name, groups, what, group)
        assert min(ratio, 1 / ratio) == pytest.approx(least)
    odds = figure("fairlearn", groups, "equalized_odds_difference")
    assert figure("aif360", groups, "equalized_odds_difference") == pytest.approx(odds)


def test_more_than_two_groups_are_compared_as_each_engine_does():
    # rates 0.40, 0.15, 0.40: fairlearn takes the extremes; AIF360 pools B and C: 55/200 - 0.40;
    # Clarify sets B against A and C together: 80/200 - 0.15
    c = Confusion(label="C", tp=30, fp=10, fn=10, tn=50)
    three = (A, B, c)

    assert figure("fairlearn", three, "demographic_parity_difference") == pytest.approx(0.25)
    assert figure("aif360", three, "statistical_parity_difference") == pytest.approx(-0.125)
    assert figure("aif360", three, "disparate_impact") == pytest.approx(0.6875)
    assert figure("clarify", three, "DPPL", "B") == pytest.approx(0.25)
    assert figure("aequitas", three, "pprev_disparity", "C") == pytest.approx(1.0)


@pytest.mark.parametrize("name", CONVENTIONS)
def test_same_label_twice_is_refused(name):
    with pytest.raises(UsageError, match="each named once"):
        convention(name).figures((A, A), "A")


@pytest.mark.parametrize("name", ["aif360", "clarify"])
def test_one_group_alone_has_nothing_to_be_compared_with(name):
    with pytest.raises(UsageError, match="2 groups or more"):
        convention(name).figures((A,), "A")


@pytest.mark.parametrize("reference", [None, "a"])
def test_reference_that_is_needed_must_be_named(reference):
    with pytest.raises(UsageError, match="compares with a reference"):
        convention("aif360").figures((A, B), reference)


def test_unknown_convention_suggests_a_near_one():
    with pytest.raises(UsageError, match="Did you mean 'aif360'"):
        convention("aif36")


@pytest.mark.parametrize("wrong", [{"tp": -1}, {"tp": 1.5}, {"tp": True}])
def test_count_that_is_not_one_is_refused(wrong):
    with pytest.raises(UsageError, match="whole number"):
        Confusion(**{"label": "A", "tp": 1, "fp": 0, "fn": 0, "tn": 0, **wrong})


def test_group_with_nobody_is_refused():
    with pytest.raises(UsageError, match="nobody"):
        Confusion(label="A", tp=0, fp=0, fn=0, tn=0)
