"""The words of the reports, explained once; none of them is explained by another report word."""

_TEXT = """\
Accuracy
The share of records that the tool answered rightly, one way or the other.

Attempt
How many different sets of evidence were judged under the same definitions of the controls, this
one included. Trying again until something passes would show here.

AUC
How well a score ranks: of one person who needed the outcome and one who did not, how often the
first has the higher score. 1 is always, 0.5 is no better than a coin.

Balanced error rate
The average of two shares: of those who needed the outcome those missed, and of those who did not
need it those picked.

Calibration
Whether what a score expects is what happens: of 100 people with a score of 0.3, about 30 should
need the outcome, in every group.

Change of the gap
How many times as wide the gap between a group and everyone else is by the tool as by today's
process, whichever way it points: 1 means as wide, 1.30 means 30% wider.

Control
A rule that the organisation set in its policy, with its source and its limit.

Covered
A person with the power to do so has accepted an open result in a statement. The result itself
stays what it is.

Effective number of records
What records are worth that repeat the same people, or that stand for more people than others do:
as many that stand alone would tell as much.

Everyone else
All other records whose group is known: each group is compared with these.

Evidence digest
A fingerprint of the data, model, policy and measurements. Any change to one of them changes it.

Fail
The evidence shows the limit to be broken, by more than chance explains where chance plays a
part.

False discovery rate
Wrongly picked, of those picked: the share of those the tool picked who did not need it.

False negative rate
Of those who needed the outcome, the share that the tool missed.

False omission rate
Wrongly passed over, of those passed over: the share of those the tool passed over who needed it.

False positive rate
Of those who did not need the outcome, the share that the tool picked.

Four-fifths rule
A screening rule of the United States: the lowest rate should be at least four fifths of the
highest. It takes no account of chance, and decides nothing here.

Gate
A control that gates can stop the system from going on. The others only inform.

Inconclusive
The data can neither show nor rule out that the limit is broken.

Intersection
People who share two characteristics or more, such as women of 75 and over.

Interval
The values that the data are compatible with, allowing for chance: of 100 such intervals about
95 hold the true value, where 95% is stated.

Justification
A decision-maker states why a confirmed disparity is a proportionate means of a legitimate aim
(Equality Act 2010, section 19).

Leans to failing
A test that stood alone would say fail; among so many tests it does not.

Like with like
Compared within strata, such as kinds of case, so that a group does not seem to differ only because
its cases do.

Missing
Evidence, or a statement by a person, was not supplied. It is never a pass.

Mitigation
What will be done where the data cannot tell, and until when.

Negative predictive value
Rightly passed over, of those passed over: the share of those the tool passed over who did not
need it.

Not known
Records whose group was not given or not stated. They are shown and not compared.

Odds ratio
The odds of a rate are those it counts, for each one it does not: a rate of 80% is 4 to 1. One
group's odds divided by the other's: 1 means equal. It is further from 1 than the ratio of the
rates, by more the higher the rates are.

Paired
Two answers on the same cases, such as the tool's and today's: only the cases on which they differ
tell which picks more.

Pass
The evidence shows the limit to be kept, with enough records to tell.

Percentage point
The step between two percentages: from 20% to 25% is 5 points.

Planned rate
The rate that the project expected before the data was opened.

Precision
Rightly picked, of those picked: the share of those the tool picked who needed it.

Ratio
One rate divided by the other: 1 means equal, 0.80 means four for every five.

Result
What became of a control: one for each control, or one for each characteristic that it compares.

Selection rate
The share of a group that the tool picks, flags or awards.

Several tests at once
The more comparisons are made, the more often chance alone stands out. Holm's correction keeps
the risk of a false alarm over all of them at the level set.

Small groups together
Groups with too few records to stand alone, tested as one.

Strata
Kinds of case within which people are compared, such as the kind of request.

True negative rate
Of those who did not need the outcome, the share that the tool passed over.

True positive rate
Of those who needed the outcome, the share that the tool picked.

Waiver
A person with the power to do so accepts a failure until a date, and no worse.

Weighted
Each record counts for as many people as it stands for, as in a sample survey.

Would have shown
The smallest departure from equality that so many records would have brought to light four times
in five; what did not show cannot be much larger.
"""


def _terms() -> tuple[tuple[str, str], ...]:
    pairs = (block.split("\n", 1) for block in _TEXT.strip().split("\n\n"))
    return tuple((term, " ".join(text.split())) for term, text in pairs)


TERMS: tuple[tuple[str, str], ...] = _terms()
"""(term, explanation), in the order of the alphabet."""
