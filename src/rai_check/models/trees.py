"""The objects inside a model: made quiet, and the indices inside its trees looked at.

scikit-learn follows the indices in a tree without checking them, so that a damaged or crafted
file can crash the process or read memory that is not its own when the model predicts
(scikit-learn pull request 34558). What can be checked of a tree by itself is checked here; what
depends on how an ensemble was put together cannot be, which is why a model with trees also has
to be pinned: see `rai_check.models.pinning`.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from rai_check.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_LEAF = -1


def parts(root: object) -> Iterator[object]:
    """Yield every object that `root` is made of, itself first, each once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part is None or isinstance(part, str | bytes | bool | int | float) or id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        waiting.extend(_held(part))


def silence(root: object) -> None:
    """Make every estimator work in one process and print nothing: results must repeat."""
    for part in parts(root):
        for name, value in (("n_jobs", 1), ("verbose", 0)):
            if name in getattr(part, "__dict__", {}):
                setattr(part, name, value)


def check_trees(root: object, *, where: str) -> None:
    """Look at every tree of a model that was loaded.

    Args:
        root: the model.
        where: its file, for messages.

    Raises:
        DataError: an index leads out of its tree or its columns.
    """
    if any(fault for part in parts(root) for fault in _faults(part)):
        raise DataError(f"{where} holds a tree that leads out of itself: the file is damaged.")


def _held(part: object) -> Iterator[object]:
    import numpy as np

    if isinstance(part, dict):
        yield from part.values()
    elif isinstance(part, list | tuple | set | frozenset):
        yield from part
    elif isinstance(part, np.ndarray):
        yield from part.ravel().tolist() if part.dtype == object else ()
    elif isinstance(part, partial):
        yield from (part.func, *part.args, *part.keywords.values())
    if not isinstance(part, type):
        yield from getattr(part, "__dict__", {}).values()


def _faults(part: Any) -> Iterator[bool]:  # noqa: ANN401 - any object of a model
    """Yield, for each tree that `part` is or owns, whether something is wrong with it."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.tree import BaseDecisionTree
    from sklearn.tree._tree import Tree

    if isinstance(part, Tree):
        inner = part.children_left != _LEAF
        edges = (part.children_left, part.children_right)
        yield not _leads_on(inner, edges, part.feature, part.n_features)
    elif isinstance(part, BaseDecisionTree) and hasattr(part, "tree_"):
        yield part.tree_.n_features != part.n_features_in_
    elif isinstance(part, HistGradientBoostingClassifier | HistGradientBoostingRegressor):
        for predictor in (p for several in getattr(part, "_predictors", ()) for p in several):
            yield _wrong(predictor, part.n_features_in_)


def _wrong(predictor: Any, columns: int) -> bool:  # noqa: ANN401 - scikit-learn has no types
    nodes = predictor.nodes
    inner = nodes["is_leaf"] == 0
    by_category = inner & (nodes["is_categorical"] != 0)
    sets_of_categories = nodes["bitset_idx"][by_category] < len(predictor.raw_left_cat_bitsets)
    edges = (nodes["left"], nodes["right"])
    return not (
        _leads_on(inner, edges, nodes["feature_idx"], columns) and bool(sets_of_categories.all())
    )


def _leads_on(
    inner: "npt.NDArray[np.bool_]",
    edges: "tuple[npt.NDArray[Any], npt.NDArray[Any]]",
    feature: "npt.NDArray[Any]",
    columns: int,
) -> bool:
    """Whether every inner node splits on a column there is and leads to later nodes there are.

    Later, because scikit-learn writes parents before children, so that no walk can go round.
    """
    import numpy as np

    own = np.flatnonzero(inner)
    split = feature[own].astype(np.int64)
    on = all(
        ((to := side[own].astype(np.int64)) > own).all() and (to < len(inner)).all()
        for side in edges
    )
    return bool(len(inner)) and bool(on and (split >= 0).all() and (split < columns).all())
