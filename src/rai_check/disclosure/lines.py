"""Lines in their public forms: their measurements, intervals and plans worked out together."""

from collections.abc import Iterable
from dataclasses import replace

from rai_check.disclosed import PublicLine, PublicMeasurement, PublicPlanning
from rai_check.disclosure.intervals import finished, intervals, plannings
from rai_check.disclosure.places import few
from rai_check.disclosure.shower import Shower
from rai_check.disclosure.texts import reason_of
from rai_check.judgement import Line, ShownInterval
from rai_check.outcome import Outcome


def public_lines(
    show: Shower, lines: Iterable[Line], *, alpha: float = 0.05
) -> tuple[PublicLine, ...]:
    """Lines; what cannot be told of an empty group reads as it does of a small one.

    Args:
        show: turns measurements into their public forms.
        lines: of one control.
        alpha: size of the tests that a plan supposes.
    """
    found = [(x, show.compared(x.measurement, x) if x.measurement else None) for x in lines]
    held = [(i, compared) for i, (_, compared) in enumerate(found) if compared is not None]
    shown = dict(
        zip(
            [i for i, _ in held],
            finished([compared for _, compared in held], show.level),
            strict=True,
        )
    )
    decided = {
        i: (compared, line.decided_by.level)
        for i, compared in held
        if (line := found[i][0]).decided_by is not None
    }
    by = dict(zip(decided, intervals([*decided.values()]), strict=True))
    return tuple(
        _line(line, shown.get(i), by.get(i), plan)
        for i, ((line, _), plan) in enumerate(zip(found, plannings(found, alpha), strict=True))
    )


def _line(
    line: Line,
    shown: PublicMeasurement | None,
    decided_by: ShownInterval | None,
    planning: PublicPlanning | None,
) -> PublicLine:
    hidden = shown is not None and few(shown) and line.outcome is Outcome.INCONCLUSIVE
    if shown is not None and shown.kind == "sampled" and not shown.about_people:
        shown = replace(shown, interval=line.interval)
    return PublicLine(
        check=line.check,
        outcome=line.outcome,
        code="too_few" if hidden else line.code,
        reason="" if hidden else reason_of(line),
        measurement=shown,
        limit=line.limit,
        tests=() if hidden else tuple(dict.fromkeys(h.method for h in line.hypotheses)),
        decided_by=None if hidden else decided_by,
        planning=planning,
        leans=line.leans,
        covered_by=line.covered_by,
    )
