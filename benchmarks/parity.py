"""What four fairness engines print for the same counts, and what this project answers.

Engines by their conventions (`rai_check.conventions`), ours by the checks themselves on rows with
those counts. A row goes into the first table where every engine that has the figure agrees, up to
sign and to which way round a ratio is taken; otherwise into the second.

Run: ``python benchmarks/parity.py`` prints the tables of docs/parity.md; ``--write`` puts them
there.
"""

import argparse
import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rai_check.checks.error_rate import error_rate
from rai_check.checks.selection_rate import selection_rate
from rai_check.conventions import CONVENTIONS, Confusion
from rai_check.conventions import quantities as q
from rai_check.measurement import CheckResult, TwoProportions, Undefined
from rai_check.metric_frames.catalogue import NAMED
from rai_check.metric_frames.named import WHO
from rai_check.project import Project, read_project

PAGE = Path(__file__).parents[1] / "docs" / "parity.md"
ENGINES = ("fairlearn", "aif360", "aequitas", "clarify")
SAME = 1e-9
HEAD = "| counts | figure | Fairlearn | AIF360 | Aequitas | Clarify | ours |"
FIGURES = (q.DIFFERENCE, q.RATIO, q.TPR, q.OPPORTUNITY, q.FPR, q.FPR_DIFFERENCE, q.ODDS)
PROJECT = """
schema: rai-project/1
policy: policy.yaml
system: {name: S, version: '1', organisation: O, purpose: P, owner_role: R, decides: D,
  human_involvement: H, changed_on: '2026-01-01'}
tables:
  decisions:
    path: decisions.csv
    role: decisions
    columns:
      group: {means: group, labels: {A: A, B: B, C: C}}
      says: {means: prediction, positive: ['1'], positive_is: favourable}
      truth: {means: truth, positive: ['1']}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Counts of some groups, A being the reference, and what is special about them."""

    name: str
    groups: tuple[Confusion, ...]
    why: str


def case(name: str, why: str, *counts: tuple[int, int, int, int]) -> Case:
    """Counts as true positives, false positives, false negatives, true negatives."""
    groups = tuple(
        Confusion(label=label, tp=tp, fp=fp, fn=fn, tn=tn)
        for label, (tp, fp, fn, tn) in zip("ABC", counts, strict=False)
    )
    return Case(name=name, groups=groups, why=why)


USUAL = (30, 10, 10, 50)
CASES = (
    case("usual", "", USUAL, (10, 5, 15, 70)),
    case("same rates, 100 and 10 people", "", USUAL, (3, 1, 1, 5)),
    case("B better", "", USUAL, (45, 15, 5, 35)),
    case(
        "A picks nobody",
        "A ratio to a rate of 0 is 0.0 with Fairlearn (the smaller over the larger), infinite with "
        "AIF360 and Clarify, and 10.0 with Aequitas (a fixed ceiling). Ours has no point value; "
        "the difference and the score interval of the ratio are there.",
        (0, 0, 40, 60),
        (15, 5, 10, 70),
    ),
    case(
        "nobody picked at all",
        "0 over 0 is not a number with Fairlearn, AIF360 and Aequitas, and 0.0 with Clarify, which "
        "reads as the worst disparity there is. Ours: a positive value that never occurs may be a "
        "spelling slip, so no rate is worked out until someone says that it is none.",
        (0, 0, 40, 60),
        (0, 0, 25, 75),
    ),
    case("B picks nobody", "", USUAL, (0, 0, 25, 75)),
    case(
        "nobody in B needs it",
        "B's true positive rate is 0 of 0. Fairlearn and Clarify print 0.0 and a gap of 0.75; "
        "AIF360 prints not a number, and yet its equalised odds are the other gap alone (Python's "
        "max loses a NaN that comes second), as if nothing were missing. Ours is undefined.",
        USUAL,
        (0, 10, 0, 90),
    ),
    case(
        "everyone in B needs it",
        "B's false positive rate is 0 of 0: 0.0 with Fairlearn; with Clarify the specificity is "
        "0.0, so that the false positive rate counts as 1; not a number with AIF360, whose "
        "equalised odds are then not a number either, since here the NaN comes first.",
        USUAL,
        (60, 0, 40, 0),
    ),
    case(
        "no mistake anywhere, one class in B",
        "A perfect tool: Clarify's specificity gap is the largest possible, because 0 of 0 is 0.0.",
        (40, 0, 0, 60),
        (50, 0, 0, 0),
    ),
    case(
        "three groups",
        "Fairlearn takes the largest less the smallest; AIF360 pools everyone but A; Clarify sets "
        "B against everyone else, as ours does; Aequitas sets B against A.",
        USUAL,
        (10, 5, 15, 70),
        (30, 10, 10, 50),
    ),
)


def printed(name: str, one: Case, figure: str) -> float | None:
    """What an engine makes of a case: of B where it gives a figure for each group."""
    for f in CONVENTIONS[name].figures(one.groups, "A"):
        if f.quantity == figure and f.group in {None, "B"}:
            return float(f.value)
    return None


def agree(figure: str, values: list[float | None]) -> bool:
    """Whether the engines that have the figure agree, up to sign and direction."""
    held = [value for value in values if value is not None]
    if not all(map(math.isfinite, held)):
        return False
    if figure == q.RATIO:
        held = [min(v, 1 / v) if v else v for v in held]
    return max(map(abs, held)) - min(map(abs, held)) < SAME


def ours(one: Case, figure: str) -> str:
    """Our answer for B against everyone else, from the checks."""
    found = {
        q.DIFFERENCE: ("selection",),
        q.RATIO: ("selection",),
        q.TPR: ("tpr",),
        q.OPPORTUNITY: ("tpr",),
        q.FPR: ("fpr",),
        q.FPR_DIFFERENCE: ("fpr",),
        q.ODDS: ("tpr", "fpr"),
    }[figure]
    evidence = [_evidence(one, rate) for rate in found]
    refused = [e for e in evidence if isinstance(e, Undefined)]
    if refused:
        return f"undefined (`{refused[0].code}`)"
    held = [e for e in evidence if isinstance(e, TwoProportions)]
    if figure == q.RATIO:
        x, x0 = held[0].rates
        return shown(x / x0) if x0 else "no point value"
    if figure in {q.TPR, q.FPR}:
        return shown(held[0].rates[0])
    gaps = [e.rates[0] - e.rates[1] for e in held]
    return shown(gaps[0]) if len(gaps) == 1 else " and ".join(shown(gap) for gap in gaps)


@cache
def _evidence(one: Case, rate: str) -> TwoProportions | Undefined:
    result = assessed(one, rate)
    for m in result.measurements:
        if not m.information and "B" in {label for _, label in m.where} | {*m.members}:
            assert isinstance(m.evidence, TwoProportions | Undefined)  # noqa: S101 - what these checks give
            return m.evidence
    raise LookupError(one.name)


def assessed(one: Case, rate: str) -> CheckResult:
    """One of our checks on rows with the counts of a case."""
    import pandas as pd

    kinds = (("1", "1", "tp"), ("1", "0", "fp"), ("0", "1", "fn"), ("0", "0", "tn"))
    rows = [
        (g.label, says, truth)
        for g in one.groups
        for says, truth, name in kinds
        for _ in range(getattr(g, name))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rai.yaml"
        path.write_text(PROJECT, "utf-8")
        day = date(2026, 1, 1)
        frame = pd.DataFrame(rows, columns=["group", "says", "truth"])
        project = Project(
            file=read_project(path)[0],
            folder=path.parent,
            as_of=day,
            first_run_on=day,
            frames={"decisions": frame},
        )
        try:
            if rate == "selection":
                return selection_rate(project, by="group")
            return error_rate(project, by="group", rate=rate)
        finally:
            project.close()


def shown(value: float | None) -> str:
    """A figure to four places; what the engine prints where it is no number."""
    if value is None:
        return ""
    if math.isnan(value):
        return "NaN"
    return f"{value + 0.0:.4f}".rstrip("0").rstrip(".") if math.isfinite(value) else f"{value}"


def rows() -> Iterator[tuple[bool, str]]:
    """Whether the engines agree, and the row of the table."""
    for one in CASES:
        for figure in FIGURES:
            values = [printed(name, one, figure) for name in ENGINES]
            cells = [one.name, figure, *map(shown, values), ours(one, figure)]
            yield agree(figure, values), f"| {' | '.join(cells)} |"


def tables() -> str:
    """Everything that the script prints, as it stands in the page."""
    found = list(rows())
    line = "|---" * 7 + "|"
    counts = [
        "| counts | A: TP FP FN TN | B | C |",
        "|---|---|---|---|",
        *(
            f"| {one.name} | "
            + " | ".join(
                [f"{g.tp} {g.fp} {g.fn} {g.tn}" for g in one.groups] + [""] * (3 - len(one.groups))
            )
            + " |"
            for one in CASES
        ),
    ]
    metrics = [
        "| name | what it is called | from | must hold people | least |",
        "|---|---|---|---|---|",
        *(
            f"| `{named.id}` | {named.title} | {named.home.split('.')[0]} | "
            f"{'; '.join(WHO[among] for among in named.among)} | {named.least} |"
            for named in NAMED.values()
        ),
    ]
    blocks = [
        "### The counts",
        "\n".join(counts),
        "### Where the engines agree",
        "\n".join([HEAD, line, *(text for same, text in found if same)]),
        "### Where they do not",
        "\n".join([HEAD, line, *(text for same, text in found if not same)]),
        "\n".join(f"- **{one.name}**: {one.why}" for one in CASES if one.why),
        "### Metrics that `group-metric` takes by name",
        "\n".join(metrics),
    ]
    return "\n\n".join(blocks)


BEGIN, END = (
    "<!-- from here on printed by benchmarks/parity.py -->",
    "<!-- to here -->",
)


def main() -> None:
    """Print the tables, or write them into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    if not parser.parse_args().write:
        print(tables())
        return
    page = PAGE.read_text("utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
