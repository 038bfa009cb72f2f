"""Ethnic groups as the census and the GSS harmonised standard word them."""

from types import MappingProxyType

from rai_check.tables.codes import ethnicity as e
from rai_check.tables.codes.code_list import CodeList

FIVE_WORDINGS = {
    "Asian": ("Asian", "Asian, Asian British or Asian Welsh", "Asian/Asian British"),
    "Black": (
        "Black",
        "Black, Black British, Black Welsh, Caribbean or African",
        "Black/African/Caribbean/Black British",
    ),
    "Mixed": (
        "Mixed",
        "Mixed or Multiple ethnic groups",
        "Mixed/multiple ethnic groups",
        "Mixed/multiple ethnic group",
    ),
    "White": ("White",),
    "Other": ("Other", "Other ethnic group"),
}
"""Each of the five groups as the censuses of 2021 and 2011 word it."""
_WHITE = (
    (e.WHITE_BRITISH, "English, Welsh, Scottish, Northern Irish or British"),
    (e.WHITE_IRISH, "Irish"),
    (e.GYPSY_TRAVELLER, "Gypsy or Irish Traveller"),
    (e.ROMA, "Roma"),
    (e.WHITE_OTHER, "Other White"),
)
_MIXED = (
    (e.WHITE_CARIBBEAN, "White and Black Caribbean"),
    (e.WHITE_AFRICAN, "White and Black African"),
    (e.WHITE_ASIAN, "White and Asian"),
)
_ASIAN = (
    (e.INDIAN, "Indian"),
    (e.PAKISTANI, "Pakistani"),
    (e.BANGLADESHI, "Bangladeshi"),
    (e.CHINESE, "Chinese"),
    (e.ASIAN_OTHER, "Other Asian"),
)
_BLACK = ((e.AFRICAN, "African"), (e.CARIBBEAN, "Caribbean"), (e.BLACK_OTHER, "Other Black"))
_OTHER = ((e.ARAB, "Arab"), (e.ANY_OTHER, "Any other ethnic group"))
_PARTS_2021 = (
    ("White", _WHITE),
    (
        "Mixed or Multiple ethnic groups",
        (*_MIXED, (e.MIXED_OTHER, "Other Mixed or Multiple ethnic groups")),
    ),
    ("Asian, Asian British or Asian Welsh", _ASIAN),
    ("Black, Black British, Black Welsh, Caribbean or African", _BLACK),
    ("Other ethnic group", _OTHER),
)
_BRITISH_2011 = (e.WHITE_BRITISH, "English/Welsh/Scottish/Northern Irish/British")
_PARTS_2011 = (
    ("White", (_BRITISH_2011, *(pair for pair in _WHITE[1:] if pair[0] != e.ROMA))),
    ("Mixed/multiple ethnic group", (*_MIXED, (e.MIXED_OTHER, "Other Mixed"))),
    ("Asian/Asian British", _ASIAN),
    ("Black/African/Caribbean/Black British", _BLACK),
    ("Other ethnic group", _OTHER),
)
_NOT_KNOWN = frozenset({"Unknown", "Not known", "Not stated"})


def _worded(parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> dict[str, str]:
    """Each group by its own name and as the census tables word it, "White: Irish"."""
    found: dict[str, str] = {}
    for head, details in parts:
        for name, detail in details:
            found |= {name: name, f"{head}: {detail}": name}
    return found


GSS_19 = _worded(_PARTS_2021)
GSS_18 = _worded(_PARTS_2011)
LISTS = (
    CodeList(
        id="gss-5",
        title="Ethnicity, five GSS groups",
        origin="Government Statistical Service harmonised standard; wordings of the censuses of "
        "2011 and 2021",
        version="2021",
        labels=MappingProxyType({w: name for name, held in FIVE_WORDINGS.items() for w in held}),
        not_known=_NOT_KNOWN,
    ),
    CodeList(
        id="gss-19",
        title="Ethnicity, 19 GSS groups",
        origin="Office for National Statistics, Census 2021, table TS021",
        version="2021",
        labels=MappingProxyType(GSS_19),
        not_known=_NOT_KNOWN,
    ),
    CodeList(
        id="gss-18",
        title="Ethnicity, 18 GSS groups",
        origin="Office for National Statistics, Census 2011, table KS201EW (wording from memory)",
        version="2011",
        labels=MappingProxyType(GSS_18),
        not_known=_NOT_KNOWN,
    ),
)
