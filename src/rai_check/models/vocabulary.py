"""What the encoders of a model learnt of each text column, so that cells are fed as they know them.

A table gives every cell in its text form ("1", "true"); a model may have learnt 1 or True, and an
encoder told to ignore what it does not know would then see nothing in any row, without a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from rai_check.models.trees import parts
from rai_check.tables.text import text_forms_of

Vocabulary: TypeAlias = Mapping[str, Mapping[str, object]]
"""Column → text form of a category → the category as the model learnt it."""


def vocabulary(estimator: object, features: Sequence[str]) -> Vocabulary:
    """Return the categories of every column that a fitted encoder is found to read by name.

    Of two categories with one text form (1 and "1") the one that is text is kept. A column that
    no encoder reads by name has no entry; its cells are then fed as text.
    """
    found: dict[str, dict[str, object]] = {}
    for names, categories in _encoded(estimator):
        for name, known in zip(names, categories, strict=True):
            if name in features:
                found.setdefault(name, {}).update(_forms(known))
    return MappingProxyType(found)


def _forms(known: Sequence[Any]) -> dict[str, object]:
    plain = [value.item() if hasattr(value, "item") else value for value in known]
    plain.sort(key=lambda value: isinstance(value, str))  # text last, so that it wins
    there = [value for value in plain if value is not None and value == value]  # noqa: PLR0124 - NaN is not itself
    forms = text_forms_of([str(value) for value in there])
    return {form: value for form, value in zip(forms, there, strict=True) if form is not None}


def _encoded(estimator: object) -> Iterator[tuple[Sequence[str], Sequence[Any]]]:
    """Yield (names of columns, categories of each) of every encoder whose columns are known."""
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import Pipeline

    for part in parts(estimator):
        if isinstance(part, ColumnTransformer):
            for _, step, columns in getattr(part, "transformers_", ()):
                yield from _first(step, columns_of(part, columns))
        elif isinstance(part, Pipeline) or hasattr(part, "categories_"):
            yield from _first(part, getattr(part, "feature_names_in_", None))


def _first(step: Any, names: Sequence[str] | None) -> Iterator[tuple[Sequence[str], Sequence[Any]]]:  # noqa: ANN401 - any transformer
    """Find the encoder of a step. Before it in a pipeline only what keeps columns as they are."""
    from sklearn.pipeline import Pipeline

    steps = [inner for _, inner in step.steps] if isinstance(step, Pipeline) else [step]
    for inner in steps:
        categories = getattr(inner, "categories_", None)
        if categories is None:
            continue
        if names is not None and len(names) == len(categories):
            yield [str(name) for name in names], categories
        return


def columns_of(transformer: Any, columns: Any) -> Sequence[str] | None:  # noqa: ANN401 - names, positions, slices or a mask
    """Return the names of the columns that one step of a column transformer reads, if known."""
    import numpy as np

    every = getattr(transformer, "feature_names_in_", None)
    if every is None:
        return None
    if isinstance(columns, str):
        return [columns]
    chosen = list(columns) if isinstance(columns, list | tuple | np.ndarray) else columns
    if isinstance(chosen, list) and all(isinstance(name, str) for name in chosen):
        return chosen
    return [str(name) for name in np.asarray(every)[chosen]]
