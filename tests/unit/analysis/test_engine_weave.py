from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.engine_weave import LANES, weave

SUFFIXES = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=40), min_size=1, max_size=12)


@settings(deadline=None)
@given(SUFFIXES)
def test_every_branch_reads_its_own_suffix_in_order_and_in_its_lane(suffixes: list[list[int]]) -> None:
    nodes, last = weave(suffixes)
    for number, suffix in enumerate(suffixes, 1):
        mine = [(index, node) for index, node in enumerate(nodes) if number in node.sequences]
        by_depth = {node.depth: (index, node) for index, node in mine}
        assert len(by_depth) == len(mine)  # no position twice
        assert [by_depth[depth][1].token for depth in range(len(suffix))] == suffix
        assert all(by_depth[depth][0] % LANES == depth % LANES for depth in range(len(suffix)))
        assert by_depth[len(suffix) - 1][0] == last[number - 1]
        # A branch's last token is its own: no other question's answer is read there.
        assert len(nodes[last[number - 1]].sequences) == 1


@settings(deadline=None)
@given(SUFFIXES)
def test_what_fills_stands_behind_every_branch_that_it_touches(suffixes: list[list[int]]) -> None:
    nodes, _ = weave(suffixes)
    assert len(nodes) % LANES == 0
    for node in nodes:
        inside = [node.depth < len(suffixes[s - 1]) for s in node.sequences]
        assert all(inside) or not any(inside)


def test_shared_beginnings_are_evaluated_once() -> None:
    stem = list(range(32))
    nodes, _ = weave([[*stem, 100 + n] for n in range(10)])
    assert len(nodes) == 32 + 10 * LANES
