"""The JSON report: the assessment itself, with true counts, and marked internal."""

from rai_check.assessment import Assessment, to_json


def render(assessment: Assessment) -> str:
    """Return `assessment.json`: the one format that is not for sharing."""
    return to_json(assessment)
