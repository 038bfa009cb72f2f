"""Made-up decisions in the proportions of a UK council: 2 sexes, 7 age bands, 18 ethnic groups."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rai_check.project.table_file import TableFile

if TYPE_CHECKING:
    import pandas as pd

FIVE = (0.85, 0.06, 0.04, 0.03, 0.02)
SEX = (0.51, 0.49)
AGE = (0.18, 0.12, 0.14, 0.13, 0.14, 0.12, 0.17)
EIGHTEEN = (
    0.744, 0.009, 0.002, 0.062, 0.008, 0.004, 0.008, 0.008, 0.031,
    0.027, 0.011, 0.007, 0.016, 0.025, 0.010, 0.005, 0.006, 0.017,
)  # fmt: skip
"""Rounded shares of the 18 groups (Roma left out) of the 2021 Census of England and Wales."""
COLUMNS = ("sex", "age", "ethnicity")
PREFIXES = (("sex", SEX), ("age", AGE), ("eth", EIGHTEEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Shares of groups, adding up to one."""

    name: str
    shares: NDArray[np.float64]


def shares_of(*shares: tuple[float, ...]) -> NDArray[np.float64]:
    """Shares of every crossing of independent characteristics, added up to one."""
    found = np.ones(1)
    for one in shares:
        found = np.outer(found, np.array(one) / sum(one)).ravel()
    return found


GROUPS = (
    Shares(name="5", shares=shares_of(FIVE)),
    Shares(name="18", shares=shares_of(EIGHTEEN)),
    Shares(name="252", shares=shares_of(SEX, AGE, EIGHTEEN)),
)


SETS = (*((column,) for column in COLUMNS), COLUMNS)
"""What groups are made of: each characteristic, and all of them crossed."""
RATES = ("selection", "tpr", "fpr", "fnr", "tnr", "precision", "npv", "accuracy")


def names(prefix: str, shares: tuple[float, ...]) -> list[str]:
    """Names of the groups of one characteristic."""
    return [f"{prefix}{i:02d}" for i in range(len(shares))]


def declared() -> TableFile:
    """What a project would declare of the table."""
    groups = {
        column: {"means": "group", "labels": {v: v for v in names(prefix, shares)}}
        for column, (prefix, shares) in zip(COLUMNS, PREFIXES, strict=True)
    }
    predicted = {"means": "prediction", "positive": ["1"], "positive_is": "favourable"}
    truth = {"means": "truth", "positive": ["1"]}
    columns = {**groups, "predicted": predicted, "truth": truth}
    return TableFile.model_validate({"path": "f.csv", "role": "decisions", "columns": columns})


def decisions(rows: int, seed: int = 20261123) -> "pd.DataFrame":
    """Rows with three characteristics, a truth and a prediction, right four times in five."""
    import pandas as pd

    generator = np.random.default_rng(seed)

    def drawn(shares: tuple[float, ...], prefix: str) -> NDArray[np.str_]:
        every = np.array(names(prefix, shares))
        return every[generator.choice(len(shares), rows, p=shares_of(shares))]

    truth = generator.random(rows) < 0.3  # noqa: PLR2004 - the base rate
    right = generator.random(rows) < 0.8  # noqa: PLR2004 - the accuracy
    return pd.DataFrame(
        {
            **{c: drawn(s, p) for c, (p, s) in zip(COLUMNS, PREFIXES, strict=True)},
            "truth": truth.astype(np.int64),
            "predicted": np.where(right, truth, ~truth).astype(np.int64),
        }
    )
