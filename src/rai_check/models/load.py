"""From the project's `model` to a model that is known to fit what the project says of it."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from rai_check.errors import DataError, did_you_mean
from rai_check.models.model import Model, labels
from rai_check.models.quiet import quietly
from rai_check.models.reach import check_reach
from rai_check.models.skops_file import read_skops
from rai_check.models.trees import check_trees, parts, silence
from rai_check.models.vocabulary import Vocabulary, columns_of, vocabulary
from rai_check.project.file import ModelFile
from rai_check.tables import shown


def load_model(spec: ModelFile, folder: Path) -> Model:
    """Load the model that a project declares.

    Args:
        spec: the project's `model`.
        folder: what a relative path starts from.

    Raises:
        DataError: it cannot be loaded safely (`read_skops`, `check_reach`, `check_trees`), is not a
            classifier of one output, was fitted on other columns, or lacks the positive class.
    """
    path = folder / spec.path
    where = shown(path.name)
    stored = read_skops(path, sha256=spec.sha256)
    estimator: Any = stored.estimator

    def inspected() -> tuple[tuple[str, ...], tuple[str, ...] | None, Vocabulary]:
        check_reach(estimator, where=where)
        check_trees(estimator, where=where)
        silence(estimator)
        names = _fitted_names(estimator, spec.features, where)
        known = vocabulary(estimator, spec.features)
        _must_be_numbers(spec.numeric, known, where)
        return _classes(estimator, where), names, known

    classes, names, known = quietly(inspected, f"{where} cannot be used as a model")
    return Model(
        features=spec.features,
        numeric=spec.numeric,
        positive_class=_positive(spec.positive_class, classes, where),
        classes=classes,
        score=_score(estimator, classes, where),
        sha256=stored.sha256,
        notes=stored.notes,
        vocabulary=known,
        fed=names or spec.features,
        by_name=names is not None,
        estimator=estimator,
    )


def _classes(estimator: Any, where: str) -> tuple[str, ...]:  # noqa: ANN401 - any object
    import numpy as np

    if not hasattr(estimator, "predict") or not hasattr(estimator, "classes_"):
        raise DataError(f"{where} does not hold a fitted classifier (it needs 'predict').")
    held = estimator.classes_
    if not isinstance(held, np.ndarray) or held.ndim != 1:
        raise DataError(f"{where} holds a model of several outputs; give a model of one.")
    found = tuple(labels(held.tolist()))
    if len(set(found)) < len(found):
        raise DataError(f"{where} holds a model of which two classes are written alike.")
    return found


def _score(
    estimator: Any,  # noqa: ANN401 - any object
    classes: Sequence[str],
    where: str,
) -> Literal["probability", "decision score"]:
    if hasattr(estimator, "predict_proba"):
        return "probability"
    if hasattr(estimator, "decision_function") and len(classes) == 2:  # noqa: PLR2004 - one score for two
        return "decision score"
    raise DataError(
        f"{where} holds a model of {len(classes)} classes that gives no score of one class: it "
        "needs 'predict_proba' (or, with two classes, 'decision_function')."
    )


def _positive(declared: str, classes: Sequence[str], where: str) -> str:
    (wanted,) = labels([declared])
    if wanted not in classes:
        near = did_you_mean(shown(wanted), [shown(known) for known in classes])
        raise DataError(
            f"model.positive_class {shown(declared)!r} is not among the {len(classes)} classes of "
            f"{where}.{near}"
        )
    return wanted


def _must_be_numbers(numeric: Sequence[str], known: Vocabulary, where: str) -> None:
    """Refuse to feed numbers to an encoder that learnt text: it would know none of them."""
    for name in numeric:
        if any(isinstance(value, str) for value in known.get(name, {}).values()):
            raise DataError(
                f"{where} learnt the values of column {shown(name)!r} as text; take the column out "
                "of model.numeric."
            )


def _fitted_names(
    estimator: Any,  # noqa: ANN401 - any object
    features: Sequence[str],
    where: str,
) -> tuple[str, ...] | None:
    """Return the names of the columns that the model was fitted on, in its order, if it has any."""
    if twice := [name for name, n in Counter(features).items() if n > 1]:
        raise DataError(f"model.features names {shown(twice[0])!r} more than once.")
    names = getattr(estimator, "feature_names_in_", None)
    if names is None:
        width = getattr(estimator, "n_features_in_", len(features))
        if width != len(features):
            raise DataError(
                f"{where} was fitted on {width} columns; model.features names {len(features)}."
            )
        return None
    fitted = tuple(str(name) for name in names)
    if extra := sorted(set(features) - set(fitted)):
        near = did_you_mean(shown(extra[0]), [shown(name) for name in set(fitted) - set(features)])
        raise DataError(f"{where} was not fitted on the feature {shown(extra[0])!r}.{near}")
    needed = _needed(estimator, fitted)
    if absent := sorted(needed - set(features)):
        raise DataError(
            f"{where} reads column {shown(absent[0])!r}, which model.features leaves out "
            f"({len(absent)} of the {len(needed)} it reads)."
        )
    return tuple(name for name in fitted if name in features)


def _needed(estimator: object, fitted: tuple[str, ...]) -> set[str]:
    """Return the names of the columns that are read: column transformers may drop others."""
    from sklearn.compose import ColumnTransformer

    read = [
        set(columns_of(part, columns) or fitted)
        for part in parts(estimator)
        if isinstance(part, ColumnTransformer)
        and tuple(getattr(part, "feature_names_in_", ())) == fitted
        for _, step, columns in getattr(part, "transformers_", ())
        if not (isinstance(step, str) and step == "drop")
    ]
    return set().union(*read) if read else set(fitted)
