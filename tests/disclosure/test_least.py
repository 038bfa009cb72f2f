"""An estimate from which a count under ten could be worked out is in no report."""

import pytest

from builders import SOURCE
from projects import GROUP, PREDICTION, TRUTH, decisions, write_project
from rai_check.assess import Options, run
from rai_check.disclosure import public
from rai_check.reports import FORMATS

COLUMNS = {
    "group": GROUP,
    "says": PREDICTION,
    "truth": TRUTH,
    "score": {"means": "score"},
    "hours": {"means": "amount"},
    "days": {"means": "wait"},
}
HEADER = "group,says,truth,score,hours,days"
CHECKS = {
    "recall": ("value", {"check": "group-metric", "with": {"metric": "recall_score"}}),
    "ranking": ("value", {"check": "group-metric", "with": {"metric": "roc_auc_score"}}),
    "balanced": ("difference", {"check": "balanced-error"}),
    "auc": ("difference", {"check": "auc"}),
    "calibration": ("difference", {"check": "calibration"}),
    "mean": ("value", {"check": "mean-gap"}),
    "wait": ("value", {"check": "waiting-time"}),
    "median": ("value", {"check": "waiting-time", "with": {"measure": "median"}}),
}


def cells(group, tp, fn, tn, fp):
    """Rows whose score, amount and wait are 1 where picked and 0 where not."""
    kinds = [("yes,yes", 1, tp), ("no,yes", 0, fn), ("no,no", 0, tn), ("yes,no", 1, fp)]
    return [f"{group},{kind},{v},{v},{v}" for kind, v, n in kinds for _ in range(n)]


def assessed(folder, name, lines):
    of, part = CHECKS[name]
    limit = {"of": of, "min": "-0.2", "max": "0.2", "whose": "w"}
    control = {"title": "T", "why": "W", "source": SOURCE, "severity": "high", "stage": "approve"}
    control |= {"per": "group", "parts": [{**part, "limit": limit}]}
    path = write_project(
        folder,
        lines=lines,
        header=HEADER,
        tables={"decisions": decisions(**COLUMNS)},
        controls={"AA-01": control},
    )
    return run(path, Options())


def estimates(assessment):
    item = public(assessment).items[0]
    shown = [line.measurement for line in item.lines]
    return [m for m in (*shown, *item.information) if m.kind == "estimate"], item.lines


# Of the 25 of group A that needed it 3 were picked; nobody of it who did not need it was, so that
# its score, amount and wait are 1 for those 3 alone.
SMALL = cells("a", 3, 22, 60, 0) + cells("b", 150, 150, 200, 100)
LARGE = cells("a", 300, 220, 330, 120) + cells("b", 150, 150, 200, 100)


@pytest.mark.parametrize("name", sorted({*CHECKS} - {"calibration"}))
def test_no_number_is_shown_where_three_of_twenty_five_are_behind_it(tmp_path, name):
    assessment = assessed(tmp_path, name, SMALL)

    found, lines = estimates(assessment)

    of_a = [m for m in found if ("group", "Group A") in m.where or m.against is not None]
    assert all(m.effect is None and m.interval is None for m in of_a)
    assert all(line.decided_by is None and line.planning is None for line in lines)
    true = [
        m.evidence.value
        for m in assessment.measurements.items[0].parts[0].result.measurements
        if m.evidence.kind == "estimate" and m.least is not None and m.least < 10
    ]
    for form in ("terminal", "markdown", "html", "junit"):
        text = str(FORMATS[form].render(assessment))
        assert not [
            v for v in true if v % 1 and (f"{v:.3f}" in text or f"{abs(v):.3g} less" in text)
        ]


def test_no_calibration_is_shown_where_three_have_the_outcome(tmp_path):
    lines = ["a,yes,yes,0.5,1,1"] * 3 + ["a,no,no,0.5,0,0"] * 37 + cells("b", 150, 150, 200, 100)

    found, _ = estimates(assessed(tmp_path, "calibration", lines))

    assert not [m for m in found if m.effect is not None and ("group", "Group A") in m.where]


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_number_is_shown_where_many_are_behind_every_count(tmp_path, name):
    assessment = assessed(tmp_path, name, LARGE)

    measured = assessment.measurements.items[0].parts[0].result.measurements
    judged = [m for m in measured if not m.information and m.evidence.kind == "estimate"]
    assert all(m.least is not None and m.least >= 10 for m in judged)
    found, _ = estimates(assessment)
    assert judged == [] or any(m.effect is not None for m in found)
