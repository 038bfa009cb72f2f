"""A MetricFrame becomes evidence where it holds counts, and says so where it does not."""

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, count, selection_rate, true_positive_rate
from sklearn.metrics import accuracy_score, f1_score

import rai_check
from rai_check.check import Missing
from rai_check.errors import DataError, UsageError
from rai_check.measurement import NOT_KNOWN, Proportion, TwoProportions, Undefined, where
from rai_check.metric_frames import from_metric_frame
from rai_check.metric_frames.convert import NOT_COUNTS

LABELS = {"a": "Group A", "b": "Group B"}


def needed(truth, _said):
    return int(np.sum(truth))


def people(**groups):
    """Rows of (group, truth, said) from (tp, fp, fn, tn) of each group."""
    kinds = ((1, 1), (0, 1), (1, 0), (0, 0))
    cells = [
        (g, *kind, n) for g, four in groups.items() for kind, n in zip(kinds, four, strict=True)
    ]
    rows = [cell[:3] for cell in cells for _ in range(cell[3])]
    return pd.DataFrame(rows, columns=["group", "truth", "said"])


TWO = people(a=(30, 10, 10, 50), b=(10, 5, 15, 70))


def frame(data=TWO, features=("group",), **metrics):
    return MetricFrame(
        metrics=metrics,
        y_true=data["truth"],
        y_pred=data["said"],
        sensitive_features=data[list(features)],
    )


def evidence(result, metric):
    return {
        " ".join(label for _, label in m.where): m.evidence
        for m in result.measurements
        if m.metric == metric
    }


def test_rates_of_everyone_become_counts():
    made = frame(selection_rate=selection_rate, accuracy_score=accuracy_score, count=count)

    result = from_metric_frame(made, labels=LABELS)

    assert evidence(result, "selection rate") == {
        "Group A": TwoProportions(x=40, n=100, x0=15, n0=100),
        "Group B": TwoProportions(x=15, n=100, x0=40, n0=100),
    }
    assert evidence(result, "accuracy")["Group A"] == TwoProportions(x=80, n=100, x0=80, n0=100)
    assert {m.against for m in result.measurements} == {"rest"}
    assert len(result.measurements) == 4


def test_denominator_that_is_named_counts_another_rate():
    made = frame(true_positive_rate=true_positive_rate, needed=needed)

    result = from_metric_frame(made, counts={"true_positive_rate": "needed"}, labels=LABELS)

    found = evidence(result, "true positive rate")
    assert found["Group A"] == TwoProportions(x=30, n=40, x0=10, n0=25)
    assert len(result.measurements) == 2


@pytest.mark.parametrize("with_count", [True, False])
def test_point_values_without_their_counts_cannot_be_tested(with_count):
    metrics = {"true_positive_rate": true_positive_rate, "f1_score": f1_score}
    made = frame(**metrics, **({"count": count} if with_count else {}))

    result = from_metric_frame(made, labels=LABELS)

    assert {m.evidence.code for m in result.measurements} == {"no_counts"}
    assert all(m.evidence.mendable for m in result.measurements)
    assert "without counts cannot be tested" in result.measurements[0].evidence.text


def test_frame_of_one_metric_alone_has_no_counts():
    made = MetricFrame(
        metrics=selection_rate, y_true=TWO.truth, y_pred=TWO.said, sensitive_features=TWO.group
    )

    result = from_metric_frame(made, labels=LABELS)

    assert [m.evidence.code for m in result.measurements] == ["no_counts", "no_counts"]


def test_wrong_denominator_is_noticed_where_it_leaves_no_whole_number():
    # 30 of 40 and 10 of 25: 0.4 x 64 is 25.6
    lopsided = people(a=(30, 10, 10, 50), b=(10, 5, 15, 34))
    made = frame(lopsided, true_positive_rate=true_positive_rate, count=count)

    result = from_metric_frame(made, counts={"true_positive_rate": "count"}, labels=LABELS)

    assert {m.evidence.text for m in result.measurements} == {NOT_COUNTS.text}


def test_weighted_rates_are_no_counts():
    weights = np.where(TWO.said == 1, 0.3, 1.0)
    made = MetricFrame(
        metrics={"selection_rate": selection_rate, "count": count},
        y_true=TWO.truth,
        y_pred=TWO.said,
        sensitive_features=TWO.group,
        sample_params={"selection_rate": {"sample_weight": weights}},
    )

    result = from_metric_frame(made, labels=LABELS)

    assert {m.evidence.code for m in result.measurements} == {"no_counts"}


def test_zero_that_the_library_prints_for_nobody_is_undefined():
    nobody = people(a=(30, 10, 10, 50), b=(0, 10, 0, 90))
    made = frame(nobody, true_positive_rate=true_positive_rate, needed=needed)

    found = from_metric_frame(
        made, counts={"true_positive_rate": "needed"}, labels=LABELS, pool_below=0
    )

    assert made.by_group.loc["b", "true_positive_rate"] == 0.0
    by = evidence(found, "true positive rate")
    assert {label: e.code for label, e in by.items()} == {
        "Group A": "nobody_beside", "Group B": "nobody",
    }  # fmt: skip


def test_values_that_nothing_declares_are_not_shown():
    result = from_metric_frame(frame(selection_rate=selection_rate, count=count))

    assert {m.where for m in result.measurements} == {
        where(group="undeclared group 1"), where(group="undeclared group 2"),
    }  # fmt: skip


@pytest.mark.parametrize("values", [(1, 2), (1.0, 2.0), ("1", "2")])
def test_labels_are_matched_as_in_a_table(values):
    data = TWO.assign(group=TWO.group.map(dict(zip("ab", values, strict=True))))

    result = from_metric_frame(
        frame(data, selection_rate=selection_rate, count=count), labels={"1": "One", "2": "Two"}
    )

    assert {*evidence(result, "selection rate")} == {"One", "Two"}


def test_two_values_of_one_label_are_one_group():
    three = people(a=(30, 10, 10, 50), b=(10, 5, 15, 70), c=(5, 5, 5, 5))

    result = from_metric_frame(
        frame(three, selection_rate=selection_rate, count=count), labels={**LABELS, "c": "Group B"}
    )

    found = evidence(result, "selection rate")
    assert found["Group B"] == TwoProportions(x=25, n=120, x0=40, n0=100)


def test_crossed_features_keep_both_names_and_empty_cells_are_pooled():
    sex = np.where(np.arange(len(TWO)) % 2 == 0, "f", "m")
    data = TWO.assign(sex=sex)
    data = data[~((data.group == "b") & (data.sex == "m"))]
    made = frame(data, features=("group", "sex"), selection_rate=selection_rate, count=count)

    result = from_metric_frame(made, labels={**LABELS, "f": "Women", "m": "Men"})

    assert np.isnan(made.by_group.loc[("b", "m"), "count"])
    assert result.measurements[0].where == where(group="Group A", sex="Men")
    pooled = result.measurements[-1]
    assert pooled.where == where(group="small groups together", sex="small groups together")
    assert pooled.members == ("Group B & Men",)
    assert pooled.evidence.code == "nobody"


def test_small_groups_are_put_together_and_tested():
    four = people(
        a=(30, 10, 10, 50), b=(10, 5, 15, 70), c=(1, 1, 1, 1), d=(2, 0, 3, 0)
    )  # fmt: skip
    labels = {**LABELS, "c": "C", "d": "D"}

    result = from_metric_frame(
        frame(four, selection_rate=selection_rate, count=count), labels=labels
    )

    found = evidence(result, "selection rate")
    assert found["small groups together"] == TwoProportions(x=4, n=9, x0=55, n0=200)


def test_control_features_are_refused():
    made = MetricFrame(
        metrics={"selection_rate": selection_rate},
        y_true=TWO.truth,
        y_pred=TWO.said,
        sensitive_features=TWO.group,
        control_features=TWO.truth,
    )

    with pytest.raises(UsageError, match="conditional-parity"):
        from_metric_frame(made)


def test_what_is_not_a_metric_frame_is_refused():
    with pytest.raises(UsageError, match="this is a DataFrame"):
        from_metric_frame(TWO)


def test_metric_that_is_not_in_the_frame_suggests_a_near_one():
    made = frame(selection_rate=selection_rate, count=count)

    with pytest.raises(UsageError, match="Did you mean 'selection_rate'"):
        from_metric_frame(made, counts={"selection_rat": "count"})


def test_one_group_alone_is_missing_evidence():
    alone = TWO[TWO.group == "a"]

    with pytest.raises(Missing, match="fewer than two groups"):
        from_metric_frame(frame(alone, selection_rate=selection_rate, count=count))


def test_frame_of_counts_alone_is_missing_evidence():
    with pytest.raises(Missing, match="besides its counts"):
        from_metric_frame(frame(count=count))


# the example of docs/parity.md: a check of an extension, whole
@pytest.mark.parametrize("value", ["Jane Doe", [1, 2]])
def test_value_that_is_no_number_is_not_repeated(value):
    made = frame(odd=lambda *_: value, count=count)

    with pytest.raises(DataError) as caught:
        from_metric_frame(made)

    assert "Jane" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("labels", [{1: "One"}, {"a": 5}])
def test_labels_that_are_not_text_are_refused(labels):
    with pytest.raises(UsageError, match="text to text"):
        from_metric_frame(frame(selection_rate=selection_rate, count=count), labels=labels)


def test_lone_surrogate_in_a_label_is_refused_without_it():
    with pytest.raises(DataError) as caught:
        from_metric_frame(
            frame(selection_rate=selection_rate, count=count), labels={"\ud800secret": "A"}
        )

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("blank", "not_known"), [("", ()), ("refused", ("refused",))])
def test_group_not_known_is_shown_and_not_compared(blank, not_known):
    data = people(a=(30, 10, 10, 50), b=(10, 5, 15, 70), c=(12, 8, 10, 10))
    data["group"] = data["group"].replace("c", blank)

    result = from_metric_frame(
        frame(data, selection_rate=selection_rate, count=count), labels=LABELS, not_known=not_known
    )

    known = [m for m in result.measurements if not m.information]
    [unknown] = [m for m in result.measurements if m.information]
    assert {m.evidence for m in known} == {
        TwoProportions(x=40, n=100, x0=15, n0=100),
        TwoProportions(x=15, n=100, x0=40, n0=100),
    }
    assert unknown.evidence == Proportion(x=20, n=40)
    assert unknown.where == where(group=NOT_KNOWN)


def test_counts_too_large_to_be_exact_are_no_counts():
    made = frame(selection_rate=lambda *_: 0.5, count=lambda *_: 2.0**53)

    result = from_metric_frame(made)

    assert {m.evidence for m in result.measurements} == {NOT_COUNTS}


MODULE = '''
from fairlearn.metrics import MetricFrame, count, selection_rate

from rai_check.check import check
from rai_check.measurement import CheckResult
from rai_check.metric_frames import from_metric_frame
from rai_check.project import Meaning, Project, Role


@check("my-frame", title="Our MetricFrame", limits=("ratio", "difference"), needs=("decisions",))
def my_frame(project: Project, *, by: str) -> CheckResult:
    """Judge a MetricFrame that we make ourselves.

    What it measures
    Selection rates, each group against everyone else.

    Why it matters
    The notebook of the team and the release gate then rest on one frame.

    How to read it
    As selection-rate.

    What it cannot tell you
    As selection-rate.

    References
    None.
    """
    table = project.table(Role.DECISIONS)
    says = table.column(Meaning.PREDICTION)
    rows = [row for batch in table.data.batches([by, says]) for row in batch.to_pylist()]
    known = [row for row in rows if row[by] and row[says]]
    picked = [row[says] in table.spec.columns[says].positive for row in known]
    frame = MetricFrame(
        metrics={"selection_rate": selection_rate, "count": count},
        y_true=picked,
        y_pred=picked,
        sensitive_features={by: [row[by] for row in known]},
    )
    return from_metric_frame(frame, labels=table.spec.columns[by].labels)
'''


def test_example_of_the_page_is_this_one():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "parity.md").read_text("utf-8")

    assert MODULE.strip() in page


@pytest.mark.parametrize(("picked", "outcome"), [(200, "fail"), (800, "pass")])
def test_frame_is_judged_as_a_check_of_an_extension(tmp_path, monkeypatch, picked, outcome):
    from importlib.metadata import EntryPoint

    from builders import control
    from projects import rows, write_project
    from rai_check import registry

    (tmp_path / "my_package.py").write_text(MODULE, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    point = EntryPoint(name="my-frame", value="my_package:my_frame", group=registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: [point])
    limit = {"of": "ratio", "min": "0.8", "max": "1.25", "whose": "convention"}
    path = write_project(
        tmp_path,
        lines=rows(a_yes=800, a_no=1200, b_yes=picked, b_no=2000 - picked),
        controls={"AA-01": control(per="group", parts=[{"check": "my-frame", "limit": limit}])},
    )

    judged = rai_check.run(path).judgement.items[0]

    assert judged.outcome.value == outcome
    assert {type(line.measurement.evidence) for line in judged.lines} == {TwoProportions}
    assert not any(isinstance(line.measurement.evidence, Undefined) for line in judged.lines)


def test_empty_label_is_a_label_and_no_key_error():
    made = frame(selection_rate=selection_rate, count=count)

    result = from_metric_frame(made, labels={"a": "", "b": "Group B"})

    assert {label for m in result.measurements for _, label in m.where} == {"", "Group B"}
