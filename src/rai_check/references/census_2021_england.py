"""Usual residents of England on 21 March 2021, by four characteristics.

Sums over the 309 local authorities of England of tables TS021 (ethnic group), TS008 (sex), TS038
(disability) and TS007 (age) of Census 2021, Office for National Statistics, published 2022 and
2023, Open Government Licence v3.0. Counts of local authorities are perturbed to protect people, so
that sums differ by up to about a hundred between tables and from the published national totals.
"""

from collections.abc import Mapping
from types import MappingProxyType

ETHNICITY: Mapping[str, int] = MappingProxyType(
    {
        "White British": 41_540_796,
        "White Irish": 494_257,
        "Gypsy or Irish Traveller": 64_205,
        "Roma": 99_122,
        "Any other White background": 3_584_999,
        "White and Black Caribbean": 499_306,
        "White and Black African": 241_523,
        "White and Asian": 474_192,
        "Any other Mixed background": 454_354,
        "Indian": 1_843_238,
        "Pakistani": 1_570_287,
        "Bangladeshi": 629_583,
        "Chinese": 431_188,
        "Any other Asian background": 952_127,
        "Black African": 1_468_478,
        "Black Caribbean": 619_415,
        "Any other Black background": 293_829,
        "Arab": 320_215,
        "Any other ethnic group": 908_951,
    }
)
"""By the 19 groups of the code list ``gss-19``."""
SEX: Mapping[str, int] = MappingProxyType({"Female": 28_833_831, "Male": 27_656_209})
DISABILITY: Mapping[str, int] = MappingProxyType(
    {"Disabled": 9_774_486, "Not disabled": 46_715_560}
)
"""Disabled under the Equality Act: activities limited a lot or a little; not age-standardised."""
AGE: Mapping[tuple[int, int | None], int] = MappingProxyType(
    {
        (0, 15): 10_483_106,
        (16, 24): 5_989_211,
        (25, 34): 7_667_912,
        (35, 49): 10_978_459,
        (50, 64): 10_970_105,
        (65, 74): 5_564_168,
        (75, 84): 3_464_873,
        (85, None): 1_372_267,
    }
)
"""By youngest and oldest age in completed years."""
