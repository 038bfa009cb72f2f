"""The metrics that may be asked for by name: one table, nothing else is called."""

from collections.abc import Mapping
from types import MappingProxyType

from rai_check.errors import did_you_mean
from rai_check.metric_frames import formulas as f
from rai_check.metric_frames.named import Named

_CLASSES = ("labels", (0, 1))
_ALL = (
    Named(
        id="selection_rate", title="selection rate", home="fairlearn.metrics", kind="labels",
        among=("everyone",), value=f.mean_said, rate="selection", needs_truth=False,
    ),
    Named(
        id="true_positive_rate", title="true positive rate", home="fairlearn.metrics",
        kind="labels", among=("needed",), value=f.recall, rate="tpr",
    ),
    Named(
        id="false_negative_rate", title="false negative rate", home="fairlearn.metrics",
        kind="labels", among=("needed",), value=f.miss_rate, rate="fnr",
    ),
    Named(
        id="false_positive_rate", title="false positive rate", home="fairlearn.metrics",
        kind="labels", among=("not needed",), value=f.fall_out, rate="fpr",
    ),
    Named(
        id="true_negative_rate", title="true negative rate", home="fairlearn.metrics",
        kind="labels", among=("not needed",), value=f.specificity, rate="tnr",
    ),
    Named(
        id="accuracy_score", title="accuracy", home="sklearn.metrics", kind="labels",
        among=("everyone",), value=f.accuracy,
    ),
    Named(
        id="zero_one_loss", title="share wrong", home="sklearn.metrics", kind="labels",
        among=("everyone",), value=f.zero_one_loss,
    ),
    Named(
        id="balanced_accuracy_score", title="balanced accuracy", home="sklearn.metrics",
        kind="labels", among=("needed", "not needed"), value=f.balanced_accuracy,
    ),
    Named(
        id="precision_score", title="precision", home="sklearn.metrics", kind="labels",
        among=("picked",), value=f.precision, rate="precision",
    ),
    Named(
        id="recall_score", title="recall", home="sklearn.metrics", kind="labels",
        among=("needed",), value=f.recall, rate="tpr",
    ),
    Named(
        id="f1_score", title="F1 score", home="sklearn.metrics", kind="labels",
        among=("needed",), value=f.f1,
    ),
    Named(
        id="jaccard_score", title="Jaccard score", home="sklearn.metrics", kind="labels",
        among=("needed",), value=f.jaccard,
    ),
    Named(
        id="matthews_corrcoef", title="Matthews correlation", home="sklearn.metrics",
        kind="labels", among=("needed", "not needed", "picked", "passed over"), value=f.matthews,
    ),
    Named(
        id="cohen_kappa_score", title="Cohen's kappa", home="sklearn.metrics", kind="labels",
        among=("needed", "not needed"), value=f.kappa, fixed=(_CLASSES,),
    ),
    Named(
        id="roc_auc_score", title="AUC", home="sklearn.metrics", kind="ranks",
        among=("needed", "not needed"), value=f.auc,
    ),
    Named(
        id="average_precision_score", title="average precision", home="sklearn.metrics",
        kind="ranks", among=("needed", "not needed"), value=f.average_precision,
    ),
    Named(
        id="brier_score_loss", title="Brier score", home="sklearn.metrics", kind="means",
        among=("everyone",), value=f.squared, within_1=True, fixed=(("pos_label", 1),),
    ),
    Named(
        id="log_loss", title="log loss", home="sklearn.metrics", kind="means",
        among=("everyone",), value=f.log_loss, within_1=True, fixed=(_CLASSES,),
    ),
    Named(
        id="mean_absolute_error", title="mean absolute error", home="sklearn.metrics",
        kind="means", among=("everyone",), value=f.absolute, within_1=True,
    ),
    Named(
        id="mean_squared_error", title="mean squared error", home="sklearn.metrics",
        kind="means", among=("everyone",), value=f.squared, within_1=True,
    ),
    Named(
        id="mean_prediction", title="mean prediction", home="fairlearn.metrics", kind="means",
        among=("everyone",), value=f.mean_said, needs_truth=False,
    ),
)  # fmt: skip
NAMED: Mapping[str, Named] = MappingProxyType({one.id: one for one in _ALL})
"""Every metric of the list, by its name in fairlearn or scikit-learn."""
_EXTREMES = ("_difference", "_ratio", "_group_min", "_group_max")


def known_metric(name: str) -> str:
    """Return a name that is on the list.

    Raises:
        ValueError: it is not; a largest or smallest over groups never is.
    """
    if name in NAMED:
        return name
    if name.endswith(_EXTREMES):
        raise ValueError(
            f"{name!r} is an extreme over groups, of which chance alone makes a gap where there is "
            "none; name the metric itself, and each group is compared"
        )
    if near := _near(name):
        raise ValueError(f"no metric {name!r} is on the list.{near}")
    raise ValueError(f"no metric {name!r} is on the list. There are: {', '.join(NAMED)}")


def _near(name: str) -> str:
    """A suggestion: the nearest spelling, or a name that has this one in it, such as ``f1``."""
    holding = [one for one in NAMED if name and name.lower() in one]
    found = f" Did you mean {holding[0]!r}?" if holding else ""
    return did_you_mean(name, NAMED) or found
