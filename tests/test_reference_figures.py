"""Published figures on third-party data, reached through whole project files.

The data is not part of the project; without it these tests are skipped.
"""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from rai_check.assess import run
from rai_check.measuring import Options
from rai_check.outcome import Outcome

PROJECTS = Path(__file__).parent / "reference"
DATA = Path(__file__).parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="third-party reference data is not here")


def assess(folder, name, *, file=None, frame=None):
    shutil.copytree(PROJECTS, folder, dirs_exist_ok=True)
    if file is not None:
        (folder / name / file.name).symlink_to(file)
    frames = {} if frame is None else {"decisions": frame}
    return run(folder / name / "rai.yaml", Options(frames=frames))


def rates(assessment, item_id):
    """(x, n) of each group, from the evidence that was judged."""
    (item,) = [i for i in assessment.judgement.items if i.id == item_id]
    found = [line.measurement for line in item.lines]
    return {label: (m.evidence.x, m.evidence.n) for m in found for _, label in m.where}


def rounded(found, places):
    return {label: round(x / n, places) for label, (x, n) in found.items()}


def test_compas_reaches_the_published_error_rates(tmp_path):
    file = DATA / "compas" / "compas-scores-two-years-without-names.csv"
    found = assess(tmp_path, "compas", file=file)

    wrong, missed = rates(found, "FA-09[race]"), rates(found, "FA-08[race]")

    assert rounded(wrong, 4)["African-American"] == 0.4485
    assert rounded(wrong, 4)["Caucasian"] == 0.2345
    assert rounded(missed, 4)["African-American"] == 0.2799
    assert rounded(missed, 4)["Caucasian"] == 0.4772
    listed = json.loads((DATA / "peers" / "reference_figures.json").read_text())
    for label, figures in listed["compas"]["unfiltered_7214"].items():
        assert wrong[label] == (figures["fp"], figures["fp"] + figures["tn"])
        assert missed[label] == (figures["fn"], figures["fn"] + figures["tp"])


def test_compas_disparity_is_a_confirmed_failure(tmp_path):
    file = DATA / "compas" / "compas-scores-two-years-without-names.csv"
    found = assess(tmp_path, "compas", file=file)

    outcomes = {i.id: i.outcome for i in found.judgement.items}

    assert set(outcomes.values()) == {Outcome.FAIL}


def test_adult_reaches_fairlearns_figures(tmp_path):
    found = assess(tmp_path, "adult", file=DATA / "adult" / "lr_seed42_test_predictions.csv")

    selected = {k: x / n for k, (x, n) in rates(found, "FA-06[sex]").items()}
    missed, wrong = rates(found, "FA-08[sex]"), rates(found, "FA-09[sex]")

    assert round(selected["Male"] - selected["Female"], 6) == 0.173310
    assert round(selected["Female"] / selected["Male"], 6) == 0.325048
    gaps = [
        abs(r["Male"][0] / r["Male"][1] - r["Female"][0] / r["Female"][1]) for r in (missed, wrong)
    ]
    assert round(max(gaps), 6) == 0.074100
    errors = sum(x for r in (missed, wrong) for x, _ in r.values())
    assert round(1 - errors / sum(n for r in (missed, wrong) for _, n in r.values()), 4) == 0.8540


def stops():
    files = sorted((DATA / "stop_and_search").glob("*.csv"))
    assert len(files) == 21
    return pd.concat([pd.read_csv(f, dtype=str, encoding="utf-8-sig") for f in files])


def test_stop_and_search_reaches_its_rates_on_known_outcomes(tmp_path):
    found = assess(tmp_path, "stop_and_search", frame=stops())

    assert rounded(rates(found, "FA-06[Officer-defined ethnicity]"), 4) == {
        "White": 0.2302, "Black": 0.2414, "Asian": 0.2448, "Other": 0.2662,
    }  # fmt: skip


def test_stop_and_search_reaches_its_rates_with_blank_outcomes_as_no_action(tmp_path):
    frame = stops()
    assert int(frame["Outcome"].isna().sum()) == 316
    found = assess(tmp_path, "stop_and_search", frame=frame.fillna({"Outcome": "blank"}))

    assert rounded(rates(found, "FA-06[Officer-defined ethnicity]"), 4) == {
        "White": 0.2270, "Black": 0.2389, "Asian": 0.2414, "Other": 0.2630,
    }  # fmt: skip
