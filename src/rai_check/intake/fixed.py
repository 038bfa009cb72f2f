"""Questions that are the same for every file."""

from rai_check.intake.question import Choice, Question

NAME = Question(
    id="name",
    text="What is the system or tool called?",
    help="The name that colleagues use for it. It heads every report.",
)
ORGANISATION = Question(
    id="organisation",
    text="Which council or organisation uses it?",
    help="The organisation that answers for its decisions, not the supplier.",
)
DECIDES = Question(
    id="decides",
    text="What does it decide or suggest, in one sentence?",
    help="For example: Which annual reviews a caseworker is told to bring forward.",
)
ABOUT = Question(
    id="about",
    text="Whom is it about?",
    help=(
        "The Equality Act 2010 has one part for services and one for work. Marriage and civil "
        "partnership, for one, is protected at work only."
    ),
    choices=(
        Choice(value="services", shown="people who use a service, such as pupils or tenants"),
        Choice(value="staff", shown="staff, or applicants for a job"),
    ),
)
HARM = Question(
    id="harm",
    text="If the system gets it wrong, what happens to the person?",
    help="In one sentence. For example: A child waits up to a year longer for a review.",
)
BASE_RATE = Question(
    id="base_rate",
    text="Before anyone looks: of 100 people, how many do you expect the system to pick?",
    help=(
        "Your expectation, not a count of this file. It says how many rows a group needs "
        "before a difference could be seen, so it has to come first."
    ),
    share=True,
)
