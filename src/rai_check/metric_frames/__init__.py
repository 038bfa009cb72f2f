"""Fairlearn's MetricFrame, both ways: on our counts, and one made elsewhere as evidence of ours."""

from rai_check.metric_frames.convert import from_metric_frame

__all__ = ["from_metric_frame"]
