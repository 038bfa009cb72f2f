"""What a model may not do even where it is pinned: read files, keep results, split by functions."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from skops import io as sio

from rai_check.errors import DataError
from rai_check.models import load_model
from rai_check.models.reach import check_encoders, check_reach
from rai_check.project.file import ModelFile

FRAME = pd.DataFrame({"note": ["rent is late", "all is well"] * 10})
LABELS = np.tile(["yes", "no"], 20)[:20]
KINDS = np.array([["x"], ["y"], ["z"], ["x"], ["w"]], dtype=object)


def refused(folder: Path, vectorizer: Any, **settings: object) -> str:
    """Fit as usual, change the settings, save, pin, and return why it is not loaded."""
    columns = make_column_transformer((vectorizer, "note"))
    model = make_pipeline(columns, LogisticRegression()).fit(FRAME, LABELS)
    model[0].named_transformers_[type(vectorizer).__name__.lower()].set_params(**settings)
    sio.dump(model, folder / "model.skops")
    digest = sha256((folder / "model.skops").read_bytes()).hexdigest()
    declared = ModelFile(
        path="model.skops", table="t", features=("note",), positive_class="yes", sha256=digest
    )
    try:
        load_model(declared, folder)
    except DataError as error:
        return str(error)
    return ""


VECTORIZERS = [CountVectorizer, TfidfVectorizer, HashingVectorizer]


@pytest.mark.parametrize("make", VECTORIZERS)
def test_text_when_split_as_usual_is_read(tmp_path: Path, make: type) -> None:
    assert refused(tmp_path, make()) == ""


@pytest.mark.parametrize("make", VECTORIZERS)
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"input": "filename"}, "'input' is not 'content'"),
        ({"input": "file"}, "'input' is not 'content'"),
        ({"token_pattern": "(a+)+$"}, "'token_pattern' is its own"),
        ({"tokenizer": np.exp}, "'tokenizer' is a function"),
        ({"preprocessor": np.exp}, "'preprocessor' is a function"),
        ({"analyzer": np.exp}, "'analyzer' is a function"),
    ],
)
def test_text_when_files_patterns_or_functions_come_in(
    tmp_path: Path, make: type, setting: dict[str, object], said: str
) -> None:
    assert said in refused(tmp_path, make(), **setting)


def test_pipeline_when_it_would_keep_results_on_disk() -> None:
    model = make_pipeline(LogisticRegression(), memory="somewhere")
    with pytest.raises(DataError, match=r"m\.skops holds a Pipeline whose 'memory' is set"):
        check_reach(model, where="m.skops")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"drop": "first"},
        {"drop": "if_binary"},
        {"min_frequency": 2},
        {"max_categories": 2, "drop": "first"},
        {"handle_unknown": "infrequent_if_exist", "min_frequency": 2},
    ],
)
def test_encoder_when_scikit_learn_fitted_it_keeps_to_its_columns(options: Any) -> None:
    encoder = OneHotEncoder(**options).fit(np.hstack([KINDS, KINDS[::-1]]))
    check_encoders([encoder], where="m.skops")
    assert encoder.transform(np.hstack([KINDS, KINDS])).shape[1] == sum(encoder._n_features_outs)


def test_encoder_when_its_categories_are_numbers_with_a_missing_one() -> None:
    encoder = OneHotEncoder().fit(np.array([[3.0], [np.nan], [1.0]]))
    check_encoders(encoder, where="m.skops")
    assert encoder._n_features_outs == [3]


def _outs(encoder: Any) -> None:
    encoder._n_features_outs = [1]


def _drop(encoder: Any) -> None:
    encoder._drop_idx_after_grouping = np.array([10**9], dtype=object)
    encoder._n_features_outs = [2]


def _codes(encoder: Any) -> None:
    encoder._default_to_infrequent_mappings = [np.array([0, 1, 2, -(10**9)])]


def _rare(encoder: Any) -> None:
    encoder._default_to_infrequent_mappings = [None]
    encoder._infrequent_indices = [np.array([10**9])]


def _order(encoder: Any) -> None:
    encoder.categories_ = [np.array([5.0, 1.0])]
    encoder._n_features_outs = [2]
    encoder._infrequent_enabled = False


@pytest.mark.parametrize("change", [_outs, _drop, _codes, _rare, _order])
def test_encoder_when_crafted_to_lead_out_of_its_columns(change: Any) -> None:
    encoder = OneHotEncoder(min_frequency=2).fit(KINDS)
    change(encoder)
    with pytest.raises(DataError, match="an encoder that leads out of its columns"):
        check_encoders(encoder, where="m.skops")
