"""Load a playbook from YAML and check it; every error names file, line and what was expected."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from app.analysis.assess_reasons import FIELDS, fields_in
from app.analysis.playbooks_check import Node, expect, keys, text_of, yaml_error
from app.analysis.playbooks_conditions import read_conditions
from app.analysis.playbooks_detector import LaterDetector
from app.domain.clauses import CLAUSE_TYPES
from app.domain.findings import Severity
from app.domain.matter import ContractKind, Role
from app.domain.playbook import Playbook, Position, Rule
from app.errors import UserError

_TOP = ("playbook", "version", "title", "notice", "side", "kinds", "extends", "detector", "rules")
_RULE = (
    "id", "title", "clause", "severity", "reason", "recommendation", "fallback", "without_value", "position",
    "required", "roles", "kinds", "when", "question",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIMIT = 2_000_000


def load_playbook(path: Path) -> Playbook:
    """Read and check one playbook; raises UserError with file, line and what was expected."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"The playbook {path} cannot be read: {error.strerror or 'no such file'}.") from None
    if len(raw) > _LIMIT:
        raise UserError(f"The playbook {path} is larger than 2 MB, which no playbook should be.")
    return parse_playbook(raw, path.name, path.parent)


def bundled_playbooks(folder: Path) -> list[Playbook]:
    """The playbooks of a folder (*.yaml), by name."""
    return sorted((load_playbook(path) for path in folder.glob("*.yaml")), key=lambda book: book.name)


def _compose(text: str) -> yaml.Node | None:
    """The YAML's nodes: by the C loader where there is one, ten times faster; what it refuses the other one tells."""
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def parse_playbook(raw: bytes, name: str, folder: Path | None = None) -> Playbook:
    """A playbook from the bytes of a YAML file; `name` is used in error messages.

    `extends` names a playbook in `folder` whose rules come first; a rule of the same id replaces the inherited one.
    """
    try:
        tree = _compose(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"{name}, line 1: expected UTF-8 text.") from None
    except yaml.MarkedYAMLError as error:
        raise yaml_error(name, error) from None
    except yaml.YAMLError:
        raise UserError(f"{name}, line 1: expected plain text in YAML, found characters that YAML forbids.") from None
    if tree is None:
        raise UserError(f"{name}, line 1: expected a playbook, found an empty file.")
    top = Node(tree, name)
    found = keys(top, _TOP, required=("playbook", "version", "title", "rules"))
    rules = tuple(_rule(node) for node in expect(found["rules"], "sequence").items())
    if not rules and "extends" not in found:
        raise found["rules"].error("expected at least one rule")
    _unique(rules, name)
    base = _base(found["extends"], folder) if "extends" in found else None
    if base is not None:
        own = {rule.rule_id for rule in rules}
        rules = (*(rule for rule in base.rules if rule.rule_id not in own), *rules)
    detector, digest = _detector(found["detector"], folder) if "detector" in found else (None, b"")
    return Playbook(
        name=_identifier(found["playbook"]),
        version=text_of(found["version"]),
        sha256=hashlib.sha256(raw + (base.sha256.encode() if base else b"") + digest).hexdigest(),
        title=text_of(found["title"]),
        notice=text_of(found["notice"]) if "notice" in found else "",
        side=_roles(found, "side"),
        kinds=_kinds(found),
        rules=rules,
        detector=detector,
    )


def _detector(node: Node, folder: Path | None) -> tuple[LaterDetector, bytes]:
    """The trained detector in the playbook's folder, and its SHA-256."""
    file = text_of(node)
    if folder is None or Path(file).name != file or not (folder / file).is_file():
        raise node.error("expected the file name of a detector in the same folder, such as 'consumer.npz'")
    try:
        raw = (folder / file).read_bytes()
        return LaterDetector(raw), hashlib.sha256(raw).digest()
    except (OSError, ValueError):
        raise node.error(f"the detector {file} is damaged or of another version") from None


def _base(node: Node, folder: Path | None) -> Playbook:
    """The playbook that is extended: a file in the same folder, which extends none itself."""
    file = text_of(node)
    if folder is None or Path(file).name != file or not (folder / file).is_file():
        raise node.error("expected the file name of a playbook in the same folder, such as 'commercial.yaml'")
    raw = (folder / file).read_bytes()
    if b"\nextends:" in raw:
        raise node.error("the extended playbook extends another one, which is not allowed")
    return parse_playbook(raw, file, None)


def _rule(node: Node) -> Rule:
    """One entry of `rules`."""
    found = keys(node, _RULE, required=("id", "title", "severity", "reason", "recommendation"))
    conditions = read_conditions(found["when"]) if "when" in found else ()
    _check_fields(found)
    required = found["required"].boolean() if "required" in found else False
    clauses = _clauses(found["clause"]) if "clause" in found else ()
    if required and not clauses:
        raise node.error("a required rule needs the clause type that is required, under 'clause'")
    if not required and not clauses and not conditions:
        raise node.error("a rule without a clause type needs conditions under 'when'")
    return Rule(
        rule_id=_identifier(found["id"]),
        title=text_of(found["title"]),
        clauses=clauses,
        severity=Severity(found["severity"].choice([s.value for s in Severity])),
        reason=_sentence(found["reason"]),
        recommendation=_sentence(found["recommendation"]),
        fallback=text_of(found["fallback"]) if "fallback" in found else None,
        without_value=_sentence(found["without_value"]) if "without_value" in found else None,
        position=Position(found["position"].choice(list(Position))) if "position" in found else Position.ESCALATE,
        required=required,
        roles=_roles(found, "roles"),
        kinds=_kinds(found),
        conditions=conditions,
        question=_sentence(found["question"]) if "question" in found else None,
        line=node.line,
    )


def _check_fields(found: Mapping[str, Node]) -> None:
    """The reason's {fields} must be known, and a reason with fields needs words for when they cannot be read."""
    node = found["reason"]
    try:
        names = fields_in(text_of(node))
    except ValueError:
        raise node.error("a brace is open or closed without its partner") from None
    for name in names:
        if name not in FIELDS:
            raise node.error(f"the field {{{name}}} is not known, expected one of: {', '.join(FIELDS)}")
    if names and "without_value" not in found:
        raise node.error("the reason has a {field}, so the key 'without_value' is missing: the reason without it")


def _clauses(node: Node) -> tuple[str, ...]:
    """One clause type or a list of them."""
    return tuple(item.choice(CLAUSE_TYPES) for item in node.one_or_more())


def _roles(found: Mapping[str, Node], key: str) -> tuple[Role, ...]:
    """The roles under a key, () where it is not there."""
    names = [role.value for role in Role if role is not Role.UNKNOWN]
    return tuple(Role(item.choice(names)) for item in found[key].one_or_more()) if key in found else ()


def _kinds(found: Mapping[str, Node]) -> tuple[ContractKind, ...]:
    """The kinds of agreement, () where none are named."""
    names = [kind.value for kind in ContractKind]
    return tuple(ContractKind(item.choice(names)) for item in found["kinds"].one_or_more()) if "kinds" in found else ()


def _identifier(node: Node) -> str:
    """A name of small letters, digits and hyphens."""
    value = text_of(node)
    if not _ID.match(value):
        raise node.error("expected a name of small letters, digits and hyphens, such as 'low-cap'")
    return value


def _sentence(node: Node) -> str:
    """A sentence: it ends with a mark, so that sentences can stand one after another."""
    value = " ".join(text_of(node).split())
    if value[-1] not in ".?!":
        raise node.error("expected a sentence that ends with a full stop or a question mark")
    return value


def _unique(rules: tuple[Rule, ...], name: str) -> None:
    """Refuse a rule id that is used twice: decisions are attached to it."""
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.rule_id in seen:
            where = seen[rule.rule_id]
            raise UserError(f"{name}, line {rule.line}: the id '{rule.rule_id}' is already used in line {where}.")
        seen[rule.rule_id] = rule.line
