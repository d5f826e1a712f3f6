"""Change a playbook's YAML in place: one value, one rule, its name; comments and layout stay as they are. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from app.errors import UserError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one composes ten times faster
NUMBERS = ("above", "at_least", "below", "at_most")
_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9 ,'()-]*\Z")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number in a rule's conditions: which value it limits and how, and where it stands in the text."""

    rule: str
    subject: str  # "notice.days"
    test: str  # above, at_least, below, at_most
    number: float
    start: int
    end: int


def _pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _child(node: yaml.Node, key: str) -> yaml.Node | None:
    return next((value for name, value in _pairs(node) if name == key), None)


def _rules(text: str) -> list[yaml.Node]:
    tree = yaml.compose(text, Loader=_Loader)
    rules = _child(tree, "rules") if tree is not None else None
    return list(rules.value) if isinstance(rules, yaml.SequenceNode) else []


def _identifier(rule: yaml.Node) -> str:
    found = _child(rule, "id")
    return str(found.value) if found is not None else ""


def _find(text: str, rule_id: str) -> tuple[int, list[yaml.Node]]:
    rules = _rules(text)
    for place, rule in enumerate(rules):
        if _identifier(rule) == rule_id:
            return place, rules
    raise UserError("This position is no longer in the playbook.")


def limits_of(text: str) -> tuple[Limit, ...]:
    """Every number that a rule compares with, in the order of the text."""
    return tuple(limit for rule in _rules(text) for limit in _limits(_identifier(rule), _child(rule, "when")))


def _limits(rule: str, node: yaml.Node | None) -> Iterator[Limit]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _limits(rule, item)
    elif isinstance(node, yaml.MappingNode):
        subject = _child(node, "value")
        for key, value in _pairs(node):
            if key in NUMBERS and subject is not None:
                yield Limit(
                    rule, str(subject.value), key, float(value.value), value.start_mark.index, value.end_mark.index
                )
            elif key == "any":
                yield from _limits(rule, value)


def set_number(text: str, place: int, number: float) -> str:
    """Another number for the limit at a place of limits_of()."""
    limit = limits_of(text)[place]
    shown = str(int(number)) if float(number).is_integer() else repr(float(number))
    return text[: limit.start] + shown + text[limit.end :]


def set_values(text: str, rule_id: str, values: Mapping[str, str]) -> str:
    """Other words for keys of a rule (severity, title, reason, ...); "" takes a key out."""
    for key, value in values.items():
        place, rules = _find(text, rule_id)
        text = _set(text, rules[place], key, " ".join(value.split()))
    return text


def _set(text: str, rule: yaml.Node, key: str, value: str) -> str:
    held = _child(rule, key)
    if held is None:
        if not value:
            return text
        anchor = rule.value[0][0].start_mark  # after the first key's line, in its column
        end = text.find("\n", anchor.index)
        return f"{text[: end + 1]}{' ' * anchor.column}{key}: {_scalar(value)}\n{text[end + 1 :]}"
    if value:
        tail = "\n" if text[held.start_mark.index : held.end_mark.index].endswith("\n") else ""
        return text[: held.start_mark.index] + _scalar(value) + tail + text[held.end_mark.index :]
    name = next(k for k, v in rule.value if v is held)
    start, end = text.rfind("\n", 0, name.start_mark.index) + 1, held.end_mark.index
    stop = text.find("\n", end - 1 if text[end - 1 : end] == "\n" else end)
    return text[:start] + text[stop + 1 if stop >= 0 else len(text) :]


def _scalar(value: str) -> str:
    plain = _SHORT.match(value) and yaml.safe_load(value) == value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _blocks(text: str) -> list[tuple[str, int, int]]:
    """(rule id, start, end) of each rule's lines; comments above a rule belong to the one before."""
    rules = _rules(text)
    starts = [text.rfind("\n", 0, rule.start_mark.index) + 1 for rule in rules]
    ends = [*starts[1:], len(text)]
    return [(_identifier(rule), start, end) for rule, start, end in zip(rules, starts, ends, strict=True)]


def remove_rule(text: str, rule_id: str) -> str:
    """The playbook without a rule."""
    blocks = _blocks(text)
    if len(blocks) < 2:
        raise UserError("A playbook needs at least one position.")
    start, end = next((start, end) for name, start, end in blocks if name == rule_id)
    return text[:start] + text[end:]


def flatten(text: str, base: str) -> str:
    """A playbook that extends `base` as one that stands alone: the inherited rules first, its own after them."""
    own = _blocks(text)
    names = {name for name, _, _ in own}
    inherited = [base[start:end].rstrip() + "\n" for name, start, end in _blocks(base) if name not in names]
    head = re.sub(r"(?m)^extends:.*\n", "", text[: own[0][1]])
    return head + "".join(inherited) + text[own[0][1] :]


def rename(text: str, values: Sequence[tuple[str, str]]) -> str:
    """Other values for keys at the top: playbook, title, version."""
    for key, value in values:
        tree = yaml.compose(text, Loader=_Loader)
        held = _child(tree, key) if tree is not None else None
        if held is not None:
            text = text[: held.start_mark.index] + json.dumps(value, ensure_ascii=False) + text[held.end_mark.index :]
    return text
