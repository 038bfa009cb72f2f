"""Trees: every index has to lead on, within the tree and within the columns."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import (
    BaggingClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from sklearn.tree._tree import Tree

from rai_check.errors import DataError
from rai_check.models.trees import check_trees, parts, silence

ROWS = np.column_stack([np.arange(40.0), np.tile([0.0, 1.0], 20)])
LABELS = (ROWS[:, 0] % 7 > 3).astype(int)


@pytest.mark.parametrize(
    "model",
    [
        DecisionTreeClassifier(max_leaf_nodes=5),
        RandomForestClassifier(3),
        GradientBoostingClassifier(n_estimators=3),
        BaggingClassifier(DecisionTreeClassifier(), 3, max_features=1),
        HistGradientBoostingClassifier(max_iter=3, categorical_features=[1]),
        make_pipeline(StandardScaler(), RandomForestClassifier(3)),
    ],
    ids=lambda model: type(model).__name__,
)
def test_trees_when_scikit_learn_wrote_them_lead_nowhere_else(model: Any) -> None:
    model.fit(ROWS, LABELS)
    check_trees(model, where="m.skops")  # raises nothing
    assert any(isinstance(part, Tree | TreePredictor) for part in parts(model))


def with_nodes(change: Callable[[Any], None]) -> DecisionTreeClassifier:
    """Fit a tree, and put nodes in it that scikit-learn would not have written."""
    model = DecisionTreeClassifier(random_state=0).fit(ROWS, LABELS)
    state = model.tree_.__getstate__()
    state["nodes"] = state["nodes"].copy()
    change(state["nodes"])
    model.tree_ = Tree(*model.tree_.__reduce__()[1])
    model.tree_.__setstate__(state)
    return model


@pytest.mark.parametrize(
    ("field", "value"),
    [(side, value) for side in ("left_child", "right_child") for value in (10**6, -2, 0)]
    + [("feature", 10**6), ("feature", -2), ("feature", 2)],  # of columns 0 and 1
)
def test_tree_when_an_index_leads_out_or_round(field: str, value: int) -> None:
    model = with_nodes(lambda nodes: nodes[field].__setitem__(0, value))
    with pytest.raises(DataError, match="leads out of itself"):
        check_trees(model, where="m.skops")


def test_tree_when_it_was_grown_on_more_columns_than_its_owner_is_fed() -> None:
    model = DecisionTreeClassifier().fit(ROWS, LABELS)
    model.n_features_in_ = 1
    with pytest.raises(DataError, match="leads out of itself"):
        check_trees(model, where="m.skops")


@pytest.mark.parametrize("field", ["left", "right", "feature_idx", "bitset_idx"])
def test_boosted_tree_when_an_index_leads_out(field: str) -> None:
    frame = pd.DataFrame({"a": np.tile([0.0, 1.0, 2.0, 3.0], 60)})
    model = HistGradientBoostingClassifier(max_iter=2, categorical_features=[0])
    model.fit(frame, frame.a.isin([1.0, 2.0]))
    check_trees(model, where="m.skops")
    nodes = model._predictors[0][0].nodes
    assert nodes["is_categorical"][0]
    nodes[field][0] = 10**6
    with pytest.raises(DataError, match="leads out of itself"):
        check_trees(model, where="m.skops")


def test_parts_when_objects_hold_one_another_are_given_once() -> None:
    forest = RandomForestClassifier(3, n_jobs=2, verbose=1)
    round_trip: list[Any] = [forest, {"again": forest}]
    round_trip.append(round_trip)
    boosted = np.array([[forest]], dtype=object)
    found = list(parts((round_trip, boosted, {forest})))
    assert sum(part is forest for part in found) == 1
    silence(round_trip)
    assert (forest.n_jobs, forest.verbose) == (1, 0)
