"""The shipped policy's controls about data: one planted defect turns one of them red, and no other.

Sizes make every outcome certain: what is counted is counted whole, and what is tested is tested
far from its limit.
"""

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, write_project
from rai_check.cli.data_controls import judged_controls
from rai_check.outcome import Outcome

RACE = {**GROUP, "characteristic": "race", "not_known": ["-"]}
CASE = {"means": "case", "purpose": "Which case."}
DAY = {"means": "date", "written": "dd/mm/yyyy", "purpose": "When it was decided."}
NHS = {"means": "other", "identifier": {"kinds": ["nhs number"], "why": "To join."}}
COLUMNS = {
    "ref": CASE,
    "group": RACE,
    "says": {**PREDICTION, "negative": ["no"]},
    "true": {**TRUTH, "negative": ["no"]},
    "day": DAY,
    "wait": {"means": "wait"},
    "why": {"means": "reason", "required": "always"},
    "nhs": NHS,
}
N = 1000
VALID = "9434765919"


def rows():
    """A thousand clean rows, with a truth missing for one in twenty of either group."""
    return [
        {
            "ref": f"R{i}",
            "group": "ab"[i % 2],
            "says": ["yes", "no"][i // 2 % 2],
            "true": "" if i // 2 % 20 == 0 else ["yes", "no"][i % 3 % 2],
            "day": f"{1 + i % 28:02d}/{1 + i % 12:02d}/2025",
            "wait": str(i % 50),
            "why": "late",
            "nhs": VALID,
        }
        for i in range(N)
    ]


def spoilt(column, value, share, *, among=lambda _: True):
    """The same rows with a value in a share of those of one sort."""
    found = rows()
    chosen = [row for row in found if among(row)]
    for row in chosen[: round(share * len(chosen))]:
        row[column] = value
    return found


def outcomes(folder, found):
    header = list(found[0])
    table = {
        **decisions(**COLUMNS),
        "covers": {"column": "day", "from": "2025-01-01", "to": "2025-12-31"},
    }
    path = write_project(
        folder,
        lines=[",".join(row[name] for name in header) for row in found],
        header=",".join(header),
        tables={"decisions": table},
        policy="uk-local-government",
        stage="approve",
    )
    items = judged_controls(path).judgement.items
    return {i.id: i.outcome for i in items if not i.id.startswith("FA-04")}


CLEAN = {
    "DP-04": Outcome.PASS,
    "DP-12": Outcome.PASS,
    "DP-13": Outcome.PASS,
    "DP-14[group]": Outcome.PASS,
}


def test_clean_data_passes_every_control(tmp_path):
    assert outcomes(tmp_path, rows()) == CLEAN


DEFECTS = {
    "an undeclared column": ("DP-04", [{**row, "religion": "x"} for row in rows()]),
    "3% of identifiers mistyped": ("DP-12", spoilt("nhs", "9434765918", 0.03)),
    "3% of answers that nobody declares": ("DP-12", spoilt("says", "perhaps", 0.03)),
    "1% of days in no calendar": ("DP-12", spoilt("day", "31/02/2025", 0.01)),
    "3% of waits that are words": ("DP-12", spoilt("wait", "soon", 0.03)),
    "one case twice": ("DP-12", spoilt("ref", "R999", 0.001)),
    "one reference cut short": ("DP-12", spoilt("ref", "1.23457E+11", 0.001)),
    "1% of rows of another year": ("DP-12", spoilt("day", "01/06/2024", 0.01)),
    "a fifth of reasons missing, alike in both groups": ("DP-13", spoilt("why", "", 0.2)),
    "a quarter of truths missing in one group": (
        "DP-14[group]",
        spoilt("true", "", 0.25, among=lambda row: row["group"] == "a"),
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_one_defect_turns_its_control_red_and_no_other(tmp_path, defect):
    control, found = DEFECTS[defect]

    assert outcomes(tmp_path, found) == {**CLEAN, control: Outcome.FAIL}


@pytest.mark.parametrize(
    "found",
    [
        spoilt("nhs", "9434765918", 0.02),  # 98.00% are valid: the limit itself is inside
        spoilt("day", "31/02/2025", 0.005),
        spoilt("wait", "", 0.5),  # not asked for, and missing alike
    ],
)
def test_data_at_the_edge_of_a_limit_passes(tmp_path, found):
    assert outcomes(tmp_path, found)["DP-12"] is Outcome.PASS


def test_characteristic_that_is_mostly_not_stated_fails(tmp_path):
    assert outcomes(tmp_path, spoilt("group", "-", 0.4))["DP-13"] is Outcome.FAIL
