"""Made-up decisions in the proportions of a UK council: 2 sexes, 7 age bands, 18 ethnic groups."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FIVE = (0.85, 0.06, 0.04, 0.03, 0.02)
SEX = (0.51, 0.49)
AGE = (0.18, 0.12, 0.14, 0.13, 0.14, 0.12, 0.17)
EIGHTEEN = (
    0.744, 0.009, 0.002, 0.062, 0.008, 0.004, 0.008, 0.008, 0.031,
    0.027, 0.011, 0.007, 0.016, 0.025, 0.010, 0.005, 0.006, 0.017,
)  # fmt: skip
"""Rounded shares of the 18 groups (Roma left out) of the 2021 Census of England and Wales."""
COLUMNS = ("sex", "age", "ethnicity")


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


def decisions(rows: int, seed: int = 20261123) -> pd.DataFrame:
    """Rows with three characteristics, a truth and a prediction, right four times in five."""
    generator = np.random.default_rng(seed)

    def drawn(shares: tuple[float, ...], prefix: str) -> NDArray[np.str_]:
        names = np.array([f"{prefix}{i:02d}" for i in range(len(shares))])
        return names[generator.choice(len(shares), rows, p=shares_of(shares))]

    truth = generator.random(rows) < 0.3  # noqa: PLR2004 - the base rate
    right = generator.random(rows) < 0.8  # noqa: PLR2004 - the accuracy
    return pd.DataFrame(
        {
            "sex": drawn(SEX, "sex"),
            "age": drawn(AGE, "age"),
            "ethnicity": drawn(EIGHTEEN, "eth"),
            "truth": truth.astype(np.int64),
            "predicted": np.where(right, truth, ~truth).astype(np.int64),
        }
    )
