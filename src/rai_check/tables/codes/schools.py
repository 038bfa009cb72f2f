"""Special educational needs, school phase and year group."""

from types import MappingProxyType

from rai_check.tables.codes.code_list import CodeList

_COGNITION = "Cognition and learning"
_INTERACTION = "Communication and interaction"
_SENSORY = "Sensory and/or physical needs"
_SEMH = "Social, emotional and mental health"
_NO_AREA = "Other or in no single area"
# name, and the broad area of need; the Code of Practice puts neither OTH nor DS into one
_NEEDS = {
    "SPLD": ("Specific learning difficulty", _COGNITION),
    "MLD": ("Moderate learning difficulty", _COGNITION),
    "SLD": ("Severe learning difficulty", _COGNITION),
    "PMLD": ("Profound and multiple learning difficulty", _COGNITION),
    "SEMH": (_SEMH, _SEMH),
    "SLCN": ("Speech, language and communication needs", _INTERACTION),
    "ASD": ("Autistic spectrum disorder", _INTERACTION),
    "HI": ("Hearing impairment", _SENSORY),
    "VI": ("Vision impairment", _SENSORY),
    "MSI": ("Multi-sensory impairment", _SENSORY),
    "PD": ("Physical disability", _SENSORY),
    "DS": ("Down syndrome", _NO_AREA),
    "OTH": ("Other difficulty", _NO_AREA),
}
_NOT_ASSESSED = frozenset({"NSA"})  # SEN support but no specialist assessment of type of need
_NEEDS_ORIGIN = "Department for Education, school census and SEN2: SEN type (from memory)"
_PHASES = {
    "1": "Nursery",
    "2": "Primary",
    "3": "Middle deemed primary",
    "4": "Secondary",
    "5": "Middle deemed secondary",
    "6": "16 plus",
    "7": "All-through",
}
_YEARS = {
    "N1": "First year of nursery",
    "N2": "Second year of nursery",
    "R": "Reception",
    **{str(year): f"Year {year}" for year in range(1, 15)},
}

LISTS = (
    CodeList(
        id="sen-status",
        title="Special educational needs",
        origin="Department for Education, school census: SEN provision",
        version="2024",
        labels=MappingProxyType(
            {"E": "Education, health and care plan", "K": "SEN support", "N": "No SEN"}
        ),
    ),
    CodeList(
        id="sen-need",
        title="Primary special educational need",
        origin=_NEEDS_ORIGIN,
        version="2024",
        labels=MappingProxyType({code: name for code, (name, _) in _NEEDS.items()}),
        not_known=_NOT_ASSESSED,
    ),
    CodeList(
        id="sen-need-4",
        title="Primary special educational need, four broad areas",
        origin=f"{_NEEDS_ORIGIN}; areas of the SEND Code of Practice, January 2015, 6.28 to 6.35",
        version="2015",
        labels=MappingProxyType({code: area for code, (_, area) in _NEEDS.items()}),
        not_known=_NOT_ASSESSED,
    ),
    CodeList(
        id="school-phase",
        title="Phase of education",
        origin="Department for Education, Get Information About Schools: PhaseOfEducation "
        "(from memory)",
        version="2024",
        labels=MappingProxyType({**_PHASES, **{name: name for name in _PHASES.values()}}),
        not_known=frozenset({"0", "Not applicable"}),
    ),
    CodeList(
        id="year-group",
        title="National curriculum year group",
        origin="Department for Education, school census: NC year actual (from memory)",
        version="2024",
        labels=MappingProxyType(_YEARS),
        not_known=frozenset({"X"}),  # the national curriculum is not followed
    ),
)
