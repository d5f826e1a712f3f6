"""The look, stated in one place: colours of both themes, spacing, type scale, fonts, and their style sheet."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.paths import resources

SANS = "Inter"
SERIF = "Privity Serif"
PLAIN, MEDIUM, STRONG = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


class Space:
    """Distances in device-independent pixels, multiples of 4."""

    XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 40
    RADIUS = 6


class Type:
    """The type scale in device-independent pixels."""

    SMALL, BODY, LEAD, TITLE, DISPLAY = 12, 13, 15, 19, 28
    CONTRACT = 17


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one theme. Text colours reach WCAG AA on the surfaces they stand on (tests compute it)."""

    canvas: str  # behind everything
    surface: str  # panes
    raised: str  # cards, inputs, tables
    paper: str  # a contract's page in the text view
    line: str  # hairlines
    control: str  # borders of inputs and buttons, 3:1
    hover: str
    ink: str
    ink_soft: str
    ink_faint: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_wash: str
    critical: str
    high: str
    medium: str
    low: str
    info: str
    critical_wash: str
    high_wash: str
    medium_wash: str
    low_wash: str
    info_wash: str
    positive: str
    positive_wash: str
    mark: str  # wash behind a found word
    inserted: str
    deleted: str
    author_2: str  # of changes: the first author has `deleted`
    author_3: str
    author_4: str
    author_5: str


LIGHT = Palette(
    canvas="#EFECE5", surface="#F8F6F1", raised="#FFFEFB", paper="#FFFEFA", line="#DDD8CC", control="#8C8576",
    hover="#EFEBE2", ink="#1D2227", ink_soft="#454C54", ink_faint="#565D64",
    accent="#1C556F", accent_hover="#164459", on_accent="#FFFFFF", accent_wash="#DDEAF0",
    critical="#9E1039", high="#A8470A", medium="#7A5C00", low="#1F5F99", info="#535B64",
    critical_wash="#F8E0E5", high_wash="#FBE7D6", medium_wash="#F6EDC9", low_wash="#DFEBF6", info_wash="#E9E8E4",
    positive="#1B6249", positive_wash="#DDEFE6", mark="#FFE79A", inserted="#1B6249", deleted="#9E1039",
    author_2="#1F5F99", author_3="#6B3FA0", author_4="#8A4B00", author_5="#0B6868",
)  # fmt: skip

DARK = Palette(
    canvas="#121416", surface="#1A1D20", raised="#22262A", paper="#1E2124", line="#343A40", control="#7B838B",
    hover="#2B3035", ink="#ECE9E2", ink_soft="#C6C4BD", ink_faint="#A0A4A8",
    accent="#86BFDA", accent_hover="#A3D0E5", on_accent="#0E1B22", accent_wash="#223843",
    critical="#FF93A6", high="#F4A765", medium="#DFC155", low="#8CBEEC", info="#B3B9BF",
    critical_wash="#43202A", high_wash="#40291A", medium_wash="#393117", low_wash="#1D3145", info_wash="#2D3135",
    positive="#74CBA8", positive_wash="#1B382D", mark="#6B5818", inserted="#74CBA8", deleted="#FF93A6",
    author_2="#8CC4F5", author_3="#CBAAF5", author_4="#F0B27A", author_5="#79D0D0",
)  # fmt: skip

_families: set[str] = set()
_choice = {"theme": "system"}


def load_fonts() -> set[str]:
    """Register the bundled fonts once; returns the families they gave."""
    if not _families:
        for file in sorted((resources() / "fonts").glob("*.ttf")):
            handle = QFontDatabase.addApplicationFont(str(file))
            _families.update(QFontDatabase.applicationFontFamilies(handle))
    return _families


def font(pixels: int = Type.BODY, weight: QFont.Weight = PLAIN, family: str = SANS) -> QFont:
    """A font of the scale."""
    made = QFont(family)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    return made


def is_dark() -> bool:
    """Whether the dark theme is on: the user's choice, else the system's."""
    if _choice["theme"] in ("light", "dark"):
        return _choice["theme"] == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def palette() -> Palette:
    """The palette of the theme that is on."""
    return DARK if is_dark() else LIGHT


def color(name: str, alpha: int = 255) -> QColor:
    """A colour of the palette by its field name, e.g. color("critical_wash")."""
    made = QColor(getattr(palette(), name))
    made.setAlpha(alpha)
    return made


def author_color(number: int) -> QColor:
    """The colour of the changes of the text's first, second, ... author, from 0."""
    names = ("deleted", "author_2", "author_3", "author_4", "author_5")
    return color(names[number % len(names)])


def style_sheet(colours: Palette) -> str:
    """The style sheet with the palette and the scales filled in."""
    values = dataclasses.asdict(colours) | {
        "sans": SANS, "serif": SERIF, "radius": Space.RADIUS, "small": Type.SMALL, "body": Type.BODY,
        "lead": Type.LEAD, "title": Type.TITLE, "display": Type.DISPLAY,
        "icons": (resources() / "icons" / ("dark" if colours is DARK else "light")).as_posix(),
    }  # fmt: skip
    return Template((resources() / "style" / "privity.qss").read_text("utf-8")).substitute(values)


def qt_palette(colours: Palette) -> QPalette:
    """The colours as Qt's own palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette(QColor(colours.surface))
    for where, name in (
        (role.Window, "surface"), (role.WindowText, "ink"), (role.Base, "raised"), (role.AlternateBase, "surface"),
        (role.Text, "ink"), (role.Button, "raised"), (role.ButtonText, "ink"), (role.ToolTipBase, "raised"),
        (role.ToolTipText, "ink"), (role.Highlight, "accent"), (role.HighlightedText, "on_accent"),
        (role.PlaceholderText, "ink_faint"), (role.Link, "accent"), (role.Mid, "line"), (role.Accent, "accent"),
    ):  # fmt: skip
        made.setColor(where, QColor(getattr(colours, name)))
    for where in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.ink_faint))
    return made


def apply(app: QApplication, choice: str = "system") -> None:
    """Dress the application: `choice` is "light", "dark" or "system"."""
    load_fonts()
    _choice["theme"] = choice
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    refresh(app)


def refresh(app: QApplication) -> None:
    """Put the colours of the theme that is on over the whole application."""
    colours = palette()
    app.setFont(font())
    app.setPalette(qt_palette(colours))
    app.setStyleSheet(style_sheet(colours))


def luminance(colour: str) -> float:
    """WCAG relative luminance of "#RRGGBB", 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
