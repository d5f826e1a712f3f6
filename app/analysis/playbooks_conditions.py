"""The conditions of a rule: `when` in a playbook."""

from __future__ import annotations

import re

from app.analysis.playbooks_check import Node, expect, keys, text_of
from app.analysis.playbooks_detector import CATEGORIES
from app.analysis.playbooks_patterns import MOST_WAYS, pattern, ways
from app.domain.clauses import CLAUSE_TYPES
from app.domain.matter import DealStructure
from app.domain.playbook import SCOPES, Condition, Test

_NUMBERS = (Test.ABOVE, Test.AT_LEAST, Test.BELOW, Test.AT_MOST)
_OF_VALUE = (*_NUMBERS, Test.IS, Test.IS_NOT, Test.ONE_OF, Test.NONE_OF, Test.KNOWN)
_OTHERS = (
    Test.SAYS,
    Test.LACKS,
    Test.PARTY,
    Test.DEAL,
    Test.LAW,
    Test.HAS,
    Test.HAS_NOT,
    Test.RUN_OUT,
    Test.ANY,
    Test.UNFAIR,
)
_KEYS = ("value", "in", *(test.value for test in (*_OF_VALUE, *_OTHERS)))
# What can be read of a clause; a path that nothing fills would make a rule that never holds.
VALUES = (
    "amount.amount", "amount.currency", "business", "carve_outs", "count", "country",
    "covenant.after_days", "covenant.after_term", "covenant.during_term", "date", "days", "display",
    "duration", "event", "how", "law", "months", "multiple", "payment.days", "payment.due",
    "payment.from", "percent", "period.business", "period.days", "period.iso", "perpetual", "place",
    "region", "start", "successive", "term", "territory", "title", "who", "years_of_fees",
)  # fmt: skip
_PARTIES = ("us", "them", "one side", "mutual")


def read_conditions(node: Node) -> tuple[Condition, ...]:
    """The entries of `when`, all of which must hold."""
    found = tuple(condition for item in expect(node, "sequence").items() for condition in _condition(item))
    if not found:
        raise node.error("expected at least one condition")
    return found


def _condition(node: Node) -> list[Condition]:
    """One entry: a test of a value, or of words, parties, deal, law, other clauses."""
    found = keys(node, _KEYS)
    if "value" in found:
        return _of_value(node, found)
    tests = [test for test in _OTHERS if test.value in found]
    if len(tests) != 1:
        names = ", ".join(test.value for test in _OTHERS)
        raise node.error(f"expected a 'value' with a test, or exactly one of: {names}")
    test = tests[0]
    operand = found[test.value]
    extra = set(found) - {test.value, "in"}
    if extra or ("in" in found and test not in (Test.SAYS, Test.LACKS)):
        raise node.error(f"'{test.value}' cannot be combined with {', '.join(sorted(extra or {'in'}))}")
    match test:
        case Test.SAYS | Test.LACKS:
            scope = found["in"].choice(SCOPES) if "in" in found else "clause"
            return [Condition(test, tuple(_pattern(item) for item in operand.one_or_more()), scope)]
        case Test.PARTY:
            return [Condition(test, operand.choice(_PARTIES))]
        case Test.DEAL:
            deals = [deal.value for deal in DealStructure]
            return [Condition(test, tuple(item.choice(deals) for item in operand.one_or_more()))]
        case Test.LAW:
            return [Condition(test, operand.choice(("home", "foreign")))]
        case Test.HAS | Test.HAS_NOT:
            return [Condition(test, tuple(item.choice(CLAUSE_TYPES) for item in operand.one_or_more()))]
        case Test.UNFAIR:
            return [Condition(test, tuple(item.choice(CATEGORIES.values()) for item in operand.one_or_more()))]
        case Test.RUN_OUT:
            return [Condition(test, True, operand.choice(VALUES))]
    return [Condition(Test.ANY, read_conditions(operand))]


def _of_value(node: Node, found: dict[str, Node]) -> list[Condition]:
    """Tests of one value; several stand for a range."""
    path = found["value"].choice(VALUES)
    others = set(found) - {"value"} - {test.value for test in _OF_VALUE}
    tests = [test for test in _OF_VALUE if test.value in found]
    if others or not tests:
        raise node.error(f"expected a test beside 'value', one of: {', '.join(test.value for test in _OF_VALUE)}")
    made = []
    for test in tests:
        operand = found[test.value]
        value: object
        if test in _NUMBERS:
            value = operand.scalar()
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
                raise operand.error(f"'{test.value}' expects a number, not below 0 and without quotation marks")
        elif test in (Test.ONE_OF, Test.NONE_OF):
            value = tuple(item.scalar() for item in operand.one_or_more())
        elif test is Test.KNOWN:
            value = operand.boolean()
        else:
            value = operand.scalar()
        made.append(Condition(test, value, path))
    lower = [float(str(c.operand)) for c in made if c.test in (Test.ABOVE, Test.AT_LEAST)]
    upper = [float(str(c.operand)) for c in made if c.test in (Test.BELOW, Test.AT_MOST)]
    if lower and upper and max(lower) > min(upper):
        raise node.error(f"no number can be above {max(lower):g} and below {min(upper):g}")
    return made


def _pattern(node: Node) -> str:
    """A regular expression that compiles and comes to an end; white space in it stands for any white space."""
    value = text_of(node)
    try:
        pattern(value)
    except re.error as error:
        raise node.error(f"expected a regular expression, but {error.msg} at position {error.pos}") from None
    except (OverflowError, RecursionError):
        raise node.error("expected a regular expression, but this one is nested or repeated beyond measure") from None
    if ways(value) > MOST_WAYS:
        raise node.error(
            "this wording can fit one passage in so many ways that a review would not end; in place of * and + give"
            " how many at most, such as {0,80}, and let no repeated group hold another repeat of the same letters"
        )
    return value
