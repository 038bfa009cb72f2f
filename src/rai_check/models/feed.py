"""From text columns to the data frame that a model is fed.

A table gives numbers as text too. What a model learnt as a number has to be declared so, because
"007" may be a number or a name; what it learnt as a category is looked up in its own vocabulary.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from rai_check.errors import DataError
from rai_check.tables import shown
from rai_check.tables.sql import NUMBER

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa

Texts: TypeAlias = "Sequence[str | None]"
Columns: TypeAlias = "Mapping[str, Texts] | pa.RecordBatch | pa.Table"
_NUMBER = re.compile(NUMBER)
_TRUTHS = {"true": 1.0, "false": 0.0}  # the text form of a column of booleans


def numbers(name: str, texts: Texts) -> "npt.NDArray[np.float64]":
    """Return texts as floats, NaN where missing.

    Raises:
        DataError: some are no finite numbers; not which, nor how many, as they may be few.
    """
    import numpy as np

    found = np.array([math.nan if text is None else _number(text) for text in texts], float)
    if np.isinf(found).any():
        raise DataError(
            f"Some values of column {shown(name)!r} are not finite numbers, "
            "but model.numeric says that the model is fed numbers; mend the column, or take it "
            "out of model.numeric if the model learnt text."
        )
    return found


def categories(texts: Texts, known: Mapping[str, object]) -> "npt.NDArray[np.object_]":
    """Return texts as the model knows them, others as they are, NaN where missing.

    NaN and not None, because that is what pandas reads and scikit-learn's imputers look for.
    """
    import numpy as np

    found = np.empty(len(texts), dtype=object)
    found[:] = [math.nan if text is None else known.get(text, text) for text in texts]
    return found


def frame_of(columns: "Mapping[str, npt.NDArray[Any]]") -> "pd.DataFrame":
    """Return a data frame that keeps each array's dtype: pandas would make text of objects."""
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series(array, dtype=array.dtype) for name, array in columns.items()}
    )


def texts_of(columns: Columns, name: str) -> Texts:
    """Return one column as a list of texts.

    Raises:
        DataError: it is not there.
    """
    try:
        column: Any = columns[name]
    except KeyError:
        raise DataError(f"The model is fed column {shown(name)!r}, which is not there.") from None
    texts: Texts = column.to_pylist() if hasattr(column, "to_pylist") else column
    return texts


def _number(text: str) -> float:
    """Return a finite number, or an infinity for what is none."""
    if _NUMBER.fullmatch(text):
        return float(text)
    return _TRUTHS.get(text, math.inf)
