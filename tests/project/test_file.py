"""`rai.yaml`: what is declared is declared whole, and nothing is guessed."""

import pytest
import yaml

from projects import GROUP, PREDICTION, decisions, write_project
from rai_check.errors import UsageError
from rai_check.outcome import Stage
from rai_check.project import read_project


def fault(folder, **changes):
    with pytest.raises(UsageError) as caught:
        read_project(write_project(folder, **changes))
    text = str(caught.value)
    assert text.startswith("rai.yaml line")
    assert "\n" not in text
    return text


def table(**columns):
    return {"decisions": decisions(**columns)}


def test_whole_project_is_read(tmp_path):
    found, loaded = read_project(write_project(tmp_path))

    assert found.stage is Stage.RELEASE
    assert found.tables["decisions"].columns["says"].positive == ("yes",)
    assert len(loaded.sha256) == 64


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ({"means": "prediction", "positive_is": "favourable"}, "never guessed"),
        ({"means": "prediction", "positive": ["yes"]}, "positive_is"),
        ({**PREDICTION, "at_least": "0.5"}, "never guessed"),
        ({**PREDICTION, "not_known": ["yes"]}, "both 'positive' and 'not_known'"),
        ({"means": "predication"}, "Did you mean 'prediction'"),
        ({"means": "other", "labels": {"a": "A"}}, "belong to 'means: group'"),
        ({"means": "other", "positive": ["x"]}, "belong to a prediction"),
        ({"means": "group", "codes": "sex", "labels": {"M": "Men"}}, "only add to it"),
        ({"means": "group", "codes": "sex", "not_known": ["F"]}, "a group of the code list"),
        ({**GROUP, "not_known": ["a"]}, "both in 'labels' and 'not_known'"),
        ({"means": "group", "codes": "dfe-ethnicty"}, "Did you mean 'dfe-ethnicity'"),
        ({"means": "group", "characteristic": "ethnicity"}, "characteristic"),
    ],
)
def test_column_that_contradicts_itself_is_refused(tmp_path, column, says):
    assert says in fault(tmp_path, tables=table(x=column))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"schema": "rai-project/2"}, "must be 'rai-project/1'; got 'rai-project/2'"),
        ({"polcy": "x"}, "Did you mean 'policy'"),
        ({"stage": "relase"}, "Did you mean 'release'"),
        (
            {"characteristics": {"race": {"position": "held"}}},
            "no column of the decisions table records it",
        ),
        ({"characteristics": {"age": {"position": "not_held"}}}, "needs 'why'"),
        ({"characteristics": {"age": {"position": "not_applicable"}}}, "needs 'why_in_law'"),
        ({"characteristics": {"height": {"position": "held"}}}, "characteristics"),
        ({"fairness_plan": {}}, "required"),
        ({"tables": {"a": decisions(), "b": decisions()}}, "two tables have the role"),
        (
            {"model": {"path": "m", "table": "x", "features": ["f"], "positive_class": "1"}},
            "not among 'tables'",
        ),
        ({"system": {"name": ""}}, "'system.name' is empty"),
    ],
)
def test_project_that_contradicts_itself_is_refused(tmp_path, changes, says):
    assert says in fault(tmp_path, **changes)


def test_column_that_records_a_characteristic_needs_a_matching_position(tmp_path):
    tables = table(x={**GROUP, "characteristic": "race"})
    positions = {"race": {"position": "not_held", "why": "w"}}

    assert "a column of the decisions table records it" in fault(
        tmp_path, tables=tables, characteristics=positions
    )


def test_base_rate_is_a_rate(tmp_path):
    plan = yaml.safe_load((write_project(tmp_path)).read_text())["fairness_plan"]

    assert "base_rate" in fault(tmp_path, fairness_plan={**plan, "base_rate": "1.5"})
