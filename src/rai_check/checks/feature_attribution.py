"""Which columns a model's scores rest on, and how much on protected characteristics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from rai_check.check import Missing, check
from rai_check.errors import DataError
from rai_check.measurement import CheckResult, Estimate, Evidence, Measurement, Undefined, where_of
from rai_check.project import Meaning, Project, RoleTable
from rai_check.tables import shown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from rai_check.models import Model
    from rai_check.models.attribution import Attribution
    from rai_check.models.rows import Row

SHARE = "share resting on protected characteristics"
PER_COLUMN = "mean |SHAP|"
FEWEST = 10
"""Rows without which nothing is reported: a figure of fewer would speak of single people."""

_DIGITS = 12
_NOTHING = 1e-12
"""A sum of attributions, for scores of about one, that is rounding and no attribution."""


@check("feature-attribution", title="What the model rests on", needs=("model",))
def feature_attribution(
    project: Project,
    *,
    rows: Annotated[int, Field(ge=FEWEST, le=2000)] = 200,
    background: Annotated[int, Field(ge=1, le=200)] = 50,
) -> CheckResult:
    """Measure how much each column moves the model's score, on a sample of rows.

    What it measures
    For up to `rows` rows of the model's table, the Shapley values (SHAP) of the score that the
    model gives the positive class: what each column adds to or takes from it, compared with
    `background` other rows, over random orders of adding the columns. For each column, their
    mean size; over all columns, the share of that size which lies in columns that the project
    declares as recording a protected characteristic. Rows and orders are drawn by the project's
    seed, whatever the order of the table.

    Why it matters
    A model whose score rests on ethnicity, sex or disability treats people differently because of
    it. To treat a person less favourably because of a protected characteristic is, outside the
    exceptions of the Equality Act 2010, direct discrimination, which only for age can be
    justified. And officers must be able to say what a score rests on.

    How to read it
    A share of 0 means that, on these rows, no column declared as a protected characteristic
    moved the score; a share of 0.1 means that a tenth of all movement is theirs. Mean sizes are
    in the units of the score: 0.05 of a probability is five points on average. The interval
    speaks of the rows of this table that were not drawn; the draw of the background and of the
    orders is a further, smaller error that it leaves out.

    What it cannot tell you
    Whether another column stands in for a protected characteristic (a proxy): a share of 0 does
    not show that outcomes are alike between groups, so compare those as well. Whether a column
    causes the outcome; what happens to a person whose data changes. Columns that go together are
    taken apart as if they did not, on combinations of values that may never occur. Whether the
    use of a column is lawful. Anything about a protected characteristic in a column that the
    project does not declare as one.

    References
    Lundberg and Lee (2017), A unified approach to interpreting model predictions, NeurIPS 30;
    Štrumbelj and Kononenko (2014), Explaining prediction models and individual predictions with
    feature contributions, Knowledge and Information Systems 41(3); Equality Act 2010, section 13;
    ICO and The Alan Turing Institute, Explaining Decisions Made with AI.
    """
    from rai_check.models.attribution import attribute
    from rai_check.models.rows import sample_rows

    spec, model = project.file.model, project.model()
    if spec is None:
        raise Missing("the project declares no model")
    table = project.named(spec.table)
    drawn = sample_rows(table.data, model.features, rows, key=f"{project.seed}/rows")
    if len(drawn) < FEWEST:
        return _too_few(len(drawn))
    others = sample_rows(table.data, model.features, background, key=f"{project.seed}/background")
    _must_be_known(model, drawn)
    found = attribute(model, drawn, others, key=f"{project.seed}/orders")
    declared = _protected(table)
    protected = [name in declared for name in model.features]
    return CheckResult(
        measurements=(
            Measurement(
                metric=SHARE,
                evidence=_share(found, protected),
                unit="rows",
                known=len(drawn),
                total=len(drawn),
                notes=_notes(model, found, sum(protected)),
            ),
            *_per_column(model, found),
        )
    )


def _protected(table: RoleTable) -> set[str]:
    """Names of the columns that the project says record a protected characteristic."""
    return {
        name
        for name, column in table.spec.columns.items()
        if column.means is Meaning.GROUP and column.characteristic is not None
    }


def _must_be_known(model: "Model", drawn: "Sequence[Row]") -> None:
    """Refuse a column of which the model knows no value: it would seem to rest on nothing there."""
    for name, texts in zip(model.features, zip(*drawn, strict=True), strict=True):
        vocabulary = model.vocabulary.get(name)
        held = {text for text in texts if text is not None}
        if vocabulary is not None and held and not held & vocabulary.keys():
            raise DataError(
                f"The model knows none of the values that column {shown(name)!r} holds in the rows "
                "drawn, so that the column could not move its score; give the table the values "
                "(codes or labels) that the model was fitted on."
            )


def _too_few(rows: int) -> CheckResult:
    held = f"fewer than {FEWEST}" if rows else "no"
    text = f"the model's table has {held} rows; it takes {FEWEST} to report on it"
    evidence = Undefined(code="no_rows" if rows == 0 else "too_few", text=text)
    measured = Measurement(metric=SHARE, evidence=evidence, unit="rows")
    return CheckResult(measurements=(measured,))


def _sizes(found: "Attribution") -> "npt.NDArray[np.float64]":
    """Return |SHAP|, rows by columns, with nought for what is only rounding."""
    import numpy as np

    sizes = np.abs(found.values)
    sizes[sizes <= _NOTHING * max(1.0, abs(found.base))] = 0.0
    return sizes


def _share(found: "Attribution", protected: Sequence[bool]) -> Evidence:
    """Estimate the ratio of two means over rows; its standard error by linearisation."""
    import numpy as np

    sizes = _sizes(found)
    whole = sizes.sum(axis=1)
    if not whole.any():
        return Undefined(
            code="constant",
            text="the model gives every row drawn the same score, so it rests on no column that "
            "these rows could show",
        )
    part = sizes[:, np.array(protected)].sum(axis=1)
    ratio = float(part.sum() / whole.sum())
    residual = part - ratio * whole
    n = len(whole)
    se = float(np.sqrt((residual**2).sum() / (n - 1) / n) / whole.mean())
    return Estimate(value=_rounded(ratio), se=_rounded(se), df=n - 1)


def _per_column(model: "Model", found: "Attribution") -> tuple[Measurement, ...]:
    sizes = _sizes(found)
    n = len(sizes)
    means, spreads = sizes.mean(axis=0), sizes.std(axis=0, ddof=1) / n**0.5
    return tuple(
        Measurement(
            metric=PER_COLUMN,
            evidence=Estimate(value=_rounded(mean), se=_rounded(se), df=n - 1),
            where=where_of({"column": name}),
            known=n,
            total=n,
            unit="rows",
            information=True,
        )
        for name, mean, se in zip(model.features, means, spreads, strict=True)
    )


def _notes(model: "Model", found: "Attribution", protected: int) -> tuple[str, ...]:
    """Return what a reader should know; rows are people's, so none are counted here."""
    none = ("No column the model is fed is declared as recording a protected characteristic.",)
    drawn = (
        f"{found.explainer}, on a sample of rows against a background of others; "
        f"{len(model.features)} columns, {protected} of them protected characteristics."
    )
    scale = (
        f"Attributions are of the {model.score} of the positive class; they add up to it with a "
        f"largest error of {found.error:.0e}."
    )
    return (drawn, scale, *(() if protected else none), *model.notes)


def _rounded(value: float) -> float:
    """Drop the digits that rounding errors reach, so that a second run gives the same bytes."""
    return float(f"{value:.{_DIGITS}g}")
