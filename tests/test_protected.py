import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.protected import AS_THEY_ARE, PEOPLE, Count, Mask, Part


@pytest.mark.parametrize(
    ("true", "shown"),
    # nearest multiple of 5, halves up: 12 -> 10, 12.5 -> 15, 13 -> 15, 287 -> 285, 288 -> 290
    [(10, 10), (12, 10), (12.5, 15), (13, 15), (287, 285), (288, 290), (15_983, 15_985)],
)
def test_count_when_large_is_rounded_to_the_nearest_five(true: float, shown: float) -> None:
    assert PEOPLE.count(true) == Count(value=shown, rounded=True)


@pytest.mark.parametrize("true", range(10))
def test_count_when_under_ten_is_masked_zero_included(true: int) -> None:
    assert PEOPLE.count(true) == Count(value=None, mask=Mask.FEW)


def test_part_when_small_hides_the_part_and_keeps_the_whole() -> None:
    found = PEOPLE.part(4, 61)

    assert found.x.mask is Mask.FEW
    assert found.n.value == 60
    assert found.rate is None


def test_part_when_its_complement_is_small_is_all_but_few() -> None:
    found = PEOPLE.part(248, 250)

    assert found.x.mask is Mask.ALL_BUT_FEW
    assert found.rate is None


def test_part_when_the_whole_is_small_hides_both() -> None:
    assert PEOPLE.part(3, 9) == Part(
        x=Count(value=None, mask=Mask.FEW), n=Count(value=None, mask=Mask.FEW)
    )


def test_rate_when_shown_comes_from_the_rounded_counts() -> None:
    # 83 -> 85 and 288 -> 290: 85 / 290, not 83 / 288
    assert PEOPLE.part(83, 288).rate == 85 / 290


def test_pair_when_one_side_is_masked_withholds_the_other_events() -> None:
    own, other = PEOPLE.pair(4, 61, 1_524, 3_691)

    assert own.x.mask is Mask.FEW
    assert other.x.mask is Mask.WITHHELD
    assert (own.n.value, other.n.value) == (60, 3_690)
    assert own.rate is None
    assert other.rate is None


def test_pair_when_a_group_is_small_withholds_the_size_of_the_rest() -> None:
    own, other = PEOPLE.pair(3, 8, 1_525, 3_744)

    assert own.n.mask is Mask.FEW
    assert other.n.mask is Mask.WITHHELD


def test_what_is_not_about_people_is_shown_as_it_is() -> None:
    own, other = AS_THEY_ARE.pair(2, 24, 1, 8)

    assert (own.x.value, own.n.value, other.x.value, other.n.value) == (2, 24, 1, 8)
    assert own.rate == 2 / 24


counts = st.integers(0, 400)


@given(counts, counts, counts, counts)
def test_pair_never_shows_or_implies_a_count_under_ten(a: int, b: int, c: int, d: int) -> None:
    own, other = PEOPLE.pair(a, a + b, c, c + d)

    for part in (own, other):
        values = [v.value for v in (part.x, part.n) if v.value is not None]
        assert all(v >= 10 and v % 5 == 0 for v in values)
        if part.x.value is not None and part.n.value is not None:
            assert part.n.value - part.x.value >= 10
    if own.rate is not None:
        assert min(a, b, c, d) >= 10


@given(counts, counts, st.integers(0, 9), st.integers(0, 9))
def test_pair_is_the_same_whatever_the_small_count_is(
    a: int, b: int, small: int, other: int
) -> None:
    n = 500

    assert PEOPLE.pair(small, n, a, a + b) == PEOPLE.pair(other, n, a, a + b)
    assert PEOPLE.pair(n - small, n, a, a + b) == PEOPLE.pair(n - other, n, a, a + b)
