"""How the groups are worded, in canonical form: what each is called under its heading and alone.

Sources: the census forms and tables of 1991, 2001, 2011 and 2021 for England and Wales, their
wordings for Scotland (2011, 2022) and Northern Ireland; the GSS harmonised standard; the DfE's
main and extended codes; the NHS 16+1 and the local subdivisions of the NHS staff record; the
police self-defined ethnicity codes (16+1, 18+1); CORE social lettings; HESA. Wordings from memory.
"""

from collections.abc import Mapping

from rai_check.tables.codes import ethnicity as e

FILLER = frozenset(
    {
        "background", "backgrounds", "ethnic", "ethnicity", "group", "groups", "heritage", "origin",
        "origins",
    }
)  # fmt: skip
"""Words that say nothing of which group it is."""
HEADINGS: Mapping[str, str] = {
    "white": "White",
    "mixed": "Mixed",
    "multiple": "Mixed",
    "dual": "Mixed",
    "mixed race": "Mixed",
    "mixed multiple": "Mixed",
    "asian": "Asian",
    "asian british": "Asian",
    "british asian": "Asian",
    "asian welsh": "Asian",
    "asian scottish": "Asian",
    "black": "Black",
    "black british": "Black",
    "british black": "Black",
    "black welsh": "Black",
    "black scottish": "Black",
    "other": "Other",
    "others": "Other",
}
"""What the five groups are called; several of one may be joined, as "Asian or Asian British"."""
BESIDE_BLACK: Mapping[str, str] = dict.fromkeys(
    ("african", "caribbean", "black african", "black caribbean", "afro caribbean"), "Black"
)
"""What stands in headings beside "Black", as in "Black, African, Caribbean or Black British"."""
STARTS = frozenset({"white", "mixed", "asian", "black", "other", "any", "chinese"})
"""First words of whole wordings."""
ALONE: Mapping[str, str] = {
    "white british": e.WHITE_BRITISH,
    "british white": e.WHITE_BRITISH,
    "irish": e.WHITE_IRISH,
    "roma": e.ROMA,
    "irish traveller": e.GYPSY_TRAVELLER,
    "traveller of irish": e.GYPSY_TRAVELLER,
    "gypsy": e.GYPSY_TRAVELLER,
    "romany": e.GYPSY_TRAVELLER,
    "romany gypsy": e.GYPSY_TRAVELLER,
    "indian": e.INDIAN,
    "pakistani": e.PAKISTANI,
    "bangladeshi": e.BANGLADESHI,
    "chinese": e.CHINESE,
    "chinese chinese": e.CHINESE,  # a heading of its own in some collections
    "african": e.AFRICAN,  # the census prints the box so, under its heading
    "caribbean": e.CARIBBEAN,
    "arab": e.ARAB,
    "any other": e.ANY_OTHER,
}
"""What is one group with or without a heading before it."""
NATIONAL = frozenset({"british", "scottish", "welsh", "english"})
"""Words that make no other group of one in `VARIED`: "British Indian", "Arab Scottish"."""
VARIED = frozenset(
    {"indian", "pakistani", "bangladeshi", "chinese", "african", "caribbean", "arab"}
)
BRITISH = frozenset({"english", "welsh", "scottish", "cornish", "british", "northern irish"})
"""Joined or alone under "White" they are White British; without it only with "British" among."""
TRAVELLERS = frozenset(
    {"gypsy", "traveller", "travellers", "irish traveller", "irish travellers", "romany",
     "romany gypsy", "traveller of irish", "gypsies"}
)  # fmt: skip
"""Joined they are one group of 2011 and 2021; with Roma among them they are White, no more."""
UNDER: Mapping[str, Mapping[str, str]] = {
    "White": {
        "other british": e.WHITE_BRITISH,
        "other white british": e.WHITE_BRITISH,
        **dict.fromkeys(
            (
                "european", "eastern european", "western european", "other european", "albanian",
                "bosnian", "bosnian herzegovinian", "croatian", "greek", "greek cypriot",
                "greek / greek cypriot", "italian", "kosovan", "polish", "portuguese", "serbian",
                "turkish", "turkish cypriot", "turkish / turkish cypriot", "cypriot",
            ),
            e.WHITE_OTHER,
        ),
    },
    "Mixed": {
        "white / black caribbean": e.WHITE_CARIBBEAN,
        "black caribbean / white": e.WHITE_CARIBBEAN,
        "white black caribbean": e.WHITE_CARIBBEAN,
        "white / black african": e.WHITE_AFRICAN,
        "black african / white": e.WHITE_AFRICAN,
        "white black african": e.WHITE_AFRICAN,
        "white / asian": e.WHITE_ASIAN,
        "asian / white": e.WHITE_ASIAN,
        "white asian": e.WHITE_ASIAN,
        "white / asian british": e.WHITE_ASIAN,
        "white / asian / asian british": e.WHITE_ASIAN,
    },
    "Asian": dict.fromkeys(("nepali", "nepalese", "sri lankan"), e.ASIAN_OTHER),
    "Black": dict.fromkeys(
        (
            "somali", "nigerian", "ghanaian", "angolan", "congolese", "sierra leonean",
            "sudanese",
        ),
        e.AFRICAN,
    ),
    "Other": {"other": e.ANY_OTHER, "any other": e.ANY_OTHER},
}  # fmt: skip
"""What is one group only under its heading."""
COARSE: Mapping[str, frozenset[str]] = {
    "White": frozenset(
        {"unspecified", "northern european", "north european", "southern european",
         "south european", "traveller", "showman", "showperson", "showman / showwoman"}
    ),
    "Mixed": frozenset(
        {"unspecified", "white / black", "black / white", "black / asian", "asian / black",
         "chinese / white", "white / chinese", "white / african", "white / caribbean",
         "asian / chinese", "black / chinese"}
    ),
    "Asian": frozenset(
        {"unspecified", "east african", "kashmiri", "punjabi", "tamil", "sinhalese"}
    ),
    "Black": frozenset({"unspecified"}),
    "Other": frozenset(),
}  # fmt: skip
"""What is certainly one of the five under its heading, while lists differ on which detail."""
PAIRS = frozenset(form for form in UNDER["Mixed"] if form.startswith("white / "))
"""Joined they are Mixed even without that heading: "White and Asian"."""
POLICE = {
    "w1": e.WHITE_BRITISH, "w2": e.WHITE_IRISH, "w3": e.GYPSY_TRAVELLER, "w9": e.WHITE_OTHER,
    "m1": e.WHITE_CARIBBEAN, "m2": e.WHITE_AFRICAN, "m3": e.WHITE_ASIAN, "m9": e.MIXED_OTHER,
    "a1": e.INDIAN, "a2": e.PAKISTANI, "a3": e.BANGLADESHI, "a4": e.CHINESE, "a9": e.ASIAN_OTHER,
    "b1": e.CARIBBEAN, "b2": e.AFRICAN, "b9": e.BLACK_OTHER,
    "o1": e.CHINESE, "o2": e.ARAB, "o9": e.ANY_OTHER,
    "ic1": "White", "ic2": "White", "ic3": "Black", "ic4": "Asian",
}  # fmt: skip
CODES: Mapping[str, str] = {**{c.casefold(): name for c, name in e.DFE.items()}, **POLICE}
"""Codes that stand alone, or before a wording that has to agree with them. Alone the DfE's are read
in capitals only, as it prints them: BOTH is its code for "Black: other", "both" is a word."""
NO_ANSWER = frozenset({"refu", "nobt", "ns", "n1", "n2", "n3", "n4", "ic0", "ic9"})
"""Codes for "not stated": of the DfE and of the police, with why the officer could not ask."""
