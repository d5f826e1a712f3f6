"""Rich Text Format, token by token: groups, destinations, code pages. Runs in the sandboxed child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SIGNS = {
    "emdash": "\u2014", "endash": "\u2013", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_ESCAPED = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\r", b"\r": "\r"}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
MAX_DEPTH = 500


@dataclass(frozen=True, slots=True)
class State:
    """What holds in a group: where its words go, how they look, who changed them."""

    destination: str = ""  # "" is the text
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False
    author: int = 0
    date: str = ""  # of a change
    encoding: str = ""  # of the font; "" is the document's
    skip: int = 1  # \\uc: characters that stand in for a Unicode one
    table: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Words, a control word that means something to the reader, or the end of a group (value: where it stood)."""

    kind: str  # "words", "par", "cell", "row", "open", "close", "control"
    value: str
    state: State
    number: int | None = None


class BadRtf(Exception):
    """Groups nested deeper than a writer nests them."""


def events(data: bytes, destinations: frozenset[str], skipped: frozenset[str]) -> Iterator[Event]:
    """What the file says, in order; groups of unknown starred destinations are left out."""
    stack: list[State] = []
    state = State()
    fonts: dict[int, str] = {}
    document, font, starred, passed = "cp1252", 0, False, 0
    pending = bytearray()
    for match in _TOKEN.finditer(data):
        word, number, code, escaped, brace, plain = match.groups()
        if pending and code is None:
            yield Event("words", pending.decode(state.encoding or document, "replace"), state)
            pending.clear()
        if brace == b"{":
            if len(stack) > MAX_DEPTH:
                raise BadRtf
            stack.append(state)
            starred = False
            yield Event("open", "", state)
        elif brace == b"}":
            outer = stack.pop() if stack else State()
            yield Event("close", outer.destination, state)
            state = outer
            starred, passed = False, 0
        elif escaped == b"*":
            starred = True
        elif escaped is not None and escaped in _ESCAPED:
            yield Event("words" if escaped not in b"\r\n" else "par", _ESCAPED[escaped], state)
        elif code is not None:
            if passed:
                passed -= 1
            else:
                pending += bytes.fromhex(code.decode())
        elif plain is not None:
            kept, passed = plain[passed:], max(0, passed - len(plain))
            if kept:
                yield Event("words", kept.decode(state.encoding or document, "replace"), state)
        elif word is not None:
            name, value = word.decode(), int(number) if number is not None else None
            if name == "bin":
                continue  # its bytes hold no braces that could be told from others; pictures are left out anyway
            if name in skipped or (starred and name not in destinations):
                state = replace(state, destination="skip")
            elif name in destinations:
                state = replace(state, destination=name if state.destination != "skip" else "skip")
                yield Event("control", name, state, value)
            elif name == "ansicpg" and value:
                document = f"cp{value}"
                document = document if _known(document) else "cp1252"
            elif name == "f":
                font = value or 0
                state = replace(state, encoding=fonts.get(font, "") if state.destination != "fonttbl" else "")
            elif name == "fcharset" and state.destination == "fonttbl":
                fonts[font] = _CHARSETS.get(value or 0, "") if value else ""
            elif name == "u" and value is not None:
                yield Event("words", _character(value), state)
                passed = state.skip
            elif name == "uc":
                state = replace(state, skip=min(8, max(0, value or 0)))
            elif name in _SIGNS:
                yield Event("words", _SIGNS[name], state)
            else:
                state = _look(state, name, value)
                yield Event("control", name, state, value)
            starred = False
    if pending:
        yield Event("words", pending.decode(state.encoding or document, "replace"), state)


def _known(encoding: str) -> bool:
    try:
        b"".decode(encoding)
    except LookupError:
        return False
    return True


def _character(value: int) -> str:
    value %= 65536
    return chr(value)  # halves of a pair are put together at the end


def _look(state: State, name: str, value: int | None) -> State:
    on = value != 0
    if name == "v":
        return replace(state, hidden=on)
    if name == "revised":
        return replace(state, inserted=on)
    if name == "deleted":
        return replace(state, deleted=on)
    if name in {"revauth", "revauthdel"}:
        return replace(state, author=value or 0)
    if name in {"revdttm", "revdttmdel"}:
        return replace(state, date=_date(value or 0))
    if name == "plain":
        return replace(state, hidden=False, inserted=False, deleted=False, encoding="")
    if name == "intbl":
        return replace(state, table=True)
    if name == "pard":
        return replace(state, table=False)
    return state


def _date(packed: int) -> str:
    """Word's packed date and time (DTTM) as ISO 8601; "" where it is none."""
    minute, hour, day, month, year = (
        packed & 63, packed >> 6 & 31, packed >> 11 & 31, packed >> 16 & 15, 1900 + (packed >> 20 & 511),
    )  # fmt: skip
    right = 1 <= day <= 31 and 1 <= month <= 12 and hour < 24 and minute < 60
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00" if right else ""
