"""Feeding a model: texts become what it learnt, and no value comes back in a message."""

import math
import re
import traceback
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from skops import io as sio

from rai_check.errors import DataError
from rai_check.models import Model, load_model
from rai_check.models.feed import categories, frame_of, numbers
from rai_check.models.vocabulary import vocabulary
from rai_check.project.file import ModelFile

FRAME = pd.DataFrame({"weeks": np.arange(20.0), "kind": ["x", "y"] * 10})
LABELS = np.where(FRAME.weeks > 9, "yes", "no")


def a_model(folder: Path, *, unknown: str = "error") -> Model:
    encoder = OneHotEncoder(handle_unknown=unknown)
    chosen = make_column_transformer((encoder, ["kind"]), remainder="passthrough")
    sio.dump(make_pipeline(chosen, LogisticRegression()).fit(FRAME, LABELS), folder / "m.skops")
    spec = ModelFile(
        path="m.skops",
        table="t",
        features=("weeks", "kind"),
        numeric=("weeks",),
        positive_class="yes",
    )
    return load_model(spec, folder)


def test_columns_when_they_come_as_arrow_or_as_lists(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    lists = {"kind": ["x", "y"], "weeks": ["1", "19.0"]}
    assert model.predict(lists) == ["no", "yes"]
    assert model.predict(pa.table(lists)) == ["no", "yes"]
    assert model.predict(pa.RecordBatch.from_pydict(lists)) == ["no", "yes"]
    assert model.predict({"kind": [], "weeks": []}) == []


def test_column_when_it_is_not_there(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    for columns in ({"kind": ["x"]}, pa.table({"kind": ["x"]})):
        with pytest.raises(DataError, match="is fed column 'weeks', which is not there"):
            model.predict(columns)


def test_frame_when_built_keeps_numbers_and_objects(tmp_path: Path) -> None:
    frame = a_model(tmp_path).frame({"kind": ["x", None], "weeks": ["1e1", None]})
    assert list(frame.columns) == ["weeks", "kind"]
    assert [str(t) for t in frame.dtypes] == ["float64", "object"]
    assert frame.weeks[0] == 10.0
    assert math.isnan(frame.weeks[1])
    assert math.isnan(frame.kind[1])


def test_values_when_they_are_no_numbers_are_neither_shown_nor_counted(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    texts = ["1", "12 High Street", "nan", "inf", "1_000", "1e999", "٣", None]
    with pytest.raises(DataError, match="Some values of column 'weeks'") as refused:
        model.predict({"kind": ["x"] * 8, "weeks": texts})
    assert "High Street" not in str(refused.value)
    assert not re.search(r"\d", str(refused.value))


def test_category_when_the_model_has_not_learnt_it_is_not_shown(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    columns = {"kind": ["x", "12 High Street"], "weeks": ["1", "2"]}
    with pytest.raises(DataError, match=r"could not be run on these rows.*\(ValueError\)") as bad:
        model.predict(columns)
    told = "".join(traceback.format_exception(bad.value))
    assert "High Street" not in told
    assert bad.value.__context__ is None
    with pytest.raises(DataError):
        model.positive_score(model.frame(columns))


def test_warning_when_it_would_show_a_category_is_not_given(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    model = a_model(tmp_path, unknown="warn")
    recwarn.clear()  # what training said
    assert len(model.predict({"kind": ["12 High Street"], "weeks": ["1"]})) == 1
    assert not recwarn.list


def test_score_when_it_is_not_finite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = a_model(tmp_path)
    monkeypatch.setattr(Model, "_scores", lambda _, fed: [math.nan] * len(fed))
    with pytest.raises(DataError, match="not one finite number a row"):
        model.positive_score(model.frame({"kind": ["x"], "weeks": ["1"]}))


def test_estimators_when_loaded_work_alone_and_silently(tmp_path: Path) -> None:
    frame = FRAME[["weeks"]]
    pipeline = make_pipeline(LogisticRegression(verbose=0)).fit(frame, LABELS)
    pipeline[-1].n_jobs, pipeline[-1].verbose = -1, 3
    sio.dump(pipeline, tmp_path / "m.skops")
    spec = ModelFile(
        path="m.skops", table="t", features=("weeks",), numeric=("weeks",), positive_class="yes"
    )
    last = load_model(spec, tmp_path).estimator[-1]
    assert (last.n_jobs, last.verbose) == (1, 0)


def test_vocabulary_when_categories_are_of_many_types() -> None:
    frame = pd.DataFrame(
        {
            "whole": [1, 2] * 5,
            "float": [1.0, 2.5] * 5,
            "truth": [True, False] * 5,
            "text": ["True", "b "] * 5,
            "gaps": ["x", np.nan] * 5,
        }
    )
    encoder = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder())
    chosen = make_column_transformer(
        (OneHotEncoder(), ["whole", "truth", "text", "gaps"]), (encoder, ["float"])
    )
    found = vocabulary(make_pipeline(chosen.fit(frame)), list(frame))
    assert {name: dict(known) for name, known in found.items()} == {
        "whole": {"1": 1, "2": 2},
        "float": {"1": 1.0, "2.5": 2.5},
        "truth": {"true": True, "false": False},
        "text": {"true": "True", "b": "b "},
        "gaps": {"x": "x"},
    }


@pytest.mark.parametrize("columns", [["kind"], [1], slice(1, 2), [False, True]])
def test_vocabulary_when_columns_are_chosen_in_other_ways(columns: object) -> None:
    chosen = make_column_transformer((OneHotEncoder(), columns), remainder="passthrough")
    found = vocabulary(chosen.fit(FRAME), ["weeks", "kind"])
    assert dict(found) == {"kind": {"x": "x", "y": "y"}}


def test_vocabulary_when_a_column_is_dropped_or_not_encoded() -> None:
    chosen = make_column_transformer(("drop", "kind"), remainder="passthrough")
    assert dict(vocabulary(chosen.fit(FRAME), ["weeks", "kind"])) == {}


def test_categories_when_two_have_one_text_form_keep_the_text() -> None:
    encoder = OneHotEncoder(categories=[np.array([1, "1"], dtype=object)])
    encoder.categories_, encoder.feature_names_in_ = encoder.categories, np.array(["a"])
    assert dict(vocabulary(encoder, ["a"])["a"]) == {"1": "1"}


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=8))
def test_numbers_when_written_by_python_come_back(values: list[float | None]) -> None:
    texts = [None if value is None else repr(value) for value in values]
    found = numbers("n", texts)
    assert [None if math.isnan(v) else v for v in found] == values


@given(st.lists(st.none() | st.text(min_size=1), max_size=8))
def test_categories_when_unknown_are_fed_as_they_are(texts: list[str | None]) -> None:
    column = frame_of({"a": categories(texts, {})})["a"]
    assert column.dtype == object
    assert [None if isinstance(v, float) else v for v in column] == texts
