"""`derive:` in the project file: a list of steps, each under its name."""

from typing import Self

from pydantic import model_validator

from rai_check.derive.age_at import AgeAt
from rai_check.derive.age_band import AgeBand
from rai_check.derive.days_between import DaysBetween
from rai_check.derive.interface import Step
from rai_check.derive.join import Join
from rai_check.derive.keep import Keep
from rai_check.derive.last_event import LastEvent
from rai_check.derive.late_if import LateIf
from rai_check.derive.one_per import OnePer
from rai_check.derive.period import Period
from rai_check.derive.recode import Recode
from rai_check.derive.working_days_between import WorkingDaysBetween
from rai_check.documents import Document


class StepFile(Document):
    """One item of `derive`: the name of one step, and what it is told."""

    join: Join | None = None
    days_between: DaysBetween | None = None
    working_days_between: WorkingDaysBetween | None = None
    late_if: LateIf | None = None
    age_at: AgeAt | None = None
    age_band: AgeBand | None = None
    recode: Recode | None = None
    period: Period | None = None
    keep: Keep | None = None
    one_per: OnePer | None = None
    last_event: LastEvent | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self._given) != 1:
            known = ", ".join(type(self).model_fields)
            raise ValueError(f"give each step an item of its own, with one of {known}")
        return self

    @property
    def kind(self) -> str:
        """Name of the step."""
        return self._given[0]

    @property
    def step(self) -> Step:
        """What is to be done."""
        found: Step = getattr(self, self.kind)
        return found

    @property
    def _given(self) -> list[str]:
        return [name for name in type(self).model_fields if getattr(self, name) is not None]
