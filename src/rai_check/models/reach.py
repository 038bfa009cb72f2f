"""What in a loaded model could reach outside it, or outside its own arrays.

Text vectorizers can be told to open what a cell names as a file, and to split text by any
pattern; pipelines can be told to keep results on disk. No model needs that to be assessed.
"""

from collections.abc import Iterator
from typing import Any

from rai_check.errors import DataError
from rai_check.models.trees import parts

WORDS = r"(?u)\b\w\w+\b"
"""scikit-learn's default, which takes a time in proportion to the text."""

_BY_NAME = ("analyzer", "preprocessor", "strip_accents", "tokenizer")
"""Settings of text vectorizers that may be functions."""


def check_reach(root: object, *, where: str) -> None:
    """Look at the settings of every part of a model that was loaded.

    Raises:
        DataError: a part reads files, keeps results on disk, splits text by a pattern of its
            own or by a function, or an encoder gives columns it does not have.
    """
    for part in parts(root):
        for what in _reaches(getattr(part, "__dict__", {})):
            raise DataError(
                f"{where} holds a {type(part).__name__} {what}; set it back to scikit-learn's "
                "default, fit the model and save it again."
            )
    check_encoders(root, where=where)


def _reaches(settings: dict[str, Any]) -> Iterator[str]:
    if settings.get("input", "content") != "content":
        yield "whose 'input' is not 'content', so that it would open what a cell names as a file"
    if settings.get("memory") is not None:
        yield "whose 'memory' is set, so that it would keep results on disk"
    if settings.get("token_pattern", WORDS) != WORDS:
        yield "whose 'token_pattern' is its own, which may take for ever on some texts"
    for name in _BY_NAME:
        if callable(settings.get(name)):
            yield f"whose {name!r} is a function"


def check_encoders(root: object, *, where: str) -> None:
    """Look at every one-hot encoder: scipy believes the positions that it gives.

    Raises:
        DataError: it could give a position beyond the columns that it says it gives.
    """
    from sklearn.preprocessing import OneHotEncoder

    for part in parts(root):
        if isinstance(part, OneHotEncoder) and hasattr(part, "categories_") and not _fits(part):
            raise DataError(
                f"{where} holds an encoder that leads out of its columns: the file is damaged."
            )


def _fits(encoder: Any) -> bool:  # noqa: ANN401 - scikit-learn has no types
    """Say whether the columns that an encoder gives are those that its categories come to."""
    count = len(encoder.categories_)
    dropped = encoder._drop_idx_after_grouping  # noqa: SLF001 - there is no public way
    drops = [None] * count if dropped is None else list(dropped)
    widths = [_width(encoder, i) for i in range(count)]
    pairs = list(zip(widths, drops, strict=True))
    return all(d is None or 0 <= int(d) < w for w, d in pairs) and (
        encoder._n_features_outs == [w - (d is not None) for w, d in pairs]  # noqa: SLF001 - as above
    )


def _width(encoder: Any, i: int) -> int:  # noqa: ANN401 - scikit-learn has no types
    """Return how many codes feature `i` has, -1 if its categories or codes are in disorder."""
    import numpy as np

    known = encoder.categories_[i]
    numbers = known.dtype.kind not in "OUS"  # looked up by bisection, which needs them in order
    there = known[known == known] if numbers else known  # noqa: PLR0124 - NaN is not itself
    if known.ndim != 1 or (numbers and not (there[:-1] < there[1:]).all()):
        return -1
    if not encoder._infrequent_enabled:  # noqa: SLF001 - there is no public way
        return len(known)
    codes, rare = encoder._default_to_infrequent_mappings[i], encoder._infrequent_indices[i]  # noqa: SLF001 - as above
    if codes is None:
        return len(known) if rare is None else -1
    codes = np.asarray(codes)
    whole = codes.dtype.kind == "i" and codes.shape == known.shape and (codes >= 0).all()
    return int(codes.max()) + 1 if whole and rare is not None else -1
