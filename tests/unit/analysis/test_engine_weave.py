from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.engine_weave import LANES, SPARE, Node, weave

SUFFIXES = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=40), min_size=1, max_size=12)


def _openings(suffixes: list[list[int]], length: int) -> list[int]:
    """As the engine finds them: suffixes that begin with the same few tokens and go on have them as their opening."""
    return [length if len(suffix) > length and suffix[:length] == [0] * length else 0 for suffix in suffixes]


def _branch(nodes: list[Node], number: int) -> dict[int, int]:
    """Depth -> index of a branch's nodes."""
    mine = [(node.depth, index) for index, node in enumerate(nodes) if number in node.sequences]
    assert len({depth for depth, _ in mine}) == len(mine)  # no position twice
    return dict(mine)


@settings(deadline=None)
@given(SUFFIXES, st.integers(1, 12))
def test_every_branch_reads_its_own_suffix_and_nothing_else(suffixes: list[list[int]], length: int) -> None:
    nodes, last = weave(suffixes, _openings(suffixes, length))
    for number, suffix in enumerate(suffixes, 1):
        at = _branch(nodes, number)
        assert [nodes[at[depth]].token for depth in sorted(at)] == suffix
        assert at[len(suffix) - 1] == last[number - 1]
        assert sorted(at.values()) == [at[depth] for depth in sorted(at)]  # never before what it follows
        # A branch's last token is its own: no other question's answer is read there.
        assert len(nodes[last[number - 1]].sequences) == 1


@settings(deadline=None)
@given(SUFFIXES, st.integers(1, 12))
def test_a_branch_stands_in_the_same_lanes_alone_and_among_others(suffixes: list[list[int]], length: int) -> None:
    openings = _openings(suffixes, length)
    nodes, _ = weave(suffixes, openings)
    for number, (suffix, opening) in enumerate(zip(suffixes, openings, strict=True), 1):
        among, alone = _branch(nodes, number), _branch(weave([suffix], [opening])[0], 1)
        assert [among[d] % LANES for d in range(len(suffix))] == [alone[d] % LANES for d in range(len(suffix))]


@settings(deadline=None)
@given(SUFFIXES, st.integers(1, 12))
def test_what_fills_belongs_to_no_branch_and_stands_without_a_gap(suffixes: list[list[int]], length: int) -> None:
    nodes, _ = weave(suffixes, _openings(suffixes, length))
    fillers = [node for node in nodes if SPARE in node.sequences]
    assert all(node.sequences == [SPARE] for node in fillers)
    assert [node.depth for node in fillers] == list(range(len(fillers)))  # llama.cpp refuses a gap in a sequence


def test_shared_beginnings_are_evaluated_once() -> None:
    stem = list(range(32))
    nodes, _ = weave([[*stem, 100 + n] for n in range(10)])
    assert len(nodes) == 32 + 9 * LANES + 1


def test_an_opening_is_shared_whole_and_not_by_lanes() -> None:
    stem = list(range(13))
    suffixes = [[*stem, *range(100 + n, 108 + n)] for n in range(10)]
    assert len(weave(suffixes, [13] * 10)[0]) == 16 + 10 * LANES
    assert len(weave(suffixes)[0]) == 8 + 9 * 16 + 13
