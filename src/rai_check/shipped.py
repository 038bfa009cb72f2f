"""Folders that come with the package: inside it in a wheel, beside `src` in a checkout."""

from importlib.resources import files
from pathlib import Path


def shipped_folder(name: str) -> Path:
    """Return the folder `policies` or `fixtures`, wherever this installation keeps it."""
    inside = Path(str(files("rai_check"))) / f"_{name}"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / name
