"""Words of column names and file names that speak for a meaning."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rai_check.project.columns import Characteristic
from rai_check.project.table_file import Role
from rai_check.recognisers.text import word_set

CHARACTERISTICS: Mapping[Characteristic, frozenset[str]] = MappingProxyType(
    {
        Characteristic.RACE: word_set("ethnicity ethnic race ethnicgroup ethnicorigin nationality"),
        Characteristic.SEX: word_set("sex gender"),
        Characteristic.DISABILITY: word_set("disability disabled disabilities impairment"),
        Characteristic.AGE: word_set("age ageband agegroup agerange"),
        Characteristic.RELIGION_OR_BELIEF: word_set("religion religious belief faith"),
        Characteristic.SEXUAL_ORIENTATION: word_set("orientation sexuality sexualorientation"),
        Characteristic.GENDER_REASSIGNMENT: word_set(
            "trans transgender genderreassignment genderidentity reassignment"
        ),
        Characteristic.MARRIAGE_AND_CIVIL_PARTNERSHIP: word_set(
            "marital marriage married maritalstatus civilpartnership"
        ),
        Characteristic.PREGNANCY_AND_MATERNITY: word_set("pregnancy pregnant maternity"),
    }
)
"""The more particular ones win: `gender identity` is not sex (see `PARTICULAR`)."""

PARTICULAR = (
    Characteristic.GENDER_REASSIGNMENT,
    Characteristic.SEXUAL_ORIENTATION,
    Characteristic.PREGNANCY_AND_MATERNITY,
    Characteristic.MARRIAGE_AND_CIVIL_PARTNERSHIP,
)

BIRTH = word_set("dob birth born birthdate dateofbirth birthday")
DATE = word_set("date dates day on due deadline when time timestamp datetime")
KEY = word_set(
    "id ref refs reference no number num upn uln urn uprn nhs payroll employee person pupil case "
    "plan client claimant applicant candidate incident key"
)
SUBJECT = word_set(
    "person pupil child student learner client claimant applicant candidate appointee resident "
    "tenant customer patient upn uln nhs plan ehcp ehc starter"
)
"""Words for whom a record is about."""
EMPLOYEE = word_set("employee payroll staff")
"""Words for who works here: whom a record is about, unless it has one of `SUBJECT` too."""
REASON = word_set("reason reasons rationale grounds explanation")
SCORE = word_set("score probability likelihood percentile points")
WAIT = word_set("waited waiting wait daystaken turnaround elapsed dayswaited")
TOOL = word_set(
    "tool toolsays ai model algorithm automated system pred predicted prediction predict predicts "
    "recommendation recommended recommend suggestion suggested suggests suggest flag flagged "
    "flags alert triage triaged priority prioritised rag says score band copilot bot"
)
TRUTH = word_set(
    "truth actual actually needed correct confirmed substantiated upheld verified true should "
    "eventual"
)
PEOPLE = word_set("caseworker officer manual human current existing previous manager worker panel")
OUTCOME = word_set("outcome decision decided result status action judgement finding")
REQUIRED = word_set("required expected must shouldbe expectation")
EVENT_DATE = word_set(
    "decided decision outcome determined completed closed held met meeting reviewed issued date"
)
STARTS = word_set(
    "received referral referred requested request applied application opened reported raised "
    "submitted start started created offer offered met meeting held"
)
ENDS = word_set(
    "decided decision completed complete closed issued sent notice notified responded resolved "
    "determined end ended finished cleared"
)
DUE = word_set("due deadline target by dueby duedate")

ROLES: tuple[tuple[Role, frozenset[str]], ...] = (
    (Role.LOG, word_set("log logs audit trail events history")),
    (Role.LOOKUP, word_set("monitoring equality equalities diversity edi lookup hr personal")),
)
"""Words of a file's name that speak for a role."""


def characteristic_named(words: Sequence[str]) -> Characteristic | None:
    """The characteristic that a column's name speaks of; the more particular one wins."""
    found = [one for one, known in CHARACTERISTICS.items() if known.intersection(words)]
    particular = [one for one in PARTICULAR if one in found]
    return next(iter(particular or found), None)


NOT_STATED = word_set(
    "unknown refused withheld undisclosed declined blank none na n/a nk ns tbc"
) | {
    "not known", "not stated", "not recorded", "not given", "not disclosed", "not obtained",
    "not yet obtained", "not specified", "not applicable", "prefer not to say",
    "prefer not to answer", "rather not say", "no answer", "no response", "did not answer",
    "did not say", "do not know", "don't know", "information not obtained",
    "information not yet obtained", "do not wish to say", "data not collected", "not provided",
}  # fmt: skip
"""Values, in lower case, that say that a group is not known."""
USUAL_LABELS = word_set(
    "christian muslim hindu sikh jewish buddhist none other agnostic atheist humanist pagan jain "
    "catholic protestant anglican "
    "heterosexual straight homosexual gay lesbian bisexual "
    "single married divorced widowed separated cohabiting "
    "female male f m woman man girl boy yes no y n true false 1 0 "
    "pregnant disabled"
) | {
    "no religion", "other religion", "any other religion", "church of england", "roman catholic",
    "gay or lesbian", "lesbian or gay", "other sexual orientation", "gay man", "gay woman",
    "civil partnership", "in a civil partnership", "not pregnant", "on maternity leave",
    "not disabled", "non-binary", "prefer to self-describe",
}  # fmt: skip
"""Words of groups that monitoring forms use (those of the Census 2021 among them), in lower case:
ordinary however few rows have them."""
