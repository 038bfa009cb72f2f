"""Which model files need a pin: all but those built from plain Python and numpy alone.

Much of scikit-learn and scipy is compiled, and follows the indices that a file gives it without
checking them: trees, support vector machines, neighbours, sparse matrices. A crafted file can
crash the process or read memory that is not its own. What cannot be told from the file, whoever
wrote the project says: that it is this very file, by its SHA-256.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from rai_check.errors import DataError
from rai_check.models.archive import SCHEMA
from rai_check.models.quiet import quietly
from rai_check.tables import shown

NAMED = 5
"""Parts named in a message."""

_LINEAR = ("LogisticRegression", "LogisticRegressionCV")
_RIDGE = ("Ridge", "RidgeClassifier", "RidgeClassifierCV")
_BAYES = ("BernoulliNB", "CategoricalNB", "ComplementNB", "GaussianNB", "MultinomialNB")
_SCALERS = ("MaxAbsScaler", "MinMaxScaler", "RobustScaler", "StandardScaler")

PLAIN = frozenset(
    (
        # Read: once fitted, each works by numpy, which checks every index, or hands on sparse
        # matrices that it has built itself (what `check_encoders` then looks at).
        *(f"sklearn.linear_model._logistic.{name}" for name in _LINEAR),
        *(f"sklearn.linear_model._ridge.{name}" for name in _RIDGE),
        *(f"sklearn.naive_bayes.{name}" for name in _BAYES),
        *(f"sklearn.preprocessing._data.{name}" for name in _SCALERS),
        "sklearn.compose._column_transformer.ColumnTransformer",
        "sklearn.compose._column_transformer._RemainderColsList",
        "sklearn.compose._column_transformer.make_column_selector",
        "sklearn.dummy.DummyClassifier",
        "sklearn.impute._base.MissingIndicator",
        "sklearn.impute._base.SimpleImputer",
        "sklearn.pipeline.FeatureUnion",
        "sklearn.pipeline.Pipeline",
        "sklearn.preprocessing._encoders.OneHotEncoder",
        "sklearn.preprocessing._encoders.OrdinalEncoder",
        "sklearn.preprocessing._function_transformer.FunctionTransformer",
        "sklearn.preprocessing._label.LabelBinarizer",
        "sklearn.preprocessing._label.LabelEncoder",
        "sklearn.svm._classes.LinearSVC",
    )
)
"""Types that need no pin, beside the builtins and numpy's own."""

_PLAIN_NODES = frozenset(
    (
        "BytesNode",
        "CachedNode",
        "DTypeNode",
        "DictNode",
        "JsonNode",
        "ListNode",
        "NdArrayNode",
        "ObjectNode",
        "SetNode",
        "SliceNode",
        "TupleNode",
        "TypeNode",
    )
)
"""Ways of building that need no pin: no function, method, sparse matrix or random generator."""


def must_be_pinned(content: bytes, *, where: str, sha256: str) -> None:
    """Refuse a skops file without a pin, unless every part of it is plain.

    Args:
        content: of the file, within the limits of `read_archive`; nothing of it is built.
        where: its name, for the message.
        sha256: its SHA-256, for the message that asks for it.

    Raises:
        DataError: a part is not plain.
    """
    unread = f"{where} cannot be read as a skops file; save it again with the installed skops"
    found = quietly(lambda: sorted(set(_not_plain(_schema(content)))), unread)
    if found:
        names = ", ".join(repr(shown(name)) for name in found[:NAMED])
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise DataError(
            f"{where} holds {names}{more}, and whether a file of that is safe to run cannot be "
            "told from the file alone. If you know where it comes from, pin it in the project: "
            f"model.sha256: {sha256}"
        )


def _schema(content: bytes) -> Any:  # noqa: ANN401 - what JSON gives
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read(SCHEMA))


def _not_plain(schema: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON gives
    """Yield the name of every part that is not plain, wherever in the schema it is.

    A part is whatever names a type or says how it is built, even where skops would not look.
    """
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
            if "__loader__" in part or "__class__" in part:
                name = f"{part.get('__module__')}.{part.get('__class__')}"
                if part.get("__loader__") not in _PLAIN_NODES or not _is_plain(name):
                    yield name


def _is_plain(name: str) -> bool:
    return name in PLAIN or name.startswith(("builtins.", "numpy."))
