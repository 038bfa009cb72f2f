"""The words of the reports, explained once; none of them is explained by another report word."""

_TEXT = """\
Attempt
How many different sets of evidence were judged under the same definitions of the controls, this
one included. Trying again until something passes would show here.

Control
A rule that the organisation set in its policy, with its source and its limit.

Covered
A person with the power to do so has accepted an open result in a statement. The result itself
stays what it is.

Everyone else
All other records whose group is known: each group is compared with these.

Evidence digest
A fingerprint of the data, model, policy and measurements. Any change to one of them changes it.

Fail
The evidence shows the limit to be broken, by more than chance explains where chance plays a
part.

False negative rate
Of those who needed the outcome, the share that the tool missed.

False positive rate
Of those who did not need the outcome, the share that the tool picked.

Gate
A control that gates can stop the system from going on. The others only inform.

Inconclusive
The data can neither show nor rule out that the limit is broken.

Interval
The values that the data are compatible with, allowing for chance: of 100 such intervals about
95 hold the true value, where 95% is stated.

Justification
A decision-maker states why a confirmed disparity is a proportionate means of a legitimate aim
(Equality Act 2010, section 19).

Missing
Evidence, or a statement by a person, was not supplied. It is never a pass.

Mitigation
What will be done where the data cannot tell, and until when.

Pass
The evidence shows the limit to be kept, with enough records to tell.

Percentage point
The step between two percentages: from 20% to 25% is 5 points.

Ratio
One rate divided by the other: 1 means equal, 0.80 means four for every five.

Result
What became of a control: one for each control, or one for each characteristic that it compares.

Selection rate
The share of a group that the tool picks, flags or awards.

Several tests at once
The more comparisons are made, the more often chance alone stands out. Holm's correction keeps
the risk of a false alarm over all of them at the level set.

True positive rate
Of those who needed the outcome, the share that the tool picked.

Waiver
A person with the power to do so accepts a failure until a date, and no worse.
"""


def _terms() -> tuple[tuple[str, str], ...]:
    pairs = (block.split("\n", 1) for block in _TEXT.strip().split("\n\n"))
    return tuple((term, " ".join(text.split())) for term, text in pairs)


TERMS: tuple[tuple[str, str], ...] = _terms()
"""(term, explanation), in the order of the alphabet."""
