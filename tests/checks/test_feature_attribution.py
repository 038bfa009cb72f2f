"""The attribution check on tiny models whose Shapley values are known."""

import csv
import json
import math
import re
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from sklearn.base import ClassifierMixin
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from skops.io import dump

from rai_check.checks.feature_attribution import PER_COLUMN, SHARE, feature_attribution
from rai_check.disclosure.shower import Shower
from rai_check.errors import DataError, UsageError
from rai_check.measurement import CheckResult, Estimate, Measurement, Undefined
from rai_check.models import attribution
from rai_check.models.rows import sample_rows
from rai_check.project import Project, read_project
from rai_check.protected import PEOPLE
from rai_check.tables import from_frame

DAY = date(2026, 11, 23)
HEAD = {
    "schema": "rai-project/1",
    "policy": "council-release",
    "system": {
        "name": "Triage",
        "version": "1",
        "organisation": "Northmere",
        "purpose": "Order the reviews",
        "owner_role": "head of service",
        "decides": "order",
        "human_involvement": "an officer decides",
    },
}
ETHNICITY = {"means": "group", "characteristic": "race"}
OTHER = {"means": "other"}


def a_project(
    folder: Path,
    frame: pd.DataFrame,
    model: ClassifierMixin,
    columns: dict[str, dict[str, str]],
    **spec: object,
) -> Project:
    """Write the model, the table and the project file, and read them as a run would."""
    dump(model, folder / "model.skops")
    frame.to_csv(folder / "cases.csv", index=False, quoting=csv.QUOTE_ALL)
    numeric = [name for name in frame if frame[name].dtype.kind in "fi"]
    fed = {"path": "model.skops", "table": "cases", "features": list(frame), "numeric": numeric}
    held = {c["characteristic"]: {"position": "held"} for c in columns.values() if len(c) > 1}
    content = HEAD | {
        "tables": {"cases": {"path": "cases.csv", "role": "decisions", "columns": columns}},
        "characteristics": held,
        "model": fed | {"positive_class": "yes"} | spec,
    }
    (folder / "rai.yaml").write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    file, _ = read_project(folder / "rai.yaml")
    return Project(file=file, folder=folder, as_of=DAY, first_run_on=DAY)


def people(n: int = 60, *, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "ethnicity": rng.choice(["A", "B", "C"], n),
            "need": rng.choice(["low", "high"], n),
            "weeks": rng.integers(0, 40, n).astype(float),
        }
    )


def fitted(frame: pd.DataFrame, target: "pd.Series[bool]", *read: str) -> ClassifierMixin:
    """Fit a logistic model that reads only the columns named."""
    text = [name for name in read if frame[name].dtype.kind not in "fi"]
    numeric = [name for name in read if name not in text]
    one_hot = OneHotEncoder(handle_unknown="ignore")
    chosen = make_column_transformer((one_hot, text), ("passthrough", numeric))
    labels = np.where(target, "yes", "no")
    return make_pipeline(chosen, LogisticRegression(max_iter=500)).fit(frame, labels)


def judged(result: CheckResult) -> Measurement:
    (found,) = [m for m in result.measurements if not m.information]
    assert found.metric == SHARE
    return found


def by_column(result: CheckResult) -> dict[str, Estimate]:
    found = {}
    for m in result.measurements:
        if m.information:
            assert m.metric == PER_COLUMN
            assert isinstance(m.evidence, Estimate)
            found[dict(m.where)["column"]] = m.evidence
    return found


COLUMNS = {"ethnicity": ETHNICITY, "need": OTHER, "weeks": OTHER}


def test_values_of_a_linear_score_when_worked_by_hand(tmp_path: Path) -> None:
    # A ridge classifier's decision score is w.x + c, so a column's Shapley value is exactly
    # w_j (x_j - mean of x_j over the background), whatever the order of the columns.
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.integers(-5, 6, size=(30, 3)).astype(float), columns=["a", "b", "c"])
    model = RidgeClassifier().fit(frame, np.where(frame.a + frame.b > 0, "yes", "no"))
    project = a_project(tmp_path, frame, model, {"a": ETHNICITY, "b": OTHER, "c": OTHER})

    result = feature_attribution(project, rows=30, background=30)

    # All 30 rows are explained against all 30, so the means are those of the frame.
    size = np.abs(np.ravel(model.coef_) * (frame - frame.mean())).to_numpy()
    for j, name in enumerate(frame):
        assert by_column(result)[name].value == pytest.approx(size[:, j].mean(), rel=1e-9)
        assert by_column(result)[name].se == pytest.approx(
            size[:, j].std(ddof=1) / math.sqrt(30), rel=1e-9
        )
    share = judged(result).evidence
    assert isinstance(share, Estimate)
    assert share.value == pytest.approx(size[:, 0].sum() / size.sum(), rel=1e-9)
    assert share.df == 29
    assert judged(result).notes[1].startswith("Attributions are of the decision score")


def test_standard_error_of_the_share_when_compared_with_the_jackknife(tmp_path: Path) -> None:
    # Linearisation and the delete-one jackknife agree to the first order in 1/n.
    frame = people(120)
    model = fitted(frame, (frame.weeks > 20) ^ (frame.ethnicity == "A"), *frame)
    project = a_project(tmp_path, frame, model, COLUMNS)
    loaded = project.model()
    rows = sample_rows(project.named("cases").data, loaded.features, 120, key="rows")
    phi = np.abs(attribution.attribute(loaded, rows, rows[:10], key="k").values)
    part, whole = phi[:, 0], phi.sum(axis=1)
    left_out = (part.sum() - part) / (whole.sum() - whole)
    jackknife = math.sqrt(119 / 120 * ((left_out - left_out.mean()) ** 2).sum())

    found = judged(feature_attribution(project, rows=120, background=10)).evidence

    assert isinstance(found, Estimate)
    assert found.se == pytest.approx(jackknife, rel=0.25)  # another background was drawn
    assert 0 < found.value < 1


def test_share_when_the_model_uses_ethnicity_and_when_its_twin_does_not(tmp_path: Path) -> None:
    frame = people()
    target = (frame.weeks > 20) | (frame.ethnicity == "A")
    for name, read in {"defect": list(frame), "clean": ["need", "weeks"]}.items():
        (tmp_path / name).mkdir()
        project = a_project(tmp_path / name, frame, fitted(frame, target, *read), COLUMNS)
        share = judged(feature_attribution(project, rows=20, background=10)).evidence
        assert isinstance(share, Estimate)
        if name == "clean":
            assert (share.value, share.se) == (0.0, 0.0)
        else:
            assert share.value - 3 * share.se > 0.10


def test_share_when_the_model_reads_nothing_but_ethnicity(tmp_path: Path) -> None:
    frame = people()
    model = fitted(frame, frame.ethnicity == "A", "ethnicity")
    project = a_project(tmp_path, frame, model, COLUMNS)
    result = feature_attribution(project, rows=20, background=10)
    assert judged(result).evidence == Estimate(value=1.0, se=0.0, df=19)
    assert by_column(result)["weeks"] == Estimate(value=0.0, se=0.0, df=19)


def test_share_when_no_feature_is_declared_as_protected(tmp_path: Path) -> None:
    frame = people()
    columns = {"ethnicity": {"means": "group"}, "need": OTHER, "weeks": OTHER}
    project = a_project(tmp_path, frame, fitted(frame, frame.ethnicity == "A", *frame), columns)
    found = judged(feature_attribution(project, rows=10, background=5))
    assert found.evidence == Estimate(value=0.0, se=0.0, df=9)
    assert any(note.startswith("No column the model is fed is declared") for note in found.notes)


def test_result_when_rows_are_in_another_order_and_when_run_again(tmp_path: Path) -> None:
    frame = people(200)
    model = fitted(frame, frame.weeks > 20, *frame)
    results = []
    for name, rows in {"one": frame, "other": frame.sample(frac=1.0, random_state=5)}.items():
        (tmp_path / name).mkdir()
        project = a_project(tmp_path / name, rows, model, COLUMNS)
        results += [repr(feature_attribution(project, rows=15, background=5)) for _ in range(2)]
    assert len(set(results)) == 1


def test_result_when_the_seed_is_another(tmp_path: Path) -> None:
    frame = people(200)
    project = a_project(tmp_path, frame, fitted(frame, frame.weeks > 20, *frame), COLUMNS)
    first = feature_attribution(project, rows=15, background=5)
    project.file = project.file.model_copy(update={"seed": "another"})
    assert feature_attribution(project, rows=15, background=5) != first


def test_numpys_own_random_numbers_when_rows_were_explained(tmp_path: Path) -> None:
    frame = people()
    project = a_project(tmp_path, frame, fitted(frame, frame.weeks > 20, *frame), COLUMNS)
    np.random.seed(7)  # noqa: NPY002 - the global generator is what shap reseeds
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 - as above
    feature_attribution(project, rows=10, background=5)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002 - as above


def test_constant_model_when_no_column_moves_its_score(tmp_path: Path) -> None:
    frame = people()
    model = DummyClassifier().fit(frame, np.where(frame.weeks > 20, "yes", "no"))
    result = feature_attribution(a_project(tmp_path, frame, model, COLUMNS), rows=10, background=5)
    found = judged(result).evidence
    assert isinstance(found, Undefined)
    assert found.code == "constant"
    assert all(e == Estimate(value=0.0, se=0.0, df=9) for e in by_column(result).values())


@pytest.mark.parametrize(("n", "code"), [(0, "no_rows"), (1, "too_few"), (9, "too_few")])
def test_share_when_the_table_is_too_short(tmp_path: Path, n: int, code: str) -> None:
    frame = people()
    project = a_project(tmp_path, frame, fitted(frame, frame.weeks > 20, *frame), COLUMNS)
    frame[:n].to_csv(tmp_path / "cases.csv", index=False)
    found = judged(feature_attribution(project)).evidence
    assert isinstance(found, Undefined)
    assert found.code == code
    assert not re.search(r"(?<!\d)[1-9](?!\d)", found.text)


@pytest.mark.parametrize("n", [10, 12])
def test_counts_of_rows_when_few_are_in_no_note_and_are_protected(tmp_path: Path, n: int) -> None:
    frame = people()
    project = a_project(tmp_path, frame, fitted(frame, frame.weeks > 20, *frame), COLUMNS)
    frame[:n].to_csv(tmp_path / "cases.csv", index=False)
    for m in feature_attribution(project, background=7).measurements:
        assert m.about_people
        assert (m.known, m.total) == (n, n)
        assert isinstance(m.evidence, Estimate)
        shown = Shower(level=0.95, people=PEOPLE, small=frozenset()).measurement(m, None)
        assert shown.effect == float(f"{m.evidence.value:.3g}")
        assert not re.search(r"(?<![\d.,])\d+ (?:rows|others)|background of \d", str(shown.notes))


def test_missing_values_and_unknown_categories_when_explained(tmp_path: Path) -> None:
    frame = people()
    model = fitted(frame, frame.weeks > 20, *frame)
    project = a_project(tmp_path, frame, model, COLUMNS)
    frame.loc[::4, "ethnicity"] = ""
    frame.loc[1::4, "ethnicity"] = "unheard of"
    frame.to_csv(tmp_path / "cases.csv", index=False)
    share = judged(feature_attribution(project, rows=20, background=10)).evidence
    assert isinstance(share, Estimate)
    assert share.value < 0.10


def test_column_when_the_model_knows_none_of_its_values(tmp_path: Path) -> None:
    frame = people()
    model = fitted(frame, frame.ethnicity == "A", *frame)
    frame["ethnicity"] = frame["ethnicity"].map({"A": "WBRI", "B": "AIND", "C": "BCRB"})
    project = a_project(tmp_path, frame, model, COLUMNS)
    with pytest.raises(DataError, match="knows none of the values that column 'ethnicity'") as bad:
        feature_attribution(project, rows=10, background=5)
    assert not re.search("WBRI|AIND|BCRB", str(bad.value))


def test_codes_when_the_model_learnt_them_as_numbers(tmp_path: Path) -> None:
    # 1 and "1" are not equal, and an encoder told to ignore what it does not know would see
    # nothing: the share would be a false 0.
    frame = people()
    frame["ethnicity"] = frame["ethnicity"].map({"A": 1, "B": 2, "C": 3})
    chosen = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["ethnicity"]))
    model = make_pipeline(chosen, LogisticRegression())
    model.fit(frame, np.where(frame.ethnicity == 1, "yes", "no"))
    project = a_project(tmp_path, frame, model, COLUMNS, features=["ethnicity"], numeric=[])
    share = judged(feature_attribution(project, rows=10, background=5)).evidence
    assert share == Estimate(value=1.0, se=0.0, df=9)


def test_column_names_when_hostile(tmp_path: Path) -> None:
    names = ['<script>alert("1")</script>', "=cmd()|' /C calc'!A0", "dröp; -- \u202eelbat"]
    frame = people().set_axis(names, axis="columns")
    model = fitted(frame, frame[names[2]] > 20, *names)
    columns = dict(zip(names, COLUMNS.values(), strict=True))
    result = feature_attribution(a_project(tmp_path, frame, model, columns), rows=10, background=5)
    assert set(by_column(result)) == set(names)


def test_explanation_when_it_does_not_add_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = people()
    project = a_project(tmp_path, frame, fitted(frame, frame.weeks > 20, *frame), COLUMNS)
    seen: list[int] = []
    truth = attribution._Coded.scores

    def drifting(self: attribution._Coded, codes: npt.NDArray[np.float64]) -> object:
        seen.append(len(codes))
        return truth(self, codes) + len(seen)  # a model that gives another score each time

    monkeypatch.setattr(attribution._Coded, "scores", drifting)
    with pytest.raises(DataError, match="does not add up"):
        feature_attribution(project, rows=10, background=5)


@pytest.mark.parametrize("given", [{"rows": 9}, {"rows": 2001}, {"background": 0}, {"row": 5}])
def test_parameters_when_out_of_range(given: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        feature_attribution.bind(given)


def test_sample_when_rows_repeat_is_of_rows_and_not_of_texts() -> None:
    # 900 rows of one text and 100 of another: of 200 drawn about 180 are of the first
    # (hypergeometric, sd 3.8). Ranked by text alone, all 200 would be alike.
    table = from_frame(pd.DataFrame({"a": ["x"] * 900 + ["y"] * 100}), name="t")
    drawn = sample_rows(table, ["a"], 200, key="k")
    table.close()
    assert len(drawn) == 200
    assert 165 < drawn.count(("x",)) < 195


def test_sample_when_missing_and_text_look_alike_keeps_them_apart() -> None:
    table = from_frame(pd.DataFrame({"a": ["null", None], "b": [None, "null"]}), name="t")
    drawn = sample_rows(table, ["a", "b"], 5, key="k")
    table.close()
    assert sorted(drawn, key=str) == [("null", None), (None, "null")]
