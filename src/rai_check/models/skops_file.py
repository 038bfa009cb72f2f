"""The inside of a model file: built only when every type in it is on our list.

skops builds objects of named types and calls no constructor that the file chooses, so what it
can do is what its types can do. Some on the list are compiled and do not look where an index leads:
a file of them has to be pinned, see `rai_check.models.pinning`.
"""

import hashlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rai_check.errors import DataError
from rai_check.models.archive import read_archive
from rai_check.models.pinning import NAMED, must_be_pinned
from rai_check.models.quiet import quietly
from rai_check.tables import shown

_BOOSTING = "sklearn.ensemble._hist_gradient_boosting"
_LINKS = ("HalfLogitLink", "IdentityLink", "Interval", "LogitLink", "LogLink", "MultinomialLogit")
_LOSSES = ("ExponentialLoss", "HalfBinomialLoss", "HalfMultinomialLoss", "HalfSquaredError")

ALLOWED = (
    # Beyond skops' own list: parts of scikit-learn's estimators that are no estimators. Each
    # was read: it computes, and neither opens files nor runs what it is given by name.
    "builtins.object",
    "functools.partial",  # of a function that is itself on the list
    "numpy.dtype",
    *(f"sklearn._loss.link.{name}" for name in _LINKS),
    *(f"sklearn._loss.loss.{name}" for name in _LOSSES),
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
    "sklearn.compose._column_transformer._RemainderColsList",
    "sklearn.compose._column_transformer.make_column_selector",
    f"{_BOOSTING}.binning._BinMapper",
    f"{_BOOSTING}.predictor.TreePredictor",
    "sklearn.feature_selection._mutual_info.mutual_info_classif",
    "sklearn.feature_selection._univariate_selection.chi2",
    "sklearn.feature_selection._univariate_selection.f_classif",
    "sklearn.metrics._scorer._PassthroughScorer",
    "sklearn.model_selection._split.KFold",
    "sklearn.model_selection._split.StratifiedKFold",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
    "sklearn.tree._tree.Tree",
    "sklearn.utils._bunch.Bunch",
    "sklearn.utils.validation.check_array",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a model file held."""

    estimator: Any = field(repr=False)
    sha256: str
    notes: tuple[str, ...]


def read_skops(path: Path, *, sha256: str | None) -> Stored:
    """Load a skops file.

    Args:
        path: the file.
        sha256: what its SHA-256 has to be (hex), or None for any.

    Raises:
        DataError: it cannot be read, is not the file declared, holds a type that is not on
            the list, or needs a pin and has none; then nothing of it has been built.
    """
    where = shown(path.name)
    content = read_archive(path)
    digest = hashlib.sha256(content).hexdigest()
    if sha256 is not None and digest != sha256:
        raise DataError(
            f"{where} is not the file that the project declares: its SHA-256 is {digest}, "
            f"model.sha256 is {sha256}. Find out which is right before you change either."
        )
    _must_be_allowed(content, where)
    if sha256 is None:
        must_be_pinned(content, where=where, sha256=digest)
    estimator, notes = quietly(lambda: _load(content), f"{where} cannot be loaded as a model")
    return Stored(estimator=estimator, sha256=digest, notes=notes)


def _must_be_allowed(content: bytes, where: str) -> None:
    from skops.io import get_untrusted_types

    found = quietly(
        lambda: get_untrusted_types(data=content),
        f"{where} cannot be read as a skops file; save it again with the installed skops",
    )
    if strange := sorted(set(found) - set(ALLOWED)):
        names = ", ".join(repr(shown(name)) for name in strange[:NAMED])
        more = f" and {len(strange) - NAMED} more" if len(strange) > NAMED else ""
        raise DataError(
            f"{where} holds types that are not on the list of those known to be safe: "
            f"{names}{more}. Nothing was loaded; build the model from scikit-learn's own parts."
        )


def _load(content: bytes) -> tuple[object, tuple[str, ...]]:
    from skops.io import loads

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        estimator = loads(content, trusted=list(ALLOWED))
    return estimator, _notes(warning.message for warning in caught)


def _notes(caught: Iterable[Warning | str]) -> tuple[str, ...]:
    """Turn scikit-learn's warnings of another version into a sentence for each version."""
    import sklearn
    from sklearn.exceptions import InconsistentVersionWarning

    saved = {
        shown(str(warning.original_sklearn_version))
        for warning in caught
        if isinstance(warning, InconsistentVersionWarning)
    }
    return tuple(
        f"The model was saved with scikit-learn {version} and run with {sklearn.__version__}, "
        "which may not give the same outputs."
        for version in sorted(saved)
    )
