"""Ethnic groups: their names, the five groups they belong to, and the lists of the DfE and the NHS.

The five groups are those of the GSS harmonised standard of 2011 and 2021: Chinese belongs to
Asian, Arab to Other, Gypsy, Roma and Irish Traveller to White. (In 2001 Chinese was in a fifth
group, "Chinese or other"; lists of that year are rolled up as today, so that they can be compared.)
"""

from collections.abc import Mapping
from types import MappingProxyType

from rai_check.tables.codes.code_list import CodeList

WHITE_BRITISH, WHITE_IRISH = "White British", "White Irish"
GYPSY_TRAVELLER, ROMA = "Gypsy or Irish Traveller", "Roma"
IRISH_TRAVELLER, GYPSY_ROMA = "Traveller of Irish heritage", "Gypsy or Roma"
WHITE_OTHER = "Any other White background"
WHITE_CARIBBEAN, WHITE_AFRICAN = "White and Black Caribbean", "White and Black African"
WHITE_ASIAN, MIXED_OTHER = "White and Asian", "Any other Mixed background"
INDIAN, PAKISTANI, BANGLADESHI, CHINESE = "Indian", "Pakistani", "Bangladeshi", "Chinese"
ASIAN_OTHER = "Any other Asian background"
AFRICAN, CARIBBEAN, BLACK_OTHER = "Black African", "Black Caribbean", "Any other Black background"
ARAB, ANY_OTHER = "Arab", "Any other ethnic group"

FIVE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "White": (
            WHITE_BRITISH, WHITE_IRISH, GYPSY_TRAVELLER, ROMA, IRISH_TRAVELLER, GYPSY_ROMA,
            WHITE_OTHER,
        ),
        "Mixed": (WHITE_CARIBBEAN, WHITE_AFRICAN, WHITE_ASIAN, MIXED_OTHER),
        "Asian": (INDIAN, PAKISTANI, BANGLADESHI, CHINESE, ASIAN_OTHER),
        "Black": (AFRICAN, CARIBBEAN, BLACK_OTHER),
        "Other": (ARAB, ANY_OTHER),
    }
)  # fmt: skip
"""The five groups, and every more detailed group of any list here that belongs to each."""
FIVE_OF: Mapping[str, str] = MappingProxyType(
    {d: five for five, held in FIVE.items() for d in held}
)
"""From a detailed group to one of the five."""

# Main code, then its extended codes; Arab is within OOTH.
_DFE = {
    WHITE_BRITISH: "WBRI WCOR WENG WSCO WWEL WOWB",
    WHITE_IRISH: "WIRI",
    IRISH_TRAVELLER: "WIRT",
    GYPSY_ROMA: "WROM WROG WROR WROO",
    WHITE_OTHER: (
        "WOTH WALB WBOS WCRO WGRE WGRK WGRC WITA WKOS WPOR WSER WTUR WTUK WTUC WEUR WEEU WWEU WOTW"
    ),
    WHITE_CARIBBEAN: "MWBC",
    WHITE_AFRICAN: "MWBA",
    WHITE_ASIAN: "MWAS MWAP MWAI MWAO",
    MIXED_OTHER: "MOTH MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM",
    INDIAN: "AIND",
    PAKISTANI: "APKN AMPK AKPA AOPK",
    BANGLADESHI: "ABAN",
    CHINESE: "CHNE CHKC CMAL CSNG CTWN COCH",
    ASIAN_OTHER: "AOTH AAFR AKAO ANEP ASLT ASNL ASRO AOTA",
    CARIBBEAN: "BCRB",
    AFRICAN: "BAFR BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF",
    BLACK_OTHER: "BOTH BEUR BNAM BOTB",
    ANY_OTHER: (
        "OOTH OAFG OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OPOL OTHA OVIE "
        "OYEM OOEG"
    ),
}
DFE: Mapping[str, str] = MappingProxyType(
    {c: name for name, codes in _DFE.items() for c in codes.split()}
)
"""Every DfE code, main and extended, to the group of its main code."""
DFE_NOT_KNOWN = frozenset({"REFU", "NOBT"})  # refused; information not yet obtained
_DFE_ORIGIN = (
    "Department for Education, Common Basic Data Set: ethnicity, main codes; extended codes, which "
    "roll up to them, from memory"
)
_DFE_VERSION = "2024"

_NHS = {
    "A": WHITE_BRITISH,
    "B": WHITE_IRISH,
    "C": WHITE_OTHER,
    "D": WHITE_CARIBBEAN,
    "E": WHITE_AFRICAN,
    "F": WHITE_ASIAN,
    "G": MIXED_OTHER,
    "H": INDIAN,
    "J": PAKISTANI,
    "K": BANGLADESHI,
    "L": ASIAN_OTHER,
    "M": CARIBBEAN,
    "N": AFRICAN,
    "P": BLACK_OTHER,
    "R": CHINESE,
    "S": ANY_OTHER,
}
_NHS_NOT_KNOWN = frozenset({"Z", "X", "99"})  # not stated; not known (HES); not known
_NHS_ORIGIN = "NHS Data Dictionary, Ethnic Category Code 2001"
_ROLLED_UP = "grouped by the GSS harmonised standard (2011 and 2021: Chinese is Asian)"

LISTS = (
    CodeList(
        id="dfe-ethnicity",
        title="Ethnicity, DfE main codes",
        origin=_DFE_ORIGIN,
        version=_DFE_VERSION,
        labels=DFE,
        not_known=DFE_NOT_KNOWN,
    ),
    CodeList(
        id="dfe-ethnicity-5",
        title="Ethnicity, DfE codes in the five GSS groups",
        origin=f"{_DFE_ORIGIN}; {_ROLLED_UP}",
        version=_DFE_VERSION,
        labels=MappingProxyType({code: FIVE_OF[name] for code, name in DFE.items()}),
        not_known=DFE_NOT_KNOWN,
    ),
    CodeList(
        id="nhs-ethnicity",
        title="Ethnicity, NHS 16+1",
        origin=_NHS_ORIGIN,
        version="2001",
        labels=MappingProxyType(_NHS),
        not_known=_NHS_NOT_KNOWN,
    ),
    CodeList(
        id="nhs-ethnicity-5",
        title="Ethnicity, NHS 16+1 in the five GSS groups",
        origin=f"{_NHS_ORIGIN}; {_ROLLED_UP}",
        version="2001",
        labels=MappingProxyType({code: FIVE_OF[name] for code, name in _NHS.items()}),
        not_known=_NHS_NOT_KNOWN,
    ),
)
