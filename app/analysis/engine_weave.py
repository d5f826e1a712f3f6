"""How the questions about one passage are laid into one batch: shared beginnings once, every lane where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

# Kernels add in lanes of 8. Where every branch begins on a multiple of it, a token sees the same sums to the bit, alone
# and among others; else last bits differ, quantised activations flip, and the log-probabilities move by a tenth.
LANES = 8


@dataclass(slots=True)
class Node:
    """A token of the batch: `depth` counts from the end of the passage, `sequences` are the branches it belongs to."""

    token: int
    depth: int
    sequences: list[int]


def weave(suffixes: list[list[int]], lanes: int = LANES) -> tuple[list[Node], list[int]]:
    """The batch's nodes, and for each suffix (branch 1..n) the index of its last token's node.

    Branches share beginnings by whole lanes and start on a multiple of them; what is left between is filled.
    """
    nodes: list[Node] = []
    last = [0] * len(suffixes)
    path: list[int] = []  # indexes of the nodes of the branch before
    before: list[int] = []
    for branch in sorted(range(len(suffixes)), key=lambda i: suffixes[i]):
        suffix, sequence = suffixes[branch], branch + 1
        start = _common(before, suffix) // lanes * lanes
        for index in path[:start]:
            nodes[index].sequences.append(sequence)
        path = path[:start] + list(range(len(nodes), len(nodes) + len(suffix) - start))
        nodes += [Node(token, start + at, [sequence]) for at, token in enumerate(suffix[start:])]
        last[branch] = path[-1]
        before = suffix
        _fill(nodes, lanes)
    return nodes, last


def _fill(nodes: list[Node], lanes: int) -> None:
    """Go on to the next multiple of `lanes` with tokens behind the end of the last branch; they are forgotten after."""
    end = nodes[-1]
    for extra in range(1, -len(nodes) % lanes + 1):
        nodes.append(Node(end.token, end.depth + extra, list(end.sequences)))


def _common(before: list[int], suffix: list[int]) -> int:
    """How many tokens two suffixes begin with alike, the last one of either left out."""
    limit = min(len(before), len(suffix)) - 1
    count = 0
    while count < limit and before[count] == suffix[count]:
        count += 1
    return count
