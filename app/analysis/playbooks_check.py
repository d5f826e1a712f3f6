"""YAML nodes that know their file and line, so that every complaint can say where and what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from app.errors import UserError

_NAMES = {"scalar": "text", "sequence": "a list", "mapping": "keys with values"}


class Node:
    """A node of the YAML tree with the name of its file."""

    def __init__(self, node: yaml.Node, file: str) -> None:
        self.node = node
        self.file = file

    @property
    def line(self) -> int:
        """Counted from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def kind(self) -> str:
        """scalar, sequence or mapping."""
        return str(getattr(self.node, "id", ""))

    def error(self, message: str) -> UserError:
        """The complaint about this node, to be raised."""
        return UserError(f"{self.file}, line {self.line}: {message}{'' if message.endswith('?') else '.'}")

    def items(self) -> list[Node]:
        """The entries of a list."""
        return [Node(child, self.file) for child in expect(self, "sequence").node.value]

    def one_or_more(self) -> list[Node]:
        """The node alone, or the entries of a list that is not empty."""
        if self.kind != "sequence":
            return [expect(self, "scalar")]
        found = self.items()
        if not found:
            raise self.error("expected at least one entry")
        return found

    def scalar(self) -> str | int | float | bool | None:
        """The plain value: YAML decides whether it is text, number or truth."""
        expect(self, "scalar")
        loader = yaml.SafeLoader("")
        value: Any = loader.construct_object(self.node)
        return value if isinstance(value, (str, int, float, bool)) or value is None else str(self.node.value)

    def boolean(self) -> bool:
        """true or false."""
        value = self.scalar()
        if not isinstance(value, bool):
            raise self.error("expected true or false")
        return value

    def choice(self, allowed: Iterable[str]) -> str:
        """One of the allowed words; the complaint names the nearest."""
        names = list(allowed)
        value = text_of(self)
        if value in names:
            return value
        near = difflib.get_close_matches(value, names, 1, 0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"expected one of: {', '.join(names)}"
        raise self.error(f"'{value[:60]}' is not known here, {hint}".rstrip("."))


# What PyYAML says, and what it comes to for who writes the file.
_PLAIN_WORDS = (
    (r"character '\\t'", "a line is indented by a tab; use spaces"),
    ("mapping values are not allowed", "a text with a colon in it needs quotation marks around it"),
    ("found another document", "expected one playbook in the file, found a second one after '---'"),
    ("unexpected end of stream", "a quotation mark is not closed"),
    (
        "expected <block end>",
        "it does not fit the lines above it: look for a wrong indent or an open quotation mark",
    ),
    ("could not find expected ':'", "expected a key with a colon after it"),
    ("expected ',' or", "a list in square brackets is not closed, or an entry lacks its comma"),
    ("undefined alias", "'*' begins a reference in YAML; put the text in quotation marks"),
)


def yaml_error(file: str, error: yaml.MarkedYAMLError) -> UserError:
    """A mistake in the YAML itself, with its line and, where it is a usual one, what to do."""
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    problem = str(error.problem or error.context or "it cannot be read")
    plain = next((words for sign, words in _PLAIN_WORDS if re.search(sign, problem)), problem)
    return UserError(f"{file}, line {line}: this is not valid YAML: {plain}.")


def expect(node: Node, kind: str) -> Node:
    """The node, if it is of that kind."""
    if node.kind != kind:
        raise node.error(f"expected {_NAMES[kind]}, found {_NAMES.get(node.kind, node.kind)}")
    return node


def text_of(node: Node) -> str:
    """The text of a scalar that is not empty."""
    expect(node, "scalar")
    value = str(node.node.value).strip()
    if not value:
        raise node.error("expected some text")
    return value


def keys(node: Node, allowed: Sequence[str], required: Sequence[str] = ()) -> dict[str, Node]:
    """The values of a mapping by key; unknown, doubled and missing keys are errors."""
    expect(node, "mapping")
    found: dict[str, Node] = {}
    for key_node, value_node in node.node.value:
        key = Node(key_node, node.file)
        name = text_of(key)
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, 1, 0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"expected one of: {', '.join(allowed)}"
            raise key.error(f"the key '{name[:60]}' is not known here, {hint}".rstrip("."))
        if name in found:
            raise key.error(f"the key '{name}' stands here twice")
        found[name] = Node(value_node, node.file)
    for name in required:
        if name not in found:
            raise node.error(f"the key '{name}' is missing")
    return found
