"""An interrupt shows nothing of the frames it came through."""

import traceback

import pytest

from rai_check.pytest_assess import one_line


def test_interrupt_is_raised_anew_without_the_frames_that_held_data():
    def holds(value):
        raise KeyboardInterrupt(value)

    with pytest.raises(KeyboardInterrupt) as caught, one_line():
        holds("EHC-000001")

    shown = "".join(traceback.format_exception(caught.value))
    assert "EHC-000001" not in shown
    assert "in holds" not in shown
