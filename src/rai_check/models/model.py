"""A model as the checks see it: text columns in, class labels or the score of one class out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from rai_check.errors import DataError
from rai_check.models.feed import Columns, Texts, categories, frame_of, numbers, texts_of
from rai_check.models.quiet import quietly
from rai_check.models.vocabulary import Vocabulary
from rai_check.tables.text import text_forms_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

_COULD_NOT = (
    "The model could not be run on these rows. Check that 'features' and 'numeric' say how it was "
    "fitted; cells are fed as text or float, missing ones as NaN"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A loaded classifier and how it is fed; made by `load_model`."""

    features: tuple[str, ...]
    numeric: tuple[str, ...]
    positive_class: str
    """In its text form, as every label here."""
    classes: tuple[str, ...]
    """Labels, in the model's own order."""
    score: Literal["probability", "decision score"]
    """What `positive_score` returns."""
    sha256: str
    notes: tuple[str, ...] = ()
    """Whole sentences for the reader, such as that scikit-learn is of another version."""
    vocabulary: Vocabulary = field(repr=False)
    fed: tuple[str, ...]
    """The features in the model's own order."""
    by_name: bool
    """Whether the model was fitted on named columns."""
    estimator: Any = field(repr=False)

    def column(self, name: str, texts: Texts) -> "npt.NDArray[Any]":
        """Return a feature's texts as the model is fed them: floats, or an array of objects.

        Raises:
            DataError: a value of a numeric feature is not a finite number.
        """
        if name in self.numeric:
            return numbers(name, texts)
        return categories(texts, self.vocabulary.get(name, {}))

    def frame(self, columns: Columns) -> "pd.DataFrame":
        """Return text columns as the model is fed them; columns it does not read are left out.

        Raises:
            DataError: a feature is not there, or as `column`.
        """
        return frame_of(
            {name: self.column(name, texts_of(columns, name)) for name in self.features}
        )

    def predict(self, columns: Columns) -> list[str]:
        """Return the label the model gives each row, in its text form.

        Raises:
            DataError: as `frame`, or the model fails on these rows.
        """
        fed = self._fed(self.frame(columns))
        if not len(fed):
            return []
        return quietly(lambda: labels(self.estimator.predict(fed).tolist()), _COULD_NOT)

    def positive_score(self, frame: "pd.DataFrame") -> "npt.NDArray[np.float64]":
        """Return the probability, or else the decision score, of the positive class, by row.

        Raises:
            DataError: the model fails on these rows, or a score is not finite.
        """
        import numpy as np

        fed = self._fed(frame)
        scores = quietly(lambda: np.asarray(self._scores(fed), float), _COULD_NOT)
        if scores.shape != (len(frame),) or not np.isfinite(scores).all():
            raise DataError("The model gives scores that are not one finite number a row.")
        return scores

    def _scores(self, fed: Any) -> Any:  # noqa: ANN401 - arrays of a library without types
        place = self.classes.index(self.positive_class)
        if self.score == "probability":
            return self.estimator.predict_proba(fed)[:, place]
        return self.estimator.decision_function(fed) * (1.0 if place else -1.0)

    def _fed(self, frame: "pd.DataFrame") -> Any:  # noqa: ANN401 - a frame or an array
        ordered = frame[list(self.fed)]
        return ordered if self.by_name else ordered.to_numpy()


def labels(values: Sequence[object]) -> list[str]:
    """Return class labels in the text form of tables: ints "1", booleans "true"."""
    return [form or "" for form in text_forms_of([str(value) for value in values])]
