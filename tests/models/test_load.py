"""Loading a model: what is refused before anything is built, and what has to fit the project."""

import io
import json
import pickle
import warnings
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, VotingClassifier
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge, RidgeClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from skops import io as sio

from rai_check.errors import DataError
from rai_check.models import Model, archive, load_model
from rai_check.project.file import ModelFile

NUMBERS = pd.DataFrame({"a": np.arange(20.0), "b": np.tile([0.0, 1.0], 10)})
LABELS = np.where(NUMBERS.a > 9, "yes", "no")


class Home(BaseEstimator):
    """A type that no list has."""

    def fit(self, rows: object, labels: object) -> "Home":
        self.seen_ = (rows, labels)
        return self

    def predict(self, rows: object) -> object:
        return rows


def spec(path: str = "model.skops", **changes: Any) -> ModelFile:
    plain = {"table": "t", "features": ("a", "b"), "numeric": ("a", "b"), "positive_class": "yes"}
    return ModelFile(path=path, **(plain | changes))


def saved(folder: Path, model: object, **changes: Any) -> Model:
    sio.dump(model, folder / "model.skops")
    return load_model(spec(**changes), folder)


def refusal(folder: Path, declared: ModelFile | None = None) -> str:
    with pytest.raises(DataError) as refused:
        load_model(declared or spec(), folder)
    context = refused.value.__context__  # whose text could quote what the file holds
    assert context is None or isinstance(context, FileNotFoundError)
    return str(refused.value)


def pin(folder: Path, model: object) -> str:
    """Save a model, and return the SHA-256 of its file."""
    sio.dump(model, folder / "model.skops")
    return sha256((folder / "model.skops").read_bytes()).hexdigest()


def linear() -> LogisticRegression:
    return LogisticRegression().fit(NUMBERS, LABELS)


def test_model_when_all_is_as_declared(tmp_path: Path) -> None:
    fitted = linear()
    model = saved(tmp_path, fitted)
    assert model.classes == ("no", "yes")
    assert (model.score, model.notes) == ("probability", ())
    assert model.sha256 == sha256((tmp_path / "model.skops").read_bytes()).hexdigest()
    assert model.predict({"a": ["3", "15"], "b": ["0", None]} | {"b": ["0", "1"]}) == ["no", "yes"]
    score = model.positive_score(model.frame({"a": ["3"], "b": ["0"], "c": ["left out"]}))
    assert score == pytest.approx(fitted.predict_proba(NUMBERS.loc[[3]].assign(b=0.0))[:, 1])


def test_path_when_relative_to_the_folder_or_above_it(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    sio.dump(linear(), tmp_path / "model.skops")
    assert load_model(spec("../model.skops"), tmp_path / "project").classes == ("no", "yes")


def test_path_when_there_is_no_file_or_a_folder(tmp_path: Path) -> None:
    assert "was not found" in refusal(tmp_path)
    (tmp_path / "model.skops").mkdir()
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib", "model.skops"])
@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_pickle_when_named_so_or_not_is_never_opened(
    tmp_path: Path, name: str, protocol: int
) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "sprung",))

    (tmp_path / name).write_bytes(pickle.dumps(Trap(), protocol=protocol))
    said = refusal(tmp_path, spec(name))
    assert said == (
        f"{name} is a pickle, which can run code when it is opened; save it with skops: "
        "skops.io.dump(model, 'model.skops')."
    )
    assert not (tmp_path / "sprung").exists()


def test_skops_file_when_its_name_says_otherwise(tmp_path: Path) -> None:
    sio.dump(linear(), tmp_path / "model.joblib")
    assert "must end in '.skops'" in refusal(tmp_path, spec("model.joblib"))


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04 and no more", b"<html>."])
def test_file_when_it_is_no_skops_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.skops").write_bytes(content)
    assert "skops.io.dump" in refusal(tmp_path)


def test_file_when_cut_short_or_a_byte_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    sio.dump(linear(), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in refusal(tmp_path)
    at = whole.index(b'"__class__"')
    path.write_bytes(whole[:at] + b"!" + whole[at + 1 :])
    assert "is damaged" in refusal(tmp_path)  # the checksum in the zip tells


def a_zip(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as built:
        for name, content in members.items():
            built.writestr(name.replace("_json", ".json"), content)


def test_zip_when_it_has_no_schema_or_a_strange_one(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    a_zip(path, readme=b"hello")
    assert "not a skops file" in refusal(tmp_path)
    for schema in (b"{", b"[]", b'{"__class__": "x"}', b"[" * 100_000, b"\xff"):
        a_zip(path, schema_json=schema)
        assert path.name in refusal(tmp_path)


def test_zip_when_it_would_unpack_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    a_zip(path, schema_json=b"{}", zeros=bytes(20_000_000))
    assert "would unpack to more than" in refusal(tmp_path)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as built:
        built.writestr("zeros.npy", bytes(20_000_000))
    a_zip(path, schema_json=b"{}", sparse=inner.getvalue())
    assert "would unpack to more than" in refusal(tmp_path)
    named = json.dumps([{"file": "half"}] * 50).encode()  # read once for each time it is named
    a_zip(path, schema_json=named, half=bytes(500_000))
    assert "would unpack to more than" in refusal(tmp_path)


def test_schema_when_its_json_would_take_gigabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 6 MB beside padding that keeps the file from unpacking to 200 times its size.
    monkeypatch.setattr(archive, "LARGEST_SCHEMA", 5_000_000)
    schema = json.dumps([{"a": i} for i in range(500_000)]).encode()
    a_zip(
        tmp_path / "model.skops", schema_json=schema, padding=np.random.default_rng(1).bytes(9999)
    )
    assert "describes its parts in more than 5 MB" in refusal(tmp_path)


def test_file_when_larger_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sio.dump(linear(), tmp_path / "model.skops")
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    assert "is larger than" in refusal(tmp_path)


def test_hash_when_it_is_of_another_file(tmp_path: Path) -> None:
    sio.dump(linear(), tmp_path / "model.skops")
    digest = sha256((tmp_path / "model.skops").read_bytes()).hexdigest()
    said = refusal(tmp_path, spec(sha256="0" * 64))
    assert digest in said
    assert "0" * 64 in said
    assert load_model(spec(sha256=digest), tmp_path).sha256 == digest


def test_type_when_it_is_on_no_list(tmp_path: Path) -> None:
    sio.dump(make_pipeline(Home(), LogisticRegression()), tmp_path / "model.skops")
    said = refusal(tmp_path)
    assert "types that are not on the list" in said
    assert "Home'" in said
    assert "Nothing was loaded" in said


def test_types_when_many_and_hostile_are_named_in_part(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    sio.dump([Home() for _ in range(7)], path)
    with zipfile.ZipFile(path) as built:
        schema = json.loads(built.read("schema.json"))
    for i, item in enumerate(schema["content"]):
        item["__module__"], item["__class__"] = f"m{i}", "\x1b[31m\u202eevil" + "x" * 200
    a_zip(path, schema_json=json.dumps(schema).encode())
    said = refusal(tmp_path)
    assert "'m4." in said
    assert "'m5." not in said
    assert " and 2 more" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 700


def test_function_when_the_file_asks_for_a_dangerous_one(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    sio.dump(np.exp, path)
    with zipfile.ZipFile(path) as built:
        schema = json.loads(built.read("schema.json"))
    schema["__module__"], schema["__class__"] = "os", "system"
    a_zip(path, schema_json=json.dumps(schema).encode())
    assert "'os.system'" in refusal(tmp_path)


MIXED = NUMBERS.assign(kind=np.tile(["x", "y", "z", "x"], 5))


def mixed_columns() -> object:
    text = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder())
    return make_column_transformer((text, ["kind"]), (StandardScaler(), ["a", "b"]))


@pytest.mark.parametrize(
    "last",
    [
        LogisticRegression(),
        MLPClassifier(hidden_layer_sizes=(2,), max_iter=2, solver="adam"),
        CalibratedClassifierCV(LogisticRegression(), cv=2),
        CalibratedClassifierCV(LogisticRegression(), cv=2, method="isotonic"),
        VotingClassifier([("one", LogisticRegression())], voting="soft"),
    ],
    ids=lambda model: f"{type(model).__name__}-{getattr(model, 'method', '')}",
)
def test_ordinary_pipeline_when_its_parts_are_scikit_learns(tmp_path: Path, last: object) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two steps are too few to converge
        fitted = make_pipeline(mixed_columns(), last).fit(MIXED, LABELS)
    digest = pin(tmp_path, fitted)
    plain = isinstance(last, LogisticRegression)
    declared = spec(features=("kind", "b", "a"), sha256=None if plain else digest)
    model = load_model(declared, tmp_path)
    texts = {name: [str(value) for value in MIXED[name]] for name in MIXED}
    assert model.predict(texts) == fitted.predict(MIXED).tolist()
    assert model.positive_score(model.frame(texts)) == pytest.approx(
        fitted.predict_proba(MIXED)[:, 1]
    )


def test_boosted_trees_when_pinned(tmp_path: Path) -> None:
    fitted = HistGradientBoostingClassifier(max_iter=3).fit(NUMBERS, LABELS)
    sio.dump(fitted, tmp_path / "model.skops")
    assert "model.sha256: " in refusal(tmp_path)
    digest = sha256((tmp_path / "model.skops").read_bytes()).hexdigest()
    model = load_model(spec(sha256=digest), tmp_path)
    texts = {name: [str(value) for value in NUMBERS[name]] for name in NUMBERS}
    assert model.predict(texts) == fitted.predict(NUMBERS).tolist()


def test_notes_when_scikit_learn_is_of_another_version(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    sio.dump(linear(), path)
    with zipfile.ZipFile(path) as built:
        members = {name: built.read(name) for name in built.namelist()}
    schema = json.loads(members["schema.json"])
    schema["content"]["content"]["_sklearn_version"]["content"] = json.dumps("1.2\x1b.3")
    members["schema.json"] = json.dumps(schema).encode()
    with zipfile.ZipFile(path, "w") as built:
        for name, content in members.items():
            built.writestr(name, content)
    with pytest.warns(InconsistentVersionWarning):
        sio.load(path)
    (note,) = load_model(spec(), tmp_path).notes
    assert note.startswith("The model was saved with scikit-learn 1.2?.3 and run with ")


def test_positive_class_when_the_model_does_not_have_it(tmp_path: Path) -> None:
    sio.dump(linear(), tmp_path / "model.skops")
    said = refusal(tmp_path, spec(positive_class="yess"))
    assert "model.positive_class 'yess' is not among the 2 classes" in said
    assert "Did you mean 'yes'?" in said


@pytest.mark.parametrize(
    ("labels", "shown", "positive"),
    [
        (NUMBERS.a > 9, ("false", "true"), "True"),
        ((NUMBERS.a > 9).astype(int), ("0", "1"), "1"),
        ((NUMBERS.a > 9).astype(float), ("0", "1"), "1.0"),
        (np.where(NUMBERS.a > 9, " Yes ", "No"), ("Yes", "No"), "Yes"),
    ],
    ids=["booleans", "integers", "floats", "blanks"],
)
def test_labels_when_of_other_types_are_given_as_tables_give_them(
    tmp_path: Path, labels: object, shown: tuple[str, ...], positive: str
) -> None:
    fitted = LogisticRegression().fit(NUMBERS, labels)
    model = saved(tmp_path, fitted, positive_class=positive)
    assert sorted(model.classes) == sorted(shown)
    assert model.predict({"a": ["0", "19"], "b": ["0", "0"]}) == (
        [shown[1], shown[0]] if shown[0] == "Yes" else list(shown)
    )
    score = model.positive_score(model.frame({"a": ["0", "19"], "b": ["0", "0"]}))
    assert score[0] < 0.5 < score[1]


def test_decision_score_when_the_positive_class_comes_first(tmp_path: Path) -> None:
    fitted = RidgeClassifier().fit(NUMBERS, LABELS)
    model = saved(tmp_path, fitted, positive_class="no")
    assert model.score == "decision score"
    texts = {name: [str(value) for value in NUMBERS[name]] for name in NUMBERS}
    assert model.positive_score(model.frame(texts)) == pytest.approx(
        -fitted.decision_function(NUMBERS)
    )


def test_decision_scores_when_there_are_three_classes(tmp_path: Path) -> None:
    fitted = RidgeClassifier().fit(NUMBERS, np.tile(["yes", "no", "so", "no"], 5))
    sio.dump(fitted, tmp_path / "model.skops")
    assert "3 classes that gives no score of one class" in refusal(tmp_path)


def test_object_when_it_is_no_classifier(tmp_path: Path) -> None:
    for thing in (Ridge().fit(NUMBERS, NUMBERS.a), [1, 2], StandardScaler().fit(NUMBERS)):
        sio.dump(thing, tmp_path / "model.skops")
        assert "does not hold a fitted classifier" in refusal(tmp_path)
    sio.dump(LogisticRegression(), tmp_path / "model.skops")
    assert "does not hold a fitted classifier" in refusal(tmp_path)


def test_features_when_they_are_not_those_of_the_model(tmp_path: Path) -> None:
    sio.dump(linear(), tmp_path / "model.skops")
    said = refusal(tmp_path, spec(features=("a", "bb"), numeric=("a",)))
    assert "was not fitted on the feature 'bb'. Did you mean 'b'?" in said
    said = refusal(tmp_path, spec(features=("a",), numeric=("a",)))
    assert "reads column 'b', which model.features leaves out (1 of the 2 it reads)" in said
    assert "names 'a' more than once" in refusal(tmp_path, spec(features=("a", "a", "b")))


def test_features_when_the_model_was_fitted_without_names(tmp_path: Path) -> None:
    fitted = LogisticRegression().fit(NUMBERS.to_numpy(), LABELS)
    model = saved(tmp_path, fitted)
    assert model.predict({"a": ["0", "19"], "b": ["0", "1"]}) == ["no", "yes"]
    assert "was fitted on 2 columns; model.features names 1" in refusal(
        tmp_path, spec(features=("a",), numeric=("a",))
    )


def test_features_when_the_model_drops_the_rest(tmp_path: Path) -> None:
    # Names and addresses that were dropped in training need not be in the table.
    chosen = make_column_transformer(("passthrough", ["a"]))
    fitted = make_pipeline(chosen, LogisticRegression()).fit(NUMBERS, LABELS)
    model = saved(tmp_path, fitted, features=("a",), numeric=("a",))
    assert model.predict({"a": ["0", "19"]}) == ["no", "yes"]


def test_numeric_when_the_model_learnt_text(tmp_path: Path) -> None:
    codes = pd.DataFrame({"a": ["1", "2"] * 10})
    encoded = make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression())
    sio.dump(encoded.fit(codes, LABELS), tmp_path / "model.skops")
    said = refusal(tmp_path, spec(features=("a",), numeric=("a",)))
    assert "learnt the values of column 'a' as text" in said
