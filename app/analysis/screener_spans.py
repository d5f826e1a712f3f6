"""Where in its segment a short clause stands: dates and titles are cut out of their sentence."""

from __future__ import annotations

import re

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?|_{1,}|\[[^\]]{0,12}\])"
DATE = re.compile(
    rf"(?:{_DAY}\s*(?:day\s+)?(?:of\s+)?{_MONTH},?\s*(?:in\s+the\s+year\s+)?\d{{2,4}}|{_MONTH}\s*{_DAY}\s*,?\s*(?:\d{{4}}|\d{{2}}_+|_+)"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|{_MONTH},?\s+\d{{4}})",
    re.IGNORECASE,
)


def trim(text: str, clause_type: str, start: int, end: int) -> tuple[int, int]:
    """The part of [start, end) that is the clause itself; the whole where that cannot be told."""
    if clause_type == "Agreement Date":
        matches = list(DATE.finditer(text, start, end))
        if len(matches) == 1:
            return matches[0].start(), matches[0].end()
    return start, end
