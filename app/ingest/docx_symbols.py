"""Characters of w:sym: private-use codes of symbol fonts as the Unicode characters they look like."""

from __future__ import annotations

_SYMBOL = {
    0xB7: "\u2022", 0xA3: "\u2264", 0xB3: "\u2265", 0xB1: "\u00b1", 0xB4: "\u00d7", 0xB8: "\u00f7", 0xB0: "\u00b0",
    0xB9: "\u2260", 0xBB: "\u2248", 0xD2: "\u00ae", 0xE2: "\u00ae", 0xD3: "\u00a9", 0xE3: "\u00a9", 0xD4: "\u2122",
    0xE4: "\u2122", 0x2D: "\u2212", 0xA2: "\u2032", 0xB2: "\u2033", 0xAE: "\u2192", 0xAC: "\u2190", 0xA5: "\u221e",
}  # fmt: skip
_GREEK = dict(zip("abcdefghiklmnopqrstuwxyz", "αβχδεφγηικλμνοπθρστυωξψζ", strict=True))
_DINGS = {
    0xA8: "\u2610", 0x6F: "\u2610", 0x71: "\u2610", 0xFE: "\u2612", 0xFD: "\u2612", 0x78: "\u2612", 0x54: "\u2612",
    0xFC: "\u2713", 0xFB: "\u2717", 0xA7: "\u25aa", 0xD8: "\u27a2", 0x9F: "\u2022", 0x6C: "\u25cf", 0x6E: "\u25a0",
    0xE0: "\u2192", 0xDF: "\u2190", 0x52: "\u2611", 0x53: "\u2612", 0xA3: "\u2610", 0x50: "\u2713",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character shown for a w:sym; "" where the code is none, U+FFFD for an unknown picture."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    low = font.lower()
    if "dings" in low:
        return _DINGS.get(number, "\ufffd")
    if low == "symbol":
        letter = _GREEK.get(chr(number).lower(), "")
        if letter:
            return letter.upper() if chr(number).isupper() else letter
        return _SYMBOL.get(number, chr(number) if 0x20 <= number < 0x7F else "\ufffd")
    if number < 0x20 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return ""
    return chr(number)
