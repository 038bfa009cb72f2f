"""Names shared by the conventions, so that figures of one quantity can be set side by side."""

SELECTION = "selection rate"
TPR, FPR = "true positive rate", "false positive rate"
DIFFERENCE, RATIO = "selection rate difference", "selection rate ratio"
OPPORTUNITY = "equal opportunity difference"
ODDS = "equalised odds difference"
AVERAGE_ODDS = "average odds difference"
FPR_DIFFERENCE = "false positive rate difference"
