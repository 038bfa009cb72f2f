"""The rates at which the rules err, by the script that prints them for the documentation."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from rai_check.stats.exact import exact_p
from rai_check.stats.two_proportions import score_p

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "error_rates.py"


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("error_rates", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_screen_never_hides_a_small_exact_p(rules: ModuleType) -> None:
    # the script leaves out exact tests whose score p is above SCREEN
    generator = np.random.default_rng(3)
    for _ in range(300):
        n, n0 = (int(size) for size in generator.integers((5, 100), (50, 5000)))
        base = generator.uniform(0.01, 0.9)
        x, x0 = int(generator.binomial(n, base)), int(generator.binomial(n0, base))
        for side in ("above", "below"):
            words = {"effect": "ratio", "bound": 0.8, "side": side}
            if score_p(x, n, x0, n0, **words) > rules.SCREEN:
                assert exact_p(x, n, x0, n0, **words) > rules.ALPHA


def test_p_values_are_exact_where_small_and_score_elsewhere(rules: ModuleType) -> None:
    sizes = np.array([850, 60, 40, 30, 20])
    events = np.array([[300, 9, 3, 12, 1], [260, 30, 20, 2, 14]])
    p = rules.p_values(events, sizes, bound=0.8, side="below")
    for i, row in enumerate(events):
        for g, x in enumerate(row):
            table = int(x), int(sizes[g]), int(row.sum() - x), int(1000 - sizes[g])
            test = exact_p if sizes[g] < 50 and p[i, g] < rules.SCREEN else score_p
            expected = test(*table, effect="ratio", bound=0.8, side="below")
            assert p[i, g] == pytest.approx(expected, abs=1e-12)


def test_script_prints_a_row_for_each_rate_and_size(
    rules: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["error_rates.py", "--repetitions", "4"])
    rules.main()
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|  0.")]
    assert len(rows) == 9
    assert all(row.count("|") == 9 for row in rows)


# Bounds below are nominal 5% plus three standard errors of the repetitions.
REPETITIONS = 1000
FIVE = 5.0 + 3 * 100 * (0.05 * 0.95 / REPETITIONS) ** 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "n", "least_point_fail"),
    [(0.1, 300, 97), (0.3, 1000, 92), (0.3, 5000, 52), (0.5, 1000, 77), (0.5, 5000, 15)],
)
def test_fair_tool_is_failed_by_the_point_rule_and_not_by_the_procedure(
    rules: ModuleType, base: float, n: int, least_point_fail: float
) -> None:
    got = rules.simulate(rules.fair(base), n=n, repetitions=REPETITIONS, seed=1)
    assert got.point_fail >= least_point_fail
    assert got.fail <= 2.0


@pytest.mark.slow
@pytest.mark.parametrize("base", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("n", [300, 1000, 5000])
def test_group_at_the_limit_is_rarely_failed_and_rarely_passed(
    rules: ModuleType, base: float, n: int
) -> None:
    got = rules.simulate(rules.at_the_limit(base), n=n, repetitions=REPETITIONS, seed=2)
    assert got.fail <= FIVE
    assert got.passed <= FIVE
