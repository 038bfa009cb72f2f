"""Parts of rai-check that a light installation leaves out, and what to say of their absence."""

import importlib.util
from enum import StrEnum

EXTRA = "rai-check[full]"


class Capability(StrEnum):
    """What needs libraries that only the full installation brings."""

    PERSONAL_DATA = "personal data"
    MODELS = "models and explanations"


_LIBRARIES = {
    Capability.PERSONAL_DATA: ("presidio_analyzer", "spacy"),
    Capability.MODELS: ("shap", "skops"),
}


def absent(capability: Capability) -> str | None:
    """Why a capability is not there, with what to do; None where it is. Nothing is imported."""
    gone = [name for name in _LIBRARIES[capability] if not _installed(name)]
    if not gone:
        return None
    return (
        f"the part for {capability.value} is not installed ({' and '.join(gone)}): "
        f"pip install '{EXTRA}'"
    )


def missing_parts() -> tuple[str, ...]:
    """What this installation cannot do, one sentence each."""
    return tuple(why for capability in Capability if (why := absent(capability)))


def _installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
