"""What can be seen of the page without a browser."""

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from rai_check.assessment import Assessment
from rai_check.reports.html import render as page

STYLE = files("rai_check.reports.html").joinpath("style.css").read_text(encoding="utf-8")
VOID = re.compile(r"<(meta|link|br|img)\b([^>]*[^/])>")


def tree(text: str) -> ET.Element:
    """The page as XML, which it is but for its void elements; a parse proves it well formed."""
    body = VOID.sub(r"<\1\2/>", text.partition("<!doctype html>\n")[2])
    return ET.fromstring(re.sub(r'xmlns="[^"]*"', "", body))  # noqa: S314 - our own text


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_page_title_and_box_start_with_the_verdict(case: tuple[str, Assessment]) -> None:
    starts = {
        "everything": "Do not release",
        "passing": "Release",
        "referred": "Refer",
        "incomplete": "Incomplete assessment: not for a release decision",
        "audited": "Audit only: not for a release decision",
        "broken": "No verdict",
        "kinds": "Do not release",
    }
    root = tree(page.render(case[1]))
    box = root.find(".//div[@class]/h2")

    assert (root.findtext("head/title") or "").startswith(starts[case[0]])
    assert box is not None
    assert starts[case[0]] in text_of(box)


def test_page_loads_and_runs_nothing(case: tuple[str, Assessment]) -> None:
    root = tree(page.render(case[1]))
    attributes = [(k, v) for e in root.iter() for k, v in e.attrib.items()]

    assert not [e for e in root.iter() if e.tag in {"script", "link", "img", "iframe", "object"}]
    assert not [k for k, _ in attributes if k.startswith("on") or k in {"src", "style", "srcset"}]
    assert all(v.startswith("#") for k, v in attributes if k == "href")
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_page_policy_allows_its_own_style_and_nothing_else(make: SimpleNamespace) -> None:
    text = page.render(make.everything())
    root = tree(text)
    (policy,) = [m for m in root.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)

    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert "default-src 'none'" in (policy.get("content") or "")
    assert f"style-src 'sha256-{digest}'" in (policy.get("content") or "")
    assert "unsafe" not in (policy.get("content") or "")


def test_page_ids_are_unique_and_every_reference_has_a_target(case: tuple[str, Assessment]) -> None:
    root = tree(page.render(case[1]))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    wanted = [v for e in root.iter() for v in (e.get("aria-labelledby") or "").split()]
    wanted += [(e.get("href") or "#")[1:] for e in root.iter("a")]

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_page_regions_each_have_a_name_of_their_own(case: tuple[str, Assessment]) -> None:
    root = tree(page.render(case[1]))
    ids = {e.get("id"): text_of(e) for e in root.iter()}
    regions = [e for e in root.iter() if e.tag == "section" or e.get("role") == "region"]
    names = [ids[e.get("aria-labelledby")] for e in regions]

    assert names
    assert len(names) == len(set(names))


def test_page_headings_skip_no_level_and_there_is_one_first(case: tuple[str, Assessment]) -> None:
    levels = [
        int(e.tag[1]) for e in tree(page.render(case[1])).iter() if re.fullmatch("h[1-6]", e.tag)
    ]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_page_one_has_its_parts_in_order(case: tuple[str, Assessment]) -> None:
    front = tree(page.render(case[1])).find(".//section[@class='front']")

    assert front is not None
    headings = [text_of(e) for e in front.iter() if e.tag in {"h1", "h2", "h3"}]
    assert headings[0].startswith("Annual review planner 2.3")
    assert headings[2:] == [
        "What the board is asked to do",
        "Result in numbers",
        "What was not looked at",
        "What statements cover",
        "What was assessed",
    ]


def test_page_tables_have_captions_scopes_and_no_empty_cell(case: tuple[str, Assessment]) -> None:
    root = tree(page.render(case[1]))

    for table in root.iter("table"):
        assert text_of(table.find("caption"))  # type: ignore[arg-type]  # absent fails as it should
        assert all(th.get("scope") in {"row", "col"} for th in table.iter("th"))
        assert all(text_of(cell) for cell in (*table.iter("td"), *table.iter("th")))


def test_page_charts_are_named_described_and_followed_by_their_numbers(
    make: SimpleNamespace,
) -> None:
    root = tree(page.render(make.everything()))
    charts = [s for s in root.iter("div") if s.find("figure") is not None]

    assert len(charts) == 3
    for section in charts:
        svg = section.find("figure/svg")
        assert svg is not None
        assert svg.get("role") == "img"
        assert svg.findtext("title")
        table = text_of(section.find("details"))  # type: ignore[arg-type]  # as above
        described = re.findall(r": (-?\d[\d.]*)", svg.findtext("desc") or "")
        assert described
        assert all(number in table for number in described)


def test_page_when_hostile_is_inert(make: SimpleNamespace) -> None:
    text = page.render(make.everything())

    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_page_is_small_and_has_one_line_of_wall_clock(make: SimpleNamespace) -> None:
    text = page.render(make.everything())

    assert len(text.encode()) < 200_000
    assert len(re.findall(r"\d{2}:\d{2}:\d{2}", text)) == 2
    assert len([r for r in text.splitlines() if "10:00:0" in r]) == 1


def test_page_differs_between_two_runs_only_in_the_run_record(make: SimpleNamespace) -> None:
    first = make.everything()
    second = replace(first, run=replace(first.run, started="2027-01-01T00:00:00+00:00"))
    pairs = zip(page.render(first).splitlines(), page.render(second).splitlines(), strict=True)

    assert next(a for a, b in pairs if a != b).startswith("<p>Run record:")


def test_page_says_how_each_check_works_or_that_it_is_not_here(make: SimpleNamespace) -> None:
    line = make.gap(make.rules().outcome, "no", "a-check-of-somebody-else")
    text = page.render(make.assessment(make.rules(), make.item("DP-03", line)))

    assert "This check is not installed where this report was made." in text
    assert "What it cannot tell you" in text


def test_page_template_refuses_a_name_it_does_not_know(make: SimpleNamespace) -> None:
    from jinja2 import UndefinedError

    context = page._context(page.public(make.passing()))
    del context["asks"]

    with pytest.raises(UndefinedError):
        page._template().render(**context)


def _palettes() -> dict[str, dict[str, str]]:
    light, dark, printed = re.findall(r":root \{([^}]*)\}", STYLE)
    found = {}
    for name, block in (("light", light), ("dark", dark), ("print", printed)):
        found[name] = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    return found


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
@pytest.mark.parametrize("name", ["ink", "soft", "link", "fail", "pass", "open", "none"])
def test_palette_of_text_reaches_seven_to_one_on_both_grounds(mode: str, name: str) -> None:
    palette = _palettes()[mode]

    assert _contrast(palette[name], palette["paper"]) >= 7
    assert _contrast(palette[name], palette["wash"]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_palette_of_rules_reaches_three_to_one(mode: str) -> None:
    assert _contrast(_palettes()[mode]["rule"], _palettes()[mode]["paper"]) >= 3


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
