"""YAML from strangers: every fault is one sentence with its line."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.documents import Day, Document, read_yaml, typed
from rai_check.errors import UsageError


class Inner(Document):
    colour: str
    day: Day | None = None


class Outer(Document):
    name: str
    parts: tuple[Inner, ...] = ()
    table: dict[str, Inner] = {}  # noqa: RUF012 - pydantic copies defaults


def load(tmp_path: Path, text: str | bytes) -> Outer:
    path = tmp_path / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return typed(read_yaml(path), Outer)


def test_scalars_stay_text(tmp_path):
    found = load(tmp_path, "name: no\ntable: {01: {colour: 1e3, day: 2026-11-23}}\n")

    assert found.name == "no"
    assert found.table["01"].colour == "1e3"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: a\nname: b\n", "line 2: the key 'name' is already on line 1"),
        ("name: a\nnmae: b\n", "line 2: 'nmae' is not a known key. Did you mean 'name'?"),
        (
            "name: a\nparts:\n  - colour: c\n    color: d\n",
            "line 4: 'color' is not a known key. Did you mean 'colour'?",
        ),
        ("name: a\ntable:\n  x: {colour: c, dya: d}\n", "line 3: 'dya'"),
        ("parts: []\n", "'name' is required"),
        ("name: a\nparts:\n  - colour: c\n    day: 31/02/2027\n", "line 4: 'parts.0.day'"),
        ("name: a\nparts:\n  - colour: c\n    day: 2027-02-31\n", "no such date"),
        ("name: &x a\n", "anchors and aliases"),
        ("name: a\nparts: *x\n", "line 2"),
        ("name: [a\n", "not valid YAML"),
        ("name: !!python/object/apply:os.system [ls]\n", "'name'"),
        ("- a\n", "'key: value' lines"),
        ("", "it is empty"),
        (b"name: \xff\xfe\n", "not UTF-8"),
        ("? [a, b]\n: c\n", "a key must be plain text"),
        ("name: " + "[" * 60 + "]" * 60, "deep"),
        ("name: " + "[" * 5000, "file.yaml"),
    ],
)
def test_fault_is_one_sentence_with_its_place(tmp_path, text, says):
    with pytest.raises(UsageError) as caught:
        load(tmp_path, text)

    assert says in str(caught.value)
    assert str(caught.value).startswith("file.yaml")
    assert "\n" not in str(caught.value)


def test_absent_file_suggests_a_near_name(tmp_path):
    (tmp_path / "rai.yaml").write_text("a: b")

    with pytest.raises(UsageError, match=r"Did you mean 'rai.yaml'\?"):
        read_yaml(tmp_path / "ria.yaml")


def test_file_that_is_too_large_is_refused(tmp_path):
    (tmp_path / "big.yaml").write_bytes(b"a: " + b"x" * 1_000_001)

    with pytest.raises(UsageError, match="larger than"):
        read_yaml(tmp_path / "big.yaml")


@given(st.binary(max_size=200))
def test_no_bytes_at_all_escape_as_anything_but_a_usage_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("y") / "file.yaml"
    path.write_bytes(content)

    with suppress(UsageError):
        assert isinstance(typed(read_yaml(path), Outer), Outer)
