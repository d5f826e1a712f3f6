"""How the questions about one passage are laid into one batch: shared beginnings once, every lane where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

# Kernels add in lanes of 8. Where every branch begins on a multiple of it, a token sees the same sums to the bit, alone
# and among others; else last bits differ, quantised activations flip, and the log-probabilities move by a tenth.
LANES = 8
BRANCHES = 48  # sequences beside the one that holds instructions and passage
SPARE = BRANCHES + 1  # the sequence of what fills


@dataclass(slots=True)
class Node:
    """A token of the batch: `depth` counts from the end of the passage, `sequences` are the branches it belongs to."""

    token: int
    depth: int
    sequences: list[int]


def weave(
    suffixes: list[list[int]], openings: list[int] | None = None, lanes: int = LANES
) -> tuple[list[Node], list[int]]:
    """The batch's nodes, and for each suffix (branch 1..n) the index of its last token's node.

    `openings` says how many tokens at the beginning of a suffix are an opening that many questions share. Branches
    share beginnings by openings and whole lanes; what follows either starts on a multiple of them. What fills the gaps
    belongs to a branch of its own, number SPARE, so that nobody reads it.
    """
    nodes: list[Node] = []
    last = [0] * len(suffixes)
    path: list[int] = []  # indexes of the nodes of the branch before
    before: list[int] = []
    opened = 0  # of the branch before
    spent = 0  # fillers so far
    for branch in sorted(range(len(suffixes)), key=lambda i: suffixes[i]):
        suffix, sequence = suffixes[branch], branch + 1
        opening = openings[branch] if openings else 0
        start = _shared(_common(before, suffix), opening, opened, lanes)
        for index in path[:start]:
            nodes[index].sequences.append(sequence)
        path = path[:start]
        for depth in range(start, len(suffix)):
            if depth in (start, opening):
                spent = _fill(nodes, spent, lanes)
            path.append(len(nodes))
            nodes.append(Node(suffix[depth], depth, [sequence]))
        last[branch] = path[-1]
        before, opened = suffix, opening
    return nodes, last


def _shared(common: int, opening: int, opened: int, lanes: int) -> int:
    """How many of the tokens that two suffixes have in common can be the same nodes for both."""
    if opening == opened and common >= opening:
        return opening + (common - opening) // lanes * lanes
    return min(common, opening, opened) // lanes * lanes


def _fill(nodes: list[Node], spent: int, lanes: int) -> int:
    """Go on to the next multiple of `lanes` with tokens that belong to no branch; returns how many there are now."""
    for _ in range(-len(nodes) % lanes):
        nodes.append(Node(nodes[-1].token, spent, [SPARE]))
        spent += 1
    return spent


def _common(before: list[int], suffix: list[int]) -> int:
    """How many tokens two suffixes begin with alike, the last one of either left out."""
    limit = min(len(before), len(suffix)) - 1
    count = 0
    while count < limit and before[count] == suffix[count]:
        count += 1
    return count
