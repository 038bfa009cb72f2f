"""Models that need a pin: all that hold compiled parts, however they are put together."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, RidgeClassifier
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    StandardScaler,
)
from sklearn.svm import SVC, LinearSVC
from skops import io as sio

from rai_check.errors import DataError
from rai_check.models import load_model
from rai_check.project.file import ModelFile

FRAME = pd.DataFrame(
    {"a": np.arange(40.0), "b": np.tile([0.0, 1.0], 20), "k": np.tile(["x", "y", "z", "x"], 10)}
)
LABELS = np.where(FRAME.a > 19, "yes", "no")


def spec(digest: str | None = None) -> ModelFile:
    return ModelFile(
        path="model.skops",
        table="t",
        features=("a", "b", "k"),
        numeric=("a", "b"),
        positive_class="yes",
        sha256=digest,
    )


def saved(folder: Path, model: object) -> str:
    sio.dump(model, folder / "model.skops")
    return sha256((folder / "model.skops").read_bytes()).hexdigest()


def encoded(last: object, **options: Any) -> Any:
    text = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(**options))
    numbers = make_union(make_pipeline(SimpleImputer(), StandardScaler()), MinMaxScaler())
    columns = make_column_transformer((text, ["k"]), (numbers, ["a", "b"]))
    return make_pipeline(columns, last).fit(FRAME, LABELS)


@pytest.mark.parametrize(
    "last",
    [
        LogisticRegression(),
        LogisticRegressionCV(cv=2, l1_ratios=(0,), use_legacy_attributes=False, scoring="accuracy"),
        RidgeClassifier(),
        LinearSVC(),
        GaussianNB(),
        BernoulliNB(),
        DummyClassifier(),
    ],
    ids=lambda model: type(model).__name__,
)
def test_plain_models_when_saved_need_no_pin(tmp_path: Path, last: object) -> None:
    fitted = encoded(last, sparse_output=not isinstance(last, GaussianNB))
    saved(tmp_path, fitted)
    texts = {name: [str(value) for value in FRAME[name]] for name in FRAME}
    assert load_model(spec(), tmp_path).predict(texts) == fitted.predict(FRAME).tolist()


def test_plain_columns_when_chosen_by_type_and_passed_through_need_no_pin(tmp_path: Path) -> None:
    by_type = (OrdinalEncoder(), make_column_selector(dtype_include=[object, "str"]))
    columns = make_column_transformer(by_type, remainder="passthrough")
    saved(tmp_path, make_pipeline(columns, LogisticRegression(max_iter=999)).fit(FRAME, LABELS))
    assert load_model(spec(), tmp_path).classes == ("no", "yes")


@pytest.mark.parametrize(
    "last",
    [
        SVC(),
        KNeighborsClassifier(algorithm="brute"),
        RandomForestClassifier(2),
        MLPClassifier((2,), tol=1e9, n_iter_no_change=1),
    ],
    ids=lambda model: type(model).__name__,
)
def test_compiled_models_when_saved_need_a_pin(tmp_path: Path, last: object) -> None:
    digest = saved(tmp_path, encoded(last))
    with pytest.raises(DataError) as refused:
        load_model(spec(), tmp_path)
    said = str(refused.value)
    assert f".{type(last).__name__}'" in said
    assert f"pin it in the project: model.sha256: {digest}" in said
    assert load_model(spec(digest), tmp_path).classes == ("no", "yes")


def test_support_vectors_when_crafted_to_crash_are_never_built(tmp_path: Path) -> None:
    # libsvm believes the counts: these add up to the number of vectors, and predicting with them
    # ends the process (segmentation fault).
    fitted = encoded(SVC())
    total = int(fitted[-1]._n_support.sum())
    fitted[-1]._n_support = np.array([total + 10**7, -(10**7)], dtype=np.int32)
    saved(tmp_path, fitted)
    with pytest.raises(DataError, match=r"model\.sha256: "):
        load_model(spec(), tmp_path)


def test_functions_and_texts_when_held_need_a_pin(tmp_path: Path) -> None:
    logged = make_pipeline(FunctionTransformer(np.log1p), LogisticRegression())
    words = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(FRAME.k + "word", LABELS)
    for model in (logged.fit(FRAME[["a", "b"]], LABELS), words):
        saved(tmp_path, model)
        with pytest.raises(DataError, match=r"model\.sha256: "):
            load_model(spec(), tmp_path)


def test_part_when_hidden_where_skops_does_not_look_counts(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    saved(tmp_path, encoded(LogisticRegression()))
    with zipfile.ZipFile(path) as built:
        members = {name: built.read(name) for name in built.namelist()}
    schema = json.loads(members["schema.json"])
    schema["beside"] = [{"__loader__": "TreeNode", "__module__": "numpy", "__class__": "ndarray"}]
    with zipfile.ZipFile(path, "w") as built:
        for name, content in (members | {"schema.json": json.dumps(schema).encode()}).items():
            built.writestr(name, content)
    with pytest.raises(DataError, match=r"model\.sha256: "):
        load_model(spec(), tmp_path)
