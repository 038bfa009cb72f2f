"""The top of a ranking: counts worked by hand, ties, ranges, degenerate tables."""

import numpy as np
import pytest

from projects import GROUP, PREDICTION, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.top_share import top_share
from rai_check.errors import UsageError
from rai_check.fairness.top import top_of
from rai_check.measurement import TwoProportions, Undefined
from rai_check.project import Role

SCORE = {"means": "score"}


def measure(
    folder, lines, score=None, header="group,score", table=None, changes=None, **parameters
):
    columns = table or {"group": GROUP, "score": score or SCORE}
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header=header, tables=tables, **(changes or {}))
    return top_share(project, by="group", **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def test_each_group_at_the_top_is_set_against_everyone_else(tmp_path):
    # scores 0.00 to 0.99; the top 10% are 0.90 to 0.99: 3 of group A's 40, 7 of group B's 60
    scores = [i / 100 for i in range(100)]
    groups = ["a" if i < 37 or i >= 97 else "b" for i in range(100)]
    lines = [f"{g},{s}" for g, s in zip(groups, scores, strict=True)]

    found = judged(measure(tmp_path, lines, share="10"))

    assert found["Group A"].evidence == TwoProportions(x=3, n=40, x0=7, n0=60)
    assert found["Group B"].evidence == TwoProportions(x=7, n=60, x0=3, n0=40)
    assert {m.metric for m in found.values()} == {"share of the top 10%"}
    assert {m.planned_rate for m in found.values()} == {0.1}
    assert {m.against for m in found.values()} == {"rest"}


def test_ties_with_the_last_are_in(tmp_path):
    # 10% of 100 rows is 10; 8 have 0.9 and 6 share 0.8, so 14 are in
    lines = ["a,0.9"] * 8 + ["b,0.8"] * 6 + ["a,0.1"] * 42 + ["b,0.2"] * 44

    found = judged(measure(tmp_path, lines))

    assert found["Group A"].evidence == TwoProportions(x=8, n=50, x0=6, n0=50)


def test_ties_that_double_the_top_are_undefined(tmp_path):
    lines = ["a,0.9"] * 60 + ["b,0.1"] * 40

    found = judged(measure(tmp_path, lines))

    assert {m.evidence.code for m in found.values()} == {"ties"}
    assert "60%" in found["Group A"].evidence.text


def test_edge_is_found_within_a_bin_of_the_histogram(tmp_path):
    # every score lies in one bin of 1,024, as those of rare events do
    scores = 0.5 + np.arange(1000) / 1e7
    lines = [f"{'ab'[i % 2]},{s:.9f}" for i, s in enumerate(scores)]

    found = judged(measure(tmp_path, lines, share="25"))

    evidence = found["Group A"].evidence
    assert evidence.x + evidence.x0 == pytest.approx(250, abs=12)  # a millionth is ten rows here


@pytest.mark.parametrize("stretch", [1000.0, -0.5, 1e-3])
def test_scores_of_any_range_are_ranked(tmp_path, stretch):
    scores = np.arange(2000) * stretch
    order = range(2000) if stretch > 0 else range(1999, -1, -1)
    rank = {i: place for place, i in enumerate(order)}
    lines = [f"{'a' if rank[i] % 4 == 0 else 'b'},{s:g}" for i, s in enumerate(scores)]

    found = judged(measure(tmp_path, lines))

    assert found["Group A"].evidence == TwoProportions(x=50, n=500, x0=150, n0=1500)


def test_score_held_as_a_prediction_is_the_score(tmp_path):
    held = {"means": "prediction", "at_least": "0.5", "positive_is": "favourable"}
    lines = ["a,0.9"] * 10 + ["b,0.1"] * 10 + ["a,0.2"] * 40 + ["b,0.3"] * 40

    found = judged(measure(tmp_path, lines, held))

    assert found["Group A"].evidence == TwoProportions(x=10, n=50, x0=0, n0=50)


def test_no_score_is_missing_evidence(tmp_path):
    table = {"group": GROUP, "says": PREDICTION}

    with pytest.raises(Missing, match="'score'"):
        measure(tmp_path, ["a,yes"], header="group,says", table=table)


def test_text_and_blanks_and_declared_values_are_not_known(tmp_path):
    lines = ["a,0.9"] * 5 + ["a,0.1"] * 45 + ["b,0.8"] * 5 + ["b,0.2"] * 45
    odd = ["a,nan", "a,high", "b,", "b,-1", "a,inf"]

    found = judged(measure(tmp_path, lines + odd, {**SCORE, "not_known": ["-1"]}))

    assert found["Group A"].evidence == TwoProportions(x=5, n=50, x0=5, n0=50)
    assert (found["Group B"].known, found["Group B"].total) == (100, 105)


@pytest.mark.parametrize("score", ["", "x"])
def test_nobody_scored_is_undefined(tmp_path, score):
    found = judged(measure(tmp_path, [f"a,{score}"] * 20 + [f"b,{score}"] * 20))

    assert found
    assert all(isinstance(m.evidence, Undefined) for m in found.values())


def test_small_groups_are_pooled(tmp_path):
    labels = {"a": "A", "b": "B", "c": "C"}
    lines = [f"a,{i / 100}" for i in range(90)] + ["b,0.95"] * 5 + ["c,0.01"] * 6
    table = {"group": {**GROUP, "labels": labels}, "score": SCORE}

    found = judged(measure(tmp_path, lines, table=table))

    assert found["small groups together"].members == ("B", "C")
    assert found["small groups together"].evidence.n == 11


def test_repeated_people_bring_a_design(tmp_path):
    table = {"group": GROUP, "score": SCORE, "who": {"means": "unit"}}
    lines = [f"{'ab'[i % 2]},{(i * 37 % 100) / 100},{i // 4}" for i in range(400)]

    found = judged(measure(tmp_path, lines, header="group,score,who", table=table))

    assert found["Group A"].evidence.design.units == 100


@pytest.mark.parametrize("share", ["0", "100", "nan"])
def test_share_outside_its_range_is_refused(tmp_path, share):
    with pytest.raises(UsageError, match="'share'"):
        measure(tmp_path, ["a,0.5", "b,0.5"], share=share)


@pytest.mark.parametrize(("share", "asked"), [(7, 7), (0.1, 1), (33.3, 34)])
def test_number_asked_for_is_rounded_up_and_never_by_a_float(tmp_path, share, asked):
    lines = [f"a,{i / 100}" for i in range(100)]
    columns = {"group": GROUP, "score": SCORE}
    tables = {"decisions": decisions(**columns)}
    table = open_project(tmp_path, lines=lines, header="group,score", tables=tables).table(
        Role.DECISIONS
    )

    top = top_of(table, "score", share)

    assert (top.asked, top.rows, top.scored) == (asked, asked, 100)


@pytest.mark.slow
def test_test_of_a_fixed_top_keeps_its_size():
    """At equality and at a true ratio of 0.8 the score test errs in at most 7% of samples.

    Scores of the two groups are normal, and the group's is shifted so that its share beyond the
    threshold of the population is 0.8 times that of the rest; the threshold is taken from each
    sample, so the number at the top never varies.
    """
    from scipy.stats import norm

    from rai_check.stats.two_proportions import score_p

    rng = np.random.default_rng(11)
    n, n0, share, runs = 300, 2700, 0.1, 2000
    for ratio in (1.0, 0.8):
        rest = share * (n + n0) / (n0 + ratio * n)
        threshold = norm.isf(rest)
        shift = threshold - norm.isf(ratio * rest)
        below = above = 0
        for _ in range(runs):
            own, other = rng.normal(size=n) + shift, rng.normal(size=n0)
            edge = np.partition(np.r_[own, other], -300)[-300]
            x, x0 = int((own >= edge).sum()), int((other >= edge).sum())
            below += score_p(x, n, x0, n0, effect="ratio", bound=ratio, side="below") < 0.05
            above += score_p(x, n, x0, n0, effect="ratio", bound=ratio, side="above") < 0.05
        assert below / runs < 0.075
        assert above / runs < 0.075
