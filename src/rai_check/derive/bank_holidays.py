"""Bank holidays of England and Wales, from the library `holidays`."""

from datetime import date
from functools import cache

FIRST_YEAR, LAST_YEAR = 1972, 2099
"""From the first full year of the Banking and Financial Dealings Act 1971."""


@cache
def bank_holidays(first: int, last: int) -> tuple[date, ...]:
    """Return the bank holidays of England and Wales in some years, in order.

    Both years are included. Days that take the place of a bank holiday at a weekend are among
    them, and special ones by proclamation as far as the library knows of them (the Coronation on 8
    May 2023); of years to come it knows the rule, not what is yet to be proclaimed.
    """
    from holidays import country_holidays

    found = country_holidays("GB", subdiv="ENG", years=range(first, last + 1))
    return tuple(sorted(found))
