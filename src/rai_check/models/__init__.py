"""Models: loaded from a format that runs no code, fed with text columns, explained by column."""

from rai_check.models.load import load_model
from rai_check.models.model import Model

__all__ = ["Model", "load_model"]
