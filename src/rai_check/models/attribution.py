"""Shapley values of the positive class's score, on the columns as the project knows them.

shap's permutation explainer sees codes of values, so that it never takes near numbers for equal
ones, and text, numbers and missing values are all alike to it.

References:
    Lundberg and Lee (2017), A unified approach to interpreting model predictions, NeurIPS 30.
    Štrumbelj and Kononenko (2014), Explaining prediction models and individual predictions with
    feature contributions, Knowledge and Information Systems 41.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rai_check.errors import DataError
from rai_check.models.feed import frame_of
from rai_check.models.model import Model
from rai_check.models.quiet import quietly
from rai_check.models.rows import Row

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

PERMUTATIONS = 10
"""Random orders of the columns for each row, each walked forwards and backwards."""

BLOCK = 200_000
"""Rows scored at a time."""

TOLERANCE = 1e-6
"""How far base and values may be from the score in sum, for scores of about one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """What each column of each row adds to the score of the positive class."""

    values: "npt.NDArray[np.float64]"
    """Rows by features, in the order given; on the scale of the score."""
    base: float
    """Mean score of the background rows."""
    error: float
    """Largest difference between a row's score and its base and values in sum."""
    explainer: str
    """Name and version, such as ``shap 0.51.0, PermutationExplainer``."""


def attribute(
    model: Model, rows: Sequence[Row], background: Sequence[Row], *, key: str
) -> Attribution:
    """Explain the score of the positive class for each row, against the background rows.

    Args:
        model: the model; rows hold its `features`, in that order, as texts.
        rows: rows to explain, at least one. Rows that are alike are explained once.
        background: rows from which absent columns take their values together, at least one.
        key: decides the orders in which columns are added.

    Raises:
        DataError: the model fails on the rows, or the values do not add up to its scores.
    """
    import numpy as np
    import shap

    coded = _Coded(model, [*rows, *background])
    distinct, place = np.unique(coded.codes[: len(rows)], axis=0, return_inverse=True)
    masker = _Masker(coded.codes[len(rows) :])
    with _own_randomness():
        values, bases = quietly(
            lambda: _explained(coded, masker, distinct, _seed(key)),
            "The model's scores could not be explained",
        )
    scores = coded.scores(distinct)
    error = float(np.abs(values.sum(axis=1) + bases - scores).max())
    if not error <= TOLERANCE * max(1.0, float(np.abs(scores).max())):
        raise DataError(
            "The explanation does not add up to the model's scores: the model may give different "
            "scores for the same row. Nothing is reported of it."
        )
    return Attribution(
        values=values[place.reshape(-1)],
        base=float(bases.mean()),
        error=error,
        explainer=f"shap {shap.__version__}, PermutationExplainer",
    )


def _seed(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=3).digest(), "big")


def _explained(
    coded: "_Coded", masker: "_Masker", rows: "npt.NDArray[np.float64]", seed: int
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Return the values (rows by columns) and the base of each row, a block of rows at a time."""
    import numpy as np

    count, columns = masker.shape
    evaluations = PERMUTATIONS * (2 * columns + 1)
    size = max(1, BLOCK // (evaluations * count))
    blocks = [rows[start : start + size] for start in range(0, len(rows), size)]
    found = [
        _explained_at_once(coded, masker, block, evaluations, seed + i)
        for i, block in enumerate(blocks)
    ]
    return np.concatenate([v for v, _ in found]), np.concatenate([b for _, b in found])


def _explained_at_once(
    coded: "_Coded",
    masker: "_Masker",
    rows: "npt.NDArray[np.float64]",
    evaluations: int,
    seed: int,
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Explain twice: once to hear which scores are asked for, once to answer.

    shap asks for them in many small parts, for which most models take far longer than for one
    large one. What it asks does not depend on the answers, as it draws its orders by the seed.
    """
    import numpy as np
    import shap

    def explain(scores: Callable[..., Any]) -> Any:  # noqa: ANN401 - shap has no types
        explainer = shap.PermutationExplainer(scores, masker, seed=seed)
        return explainer(rows, max_evals=evaluations, batch_size=evaluations, silent=True)

    asked: list[npt.NDArray[np.float64]] = []

    def listen(codes: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        asked.append(codes)
        return np.zeros(len(codes))

    explain(listen)
    ends = np.cumsum([len(codes) for codes in asked])
    answers = iter(np.split(coded.scores(np.concatenate(asked)), ends[:-1]))
    found = explain(lambda _: next(answers))
    return np.asarray(found.values), np.asarray(found.base_values)


class _Coded:
    """Rows as whole numbers: in each column, the places of their values among the distinct."""

    def __init__(self, model: Model, rows: Sequence[Row]) -> None:
        import numpy as np

        self._model = model
        self._values: list[npt.NDArray[Any]] = []
        self.codes = np.empty((len(rows), len(model.features)))
        for j, name in enumerate(model.features):
            texts = [row[j] for row in rows]
            known = sorted({text for text in texts if text is not None})
            places: dict[str | None, int] = {text: i for i, text in enumerate(known)}
            self.codes[:, j] = [places.get(text, len(known)) for text in texts]
            self._values.append(model.column(name, [*known, None]))

    def scores(self, codes: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        """Return the model's score of each row of codes."""
        return self._model.positive_score(self._decoded(codes.astype(int)))

    def _decoded(self, codes: "npt.NDArray[np.int_]") -> "pd.DataFrame":
        named = zip(self._model.features, self._values, codes.T, strict=True)
        return frame_of({name: values[column] for name, values, column in named})


class _Masker:
    """Columns of the row where the mask is set, of every background row elsewhere.

    What `shap.maskers.Independent` does, but values are the same only if equal (it takes those
    within one in 100,000 for the same), and nothing has to be compiled first.
    """

    immutable_outputs = True  # shap need not copy what it is given

    def __init__(self, background: "npt.NDArray[np.float64]") -> None:
        self._background = background
        self.shape = background.shape

    def __call__(self, mask: Any, row: Any) -> tuple[Any]:  # noqa: ANN401 - shap has no types
        import numpy as np

        return (np.where(mask, row, self._background),)

    def invariants(self, row: Any) -> Any:  # noqa: ANN401 - shap has no types
        """Say where a background value is the row's own, so that the model is not asked twice."""
        return row == self._background


@contextmanager
def _own_randomness() -> Iterator[None]:
    """Give numpy's global generator back as it was: shap seeds it, and others may use it."""
    import numpy as np

    before = np.random.get_state()  # noqa: NPY002 - shap uses the global generator
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002 - as above
