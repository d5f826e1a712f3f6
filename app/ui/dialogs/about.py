"""About: versions, licences, and the privacy statement with the way to check it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from app import __version__
from app.ui.widgets import kit

PARTS = (
    ("PySide6_Essentials", "LGPL-3.0"), ("PyMuPDF", "AGPL-3.0"), ("tesserocr", "MIT"), ("python-docx", "MIT"),
    ("llama-cpp-python", "MIT"), ("SQLAlchemy", "MIT"), ("sqlcipher3", "zlib"), ("numpy", "BSD-3-Clause"),
    ("scipy", "BSD-3-Clause"), ("QtAwesome", "MIT; Phosphor icons MIT"), ("XlsxWriter", "BSD-2-Clause"),
    ("icalendar", "BSD-2-Clause"), ("argon2-cffi", "MIT"),
)  # fmt: skip


def installed(name: str) -> str:
    """A part's version, "" where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class AboutDialog(QDialog):
    """Text to read and copy."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Privity"))
        self.resize(660, 560)
        page = QTextBrowser()
        page.setAccessibleName(self.tr("About Privity"))
        page.setOpenLinks(False)
        page.setHtml(self._html())
        close = kit.button(self.tr("Close"), self.accept, kind="primary")
        title = kit.label(f"Privity {__version__}", "title")
        said = kit.label(
            self.tr("Contract review on your own computer. It prepares a lawyer's judgement and is no legal advice."),
            "soft",
            wrap=True,
        )
        self.setLayout(kit.column(title, said, page, kit.row(None, close), margin=24, space=12))

    def _html(self) -> str:
        rows = "".join(
            f"<tr><td>{n}&nbsp;&nbsp;</td><td>{installed(n)}&nbsp;&nbsp;</td><td>{lic}</td></tr>" for n, lic in PARTS
        )
        check = [
            self.tr("Switch the network off and work: nothing changes."),
            self.tr(
                "On Linux: strace -f -e trace=network privity, then review a deal. "
                "No connection to the internet appears."
            ),
            self.tr("Read the code: a rule checked at every change forbids every module that speaks to a network."),
        ]
        steps = "".join(f"<li>{line}</li>" for line in check)
        silent = self.tr(
            "Privity has no code that opens a network connection: no telemetry, no updates, no downloads. "
            "Contracts, findings and decisions stay in the folder of your matters."
        )
        licence = self.tr(
            "Privity is free software under the GNU Affero General Public License, version 3 or later, without any "
            "warranty. Fonts: Inter and Source Serif 4 (as Privity Serif), SIL Open Font License 1.1."
        )
        return (
            f"<h3>{self.tr('Nothing leaves this computer')}</h3><p>{silent}</p>"
            f"<p>{self.tr('How to check it:')}</p><ul>{steps}</ul>"
            f"<h3>{self.tr('Licence')}</h3><p>{licence}</p>"
            f"<h3>{self.tr('Parts')}</h3><table>{rows}</table>"
        )
