"""The rates at which the rules err, by the script that prints them for the documentation."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from builders import RATIO, context, control, policy, subject
from rai_check.judge import judge
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import SMALL_GROUPS, CheckResult, Measurement, TwoProportions, where
from rai_check.outcome import Outcome

SCRIPTS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def scripts() -> ModuleType:
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module("error_rates")
    finally:
        sys.path.remove(str(SCRIPTS))


def judged(events, sizes) -> Outcome:
    """What the judge says of one sample, groups under ten put together as a check does."""
    from procedure import pooled

    x, n = pooled(events[None, :], sizes[None, :])
    pairs = [(int(a), int(b)) for a, b in zip(x[0], n[0], strict=True) if b]
    names = [*(f"g{i}" for i in range(len(pairs)))]
    if n[0, -1]:
        names[-1] = SMALL_GROUPS
    measurements = tuple(
        Measurement(
            metric="selection rate",
            evidence=TwoProportions(x=a, n=b, x0=int(x.sum()) - a, n0=int(n.sum()) - b),
            where=where(group=name),
            against="rest",
        )
        for name, (a, b) in zip(names, pairs, strict=True)
    )
    item = MeasuredItem(
        control="FA-06",
        group="group",
        parts=(
            PartResult(
                check="selection-rate", index=0, result=CheckResult(measurements=measurements)
            ),
        ),
    )
    rules = policy({"FA-06": control(parts=[RATIO], per="group")})
    found = judge(rules, [item], (), subject=subject(("group",)), context=context())
    return found.items[0].outcome


@pytest.mark.usefixtures("scripts")
def test_procedure_of_the_script_is_that_of_the_judge() -> None:
    from procedure import decide

    generator = np.random.default_rng(5)
    seen = set()
    for _ in range(120):
        groups = int(generator.integers(2, 7))
        sizes = generator.choice([4, 15, 40, 90, 400, 3000, 20_000], groups)
        if np.count_nonzero(sizes >= 10) + (sizes < 10).any() < 2:
            continue
        rates = generator.choice([0.3, 0.5, 0.9]) * generator.choice([1, 1, 1, 0.5], groups)
        events = generator.binomial(sizes, rates)
        got = decide(events[None, :], sizes[None, :])
        word = {(True, False): Outcome.FAIL, (False, True): Outcome.PASS}.get(
            (bool(got.fail[0]), bool(got.passed[0])), Outcome.INCONCLUSIVE
        )
        assert word is judged(events, sizes), (events, sizes)
        seen.add(word)
    assert seen == {Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE}


def test_script_prints_a_row_for_each_scenario(
    scripts: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["error_rates.py", "--repetitions", "4"])
    monkeypatch.setattr(scripts, "SIZES", (300,))
    monkeypatch.setattr(scripts, "BASES", (0.5,))
    scripts.main()
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert len(rows) == 5 * 2 + 3 + 2 + 1 + 6 + 6  # two lines of heading each


# Bounds below are what is promised plus three standard errors of the repetitions.
REPETITIONS = 2000


def at_most(percent: float) -> float:
    share = percent / 100
    return percent + 300 * (share * (1 - share) / REPETITIONS) ** 0.5


@pytest.mark.slow
@pytest.mark.parametrize("groups", [0, 1, 2])
@pytest.mark.parametrize("base", [0.1, 0.3, 0.7])
def test_fair_tool_is_rarely_failed_whatever_its_size(
    scripts: ModuleType, groups: int, base: float
) -> None:
    shares = scripts.GROUPS[groups]
    for n in (300, 5000, 50_000):
        rates = scripts.alike(base, shares)
        got = scripts.simulate(rates, shares.shares, n=n, repetitions=REPETITIONS // 4, seed=1)
        assert got.fail <= 5.0


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [0.8, 1.25])
@pytest.mark.parametrize("base", [0.1, 0.3, 0.7])
def test_group_at_a_limit_is_rarely_failed_and_rarely_passed(
    scripts: ModuleType, ratio: float, base: float
) -> None:
    for n in (300, 5000, 50_000):
        rates, shares = scripts.one_at(base, ratio), np.array(scripts.FIVE)
        got = scripts.simulate(rates, shares, n=n, repetitions=REPETITIONS, seed=1)
        assert got.fail <= 5.0
        assert got.passed <= at_most(5.5)


@pytest.mark.slow
def test_a_small_group_at_half_the_rate_is_found(scripts: ModuleType) -> None:
    got = scripts.simulate(
        scripts.one_at(0.3, 0.5), np.array(scripts.FIVE), n=5000, repetitions=2000, seed=1, group=1
    )
    assert got.blamed >= 85


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [0.8, 1.25])
def test_repeated_people_break_the_bounds_unless_the_unit_is_declared(
    scripts: ModuleType, ratio: float
) -> None:
    ignored, declared = scripts.clustered(0.5, ratio, repetitions=REPETITIONS, seed=1)
    assert ignored[0] > 7
    assert ignored[1] > 10
    assert declared[0] <= at_most(5)
    assert declared[1] <= at_most(5.5)
