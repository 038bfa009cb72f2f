"""The same groups in two counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.fairness import METRICS, count, cube_of
from rai_check.fairness.matching import matched
from rai_check.measurement import SMALL_GROUPS
from role_tables import decided, labelled

ROWS = st.lists(
    st.tuples(st.sampled_from("abcq"), st.sampled_from(["yes", "no", None])), max_size=60
)


def unpooled(rows):
    table = decided(rows, "one", "says", one=labelled("abc"))
    return count(cube_of(table, ("one",)), ("one",), METRICS["selection"], pool_below=0)


def many(**counts):
    return [tuple(key.split("_")) for key, n in counts.items() for _ in range(n)]


def test_group_that_is_small_in_one_is_put_with_the_small_in_both():
    first, second = matched(
        unpooled(many(a_yes=20, b_yes=20, c_yes=3)),
        unpooled(many(a_yes=20, b_yes=4, c_yes=30)),
        pool_below=10,
    )

    assert [(g.label, g.n, g.members) for g in first.groups] == [
        ("A", 20, ()), (SMALL_GROUPS, 23, ("B", "C")),
    ]  # fmt: skip
    assert [(g.label, g.n) for g in second.groups] == [("A", 20), (SMALL_GROUPS, 34)]


def test_group_that_is_unusable_in_one_stays_alone():
    rows = [*many(a_yes=20, b_yes=20), *[("c", None)] * 9]

    first, second = matched(unpooled(rows), unpooled(many(a_yes=20, b_yes=20)), pool_below=10)

    assert [(g.label, g.rows, g.n) for g in first.groups] == [
        ("A", 20, 20), ("B", 20, 20), ("C", 9, 0),
    ]  # fmt: skip
    assert [g.n for g in second.groups] == [20, 20, 0]


def test_some_groups_can_be_kept_alone():
    first, _ = matched(
        unpooled(many(a_yes=20, b_yes=2)), unpooled(many(a_yes=20)), pool_below=10, alone={("B",)}
    )

    assert [g.label for g in first.groups] == ["A", "B", SMALL_GROUPS]


@given(ROWS, ROWS, st.integers(2, 15))
@settings(max_examples=40, deadline=None)
def test_both_have_the_same_groups_and_lose_nobody(rows, others, below):
    counts = [unpooled(rows), unpooled(others)]

    found = matched(*counts, pool_below=below)

    first, second = ([(g.labels, g.members) for g in one.groups] for one in found)
    assert first == second
    for before, after in zip(counts, found, strict=True):
        assert sum(g.n for g in after.groups) == sum(g.n for g in before.groups)
        assert sum(g.rows for g in after.groups) == sum(g.rows for g in before.groups)
        assert after.everyone == before.everyone
