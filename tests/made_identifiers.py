"""Identifiers made up for tests: right by their rules, with a fixed seed."""

from __future__ import annotations

import random
import string

from rai_check.recognisers import checksums


def drawn(rule, make, n: int, seed: int = 7) -> list[str]:
    """Return `n` different values that `make` draws and `rule` accepts."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    found: dict[str, None] = {}
    while len(found) < n:
        value = make(draw)
        if rule(value):
            found[value] = None
    return list(found)


def digits(draw: random.Random, n: int) -> str:
    return "".join(draw.choices(string.digits, k=n))


def any_ten(n: int, seed: int = 7, first: str = "123456789") -> list[str]:
    """Ten-digit local references, whatever their check."""
    return drawn(lambda _: True, lambda d: d.choice(first) + digits(d, 9), n, seed)


def nhs_numbers(n: int, seed: int = 7) -> list[str]:
    """NHS numbers outside the range for tests."""
    return drawn(checksums.is_nhs, lambda d: "4" + digits(d, 9), n, seed)


def pupil_numbers(n: int, seed: int = 7) -> list[str]:
    """Unique pupil numbers of a local authority 000 that is not one."""
    make = lambda d: d.choice(checksums.UPN_LETTERS) + "000" + digits(d, 9)  # noqa: E731 - one line
    return drawn(checksums.is_upn, make, n, seed)


def codes(n: int, prefix: str = "CT", seed: int = 7) -> list[str]:
    """Local codes of the shape of a National Insurance number: two letters, six digits, one."""
    make = lambda d: prefix + digits(d, 6) + d.choice(string.ascii_uppercase)  # noqa: E731 - as above
    return drawn(lambda _: True, make, n, seed)
