"""Fill a rule's reason with values. A sentence is never shown with a gap in it."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from app.analysis.assess_context import View
from app.domain.playbook import Rule

FIELDS = (
    "text", "period", "notice", "duration", "term", "law", "place", "date", "multiple", "months", "amount", "percent",
    "who", "home_law", "reference_date",
)  # fmt: skip


def fields_in(sentence: str) -> list[str]:
    """The names in braces; raises ValueError on broken braces."""
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]


def fields_of(value: Mapping[str, Any], view: View) -> dict[str, str]:
    """What a reason may say, from the clause's value and the matter."""
    found = {name: str(value[name]) for name in ("law", "place", "date", "months") if value.get(name) is not None}
    if value.get("display"):
        found["text"] = str(value["display"])
    period = value.get("period")
    if isinstance(period, Mapping):
        found["period"] = found["notice"] = str(period["text"])
    if "duration" in value:
        found["duration"] = found["notice"] = found["period"] = str(value["display"])
    if "term_text" in value:
        found["term"] = str(value["term_text"])
    if "multiple" in value:
        found["multiple"] = f"{float(value['multiple']):g}"
    if "percent" in value:
        found["percent"] = f"{float(value['percent']):g} %"
    amount = value.get("amount")
    if isinstance(amount, Mapping):
        found["amount"] = f"{amount['currency']} {float(amount['amount']):,.0f}"
    who = value.get("who")
    if who:
        found["who"] = "either party" if who == "mutual" else str(who)
    matter = view.context.matter
    if matter.home_law:
        found["home_law"] = matter.home_law
    if matter.reference_date:
        found["reference_date"] = matter.reference_date.isoformat()
    return found


def fill(rule: Rule, fields: Mapping[str, str]) -> str:
    """The reason with its fields filled in; `without_value` where one of them is not known."""
    if all(name in fields for name in fields_in(rule.reason)):
        return rule.reason.format_map(fields)
    return rule.without_value or f"{rule.title}."
