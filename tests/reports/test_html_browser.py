"""The page in a real browser, offline: axe, reflow, print, no request."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from rai_check.outcome import Stage
from rai_check.reports.html import render as page

pytestmark = pytest.mark.browser
PLACES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update")
STATES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 800}},
    "forced": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
A4_BETWEEN_MARGINS = (680, 1_024)
"""CSS pixels of 180 mm by 271 mm: A4 without the margins of the style sheet."""


def _without(reason: str) -> NoReturn:
    """A missing browser is a failure where a pipeline should have had one."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next((path for name in PLACES if (path := shutil.which(name))), None)
    if found is None:
        _without("no chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("playwright is not installed")
    with sync_playwright() as running:
        launched = running.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield launched
        launched.close()


def written(folder: Path, assessment: Any) -> Path:
    path = folder / "report.html"
    path.write_text(page.render(assessment), encoding="utf-8")
    return path


@pytest.fixture
def file(make: SimpleNamespace, tmp_path: Path) -> Path:
    return written(tmp_path, make.everything())


@pytest.fixture
def every_kind(make: SimpleNamespace, tmp_path: Path) -> Path:
    """Every kind of comparison; a control of 60 lines is large enough to be shown as one."""
    kinds = (make.tried(), make.repeated(), make.within(), make.before(), make.waits())
    return written(tmp_path, make.assessment(*kinds, make.ranks(), make.crossed(60)))


def opened(browser: Any, file: Path, **state: Any) -> tuple[Any, list[str]]:
    context = browser.new_context(offline=True, **state)
    tab = context.new_page()
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(file.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return tab, requests


def wide(tab: Any) -> tuple[int, int]:
    root = "document.documentElement"
    return tab.evaluate(f"{root}.scrollWidth"), tab.evaluate(f"{root}.clientWidth")


@pytest.mark.parametrize("state", STATES)
def test_page_has_no_axe_violation(browser: Any, file: Path, state: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _without("axe-playwright-python is not installed")
    tab, _ = opened(browser, file, **STATES[state])

    found = Axe().run(tab)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("state", ["dark", "narrow"])
def test_page_of_every_kind_has_no_axe_violation(
    browser: Any, every_kind: Path, state: str
) -> None:
    test_page_has_no_axe_violation(browser, every_kind, state)


@pytest.mark.parametrize("state", STATES)
def test_page_asks_for_nothing_but_itself(browser: Any, file: Path, state: str) -> None:
    _, requests = opened(browser, file, **STATES[state])

    assert requests == [file.as_uri()]


def test_page_at_320_pixels_does_not_scroll_sideways(browser: Any, file: Path) -> None:
    tab, _ = opened(browser, file, **STATES["narrow"])

    assert wide(tab) == (320, 320)


def test_page_of_every_kind_at_320_pixels_does_not_scroll_sideways(
    browser: Any, every_kind: Path
) -> None:
    tab, _ = opened(browser, every_kind, **STATES["narrow"])

    assert wide(tab) == (320, 320)


def test_page_with_wider_text_spacing_does_not_scroll_sideways(browser: Any, file: Path) -> None:
    tab, _ = opened(browser, file, bypass_csp=True, **STATES["narrow"])
    tab.add_style_tag(content=SPACING)

    assert wide(tab) == (320, 320)


def test_page_links_are_large_enough_to_hit(browser: Any, file: Path) -> None:
    tab, _ = opened(browser, file, **STATES["narrow"])
    heights = tab.eval_on_selector_all(
        "nav a, td a, th a, summary", "all => all.map(e => e.getBoundingClientRect().height)"
    )

    assert heights
    assert min(heights) >= 24


def test_skip_link_is_the_first_stop_and_leads_to_the_decision(browser: Any, file: Path) -> None:
    tab, _ = opened(browser, file, **STATES["light"])
    tab.keyboard.press("Tab")
    first = tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("Enter")

    assert first == "Skip to the decision"
    assert tab.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    "name", ["everything", "passing", "referred", "incomplete", "justified", "early", "kinds"]
)
def test_page_one_fits_one_side_of_a4_with_room_to_spare(
    browser: Any,
    make: SimpleNamespace,
    tmp_path: Path,
    name: str,
) -> None:
    file = tmp_path / "report.html"
    built = make.at(Stage.APPROVE, make.justified()) if name == "early" else getattr(make, name)()
    file.write_text(page.render(built), encoding="utf-8")
    width, height = A4_BETWEEN_MARGINS
    tab, _ = opened(browser, file, viewport={"width": width, "height": height})
    tab.emulate_media(media="print")

    bottom = tab.evaluate("document.querySelector('.front').getBoundingClientRect().bottom")

    assert bottom < 0.9 * height


def test_print_opens_the_numbers(browser: Any, file: Path) -> None:
    context = browser.new_context(offline=True, viewport={"width": 680, "height": 1_024})
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.emulate_media(media="print")

    assert tab.locator("details table").first.is_visible()
