"""Scores by group, by the truth and by bins: the histogram behind calibration and ranking."""

from rai_check.check import Missing
from rai_check.fairness.edges import UNIT, value_edges
from rai_check.fairness.metrics import KNOWN, Metric
from rai_check.fairness.numbers import Numbers, numbers_of
from rai_check.fairness.outcomes import YES
from rai_check.measurement import Undefined
from rai_check.project.columns import Meaning
from rai_check.project.role_table import RoleTable

MOST_IN_A_BIN = 1 / 256
"""A bin of 1,024 with a greater share of the rows hides too much of their order."""


def score_column(table: RoleTable) -> str:
    """Name of the score: the column that means it, or a prediction that is held as a score.

    Raises:
        Missing: when the project declares neither.
        DataError: when the column declared is not in the file.
    """
    if found := table.columns(Meaning.SCORE):
        return found[0]
    predictions = table.columns(Meaning.PREDICTION)
    if predictions and table.spec.columns[predictions[0]].at_least is not None:
        return predictions[0]
    raise Missing(
        f"no column of table {table.name!r} means 'score', and its prediction is not held as a "
        "score with 'at_least'"
    )


def of_score(name: str, nobody: str) -> Metric:
    """A metric among the rows whose score and truth are both known; its events are true ones."""
    among = frozenset((YES, truth) for truth in KNOWN)
    return Metric(
        id=name,
        name=name,
        event=frozenset({(YES, YES)}),
        among=among,
        usable=among,
        effect="difference",
        harm="declared",
        nobody=nobody,
    )


def unit_scores(table: RoleTable, by: str) -> Numbers:
    """Scores by group and truth in 1,024 equal bins from 0 to 1, and whatever is outside."""
    return numbers_of(table, by, score_column(table), edges=UNIT, truth=True)


def ranked_scores(table: RoleTable, by: str) -> Numbers:
    """Scores by group and truth, of any range, in bins fine enough to rank them.

    The equal bins from 0 to 1 where they spread the scores; otherwise bins from the values.
    """
    scores = unit_scores(table, by)
    held = scores.all_rows.histogram()
    fine = held.max(initial=0) <= MOST_IN_A_BIN * held.sum()
    if fine and not outside(scores):
        return scores
    edges = value_edges(table, scores.column)
    return numbers_of(table, by, scores.column, edges=edges, truth=True)


def outside(scores: Numbers) -> int:
    """How many rows hold a score outside 0 to 1."""
    beyond = (scores.lower < 0) | (scores.lower > 1)
    return int(scores.all_rows.n[:, beyond].sum())


def out_of_range(scores: Numbers) -> Undefined | None:
    """A refusal where scores are not probabilities."""
    if not (rows := outside(scores)):
        return None
    text = f"{rows:,} rows hold a score outside 0 to 1 in column {scores.column!r}, so it is no "
    text += "probability that could be too high or too low; put them right, or declare the value "
    text += "under 'not_known'"
    return Undefined(code="score_range", text=text, mendable=True)
