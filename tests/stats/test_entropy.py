import csv
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.stats.entropy import generalised_entropy, theil

DATA = Path(__file__).parents[2] / "../shared/data"


def row_by_row(tp: int, fp: int, fn: int, tn: int, alpha: float) -> float:
    """The definition, over people."""
    benefits = np.repeat([1.0, 2.0, 0.0], [tp + tn, fp, fn])
    relative = benefits / benefits.mean()
    if alpha == 1:
        return float(np.mean([b * math.log(b) if b else 0.0 for b in relative]))
    return float(np.mean(relative**alpha - 1) / (alpha * (alpha - 1)))


def test_indices_by_hand() -> None:
    # 160 right, 15 false positives, 25 false negatives: mean benefit 190/200 = .95.
    # GE(2) = ((160 + 15 * 4)/200 / .9025 - 1)/2 = (1.1/.9025 - 1)/2 = .109418
    # Theil = (160 (1/.95) ln(1/.95) + 15 (2/.95) ln(2/.95))/200 = (8.63884 + 23.50868)/200
    assert generalised_entropy(40, 15, 25, 120) == pytest.approx(0.10942, abs=5e-6)
    assert theil(40, 15, 25, 120) == pytest.approx(0.16074, abs=5e-6)


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0, 3.5])
@pytest.mark.parametrize("table", [(40, 15, 25, 120), (0, 3, 9, 1), (5, 0, 4, 0), (0, 7, 0, 0)])
def test_index_equals_the_definition_over_people(
    table: tuple[int, int, int, int], alpha: float
) -> None:
    expected = row_by_row(*table, alpha)
    assert generalised_entropy(*table, alpha=alpha) == pytest.approx(expected, abs=1e-12)


def test_index_is_nought_when_every_prediction_is_right() -> None:
    assert generalised_entropy(7, 0, 0, 9) == theil(7, 0, 0, 9) == 0.0


@given(st.tuples(*[st.integers(0, 10**6)] * 4), st.floats(0.1, 4))
def test_index_is_never_negative_and_order_one_is_the_limit(
    table: tuple[int, int, int, int], alpha: float
) -> None:
    if not table[0] + table[1] + table[3]:
        return
    assert generalised_entropy(*table, alpha=alpha) >= -1e-12
    assert generalised_entropy(*table, alpha=1 + 1e-6) == pytest.approx(theil(*table), abs=1e-3)


def compas() -> Counter[tuple[bool, bool]]:
    with (DATA / "compas" / "compas-scores-two-years-without-names.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return Counter(
            (row["two_year_recid"] == "1", row["score_text"] != "Low")
            for row in csv.DictReader(file)
            if row["race"] in {"African-American", "Caucasian"}
        )


def adult() -> Counter[tuple[bool, bool]]:
    with (DATA / "adult" / "lr_seed42_test_predictions.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return Counter((row["y"] == "1", row["pred"] == "1") for row in csv.DictReader(file))


@pytest.mark.parametrize(
    ("case", "rows", "source"),
    [
        ("compas_AA_vs_Caucasian", compas, "compas/compas-scores-two-years-without-names.csv"),
        ("adult_lr_sex", adult, "adult/lr_seed42_test_predictions.csv"),
    ],
)
def test_indices_equal_aif360_on_real_data(case: str, rows, source: str) -> None:
    golden = DATA / "peers" / "peer_values.json"
    if not golden.is_file() or not (DATA / source).is_file():
        pytest.skip("third-party data are not here")
    peer = json.loads(golden.read_text("utf-8"))[case]
    theirs = next(values for name, values in peer.items() if name.startswith("aif360"))
    cells = rows()
    table = (cells[True, True], cells[False, True], cells[True, False], cells[False, False])
    assert generalised_entropy(*table) == pytest.approx(
        theirs["generalized_entropy_index"], rel=1e-9
    )
    assert theil(*table) == pytest.approx(theirs["theil_index"], rel=1e-9)


@pytest.mark.parametrize(
    ("table", "alpha", "name"),
    [
        ((1.0, 2, 3, 4), 2.0, "tp"),
        ((1, 2, -3, 4), 2.0, "fn"),
        ((1, 2, 3, 4), 0.0, "alpha"),
        ((1, 2, 3, 4), math.inf, "alpha"),
        ((0, 0, 0, 0), 2.0, "tp, fp and tn"),
        ((0, 0, 5, 0), 2.0, "tp, fp and tn"),
    ],
)
def test_impossible_tables_are_refused(table, alpha: float, name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must"):
        generalised_entropy(*table, alpha=alpha)
