"""One way to hash plain content: canonical JSON, SHA-256."""

import hashlib
import json


def digest(plain: object) -> str:
    """SHA-256 of content made of dicts, lists, text, finite numbers, booleans and None.

    Raises:
        ValueError: for NaN or infinity, which JSON does not have.
    """
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
