"""Pages as they look, one below the other, with highlights over the exact words."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.domain.text import PageRect
from app.ui import theme
from app.ui.widgets.page_cache import PageCache

GAP = 16  # between pages
MIN_SCALE, MAX_SCALE = 0.3, 5.0


class PageView(QAbstractScrollArea):
    """A continuous view of `sizes` pages (points), at `scale` device-independent pixels per point."""

    highlight_clicked = Signal(str)
    page_changed = Signal(int)
    scale_changed = Signal(float)

    def __init__(self, cache: PageCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[float] = []
        self._scale, self._fit = 1.0, True
        self._highlights: dict[str, tuple[str, list[PageRect]]] = {}
        self._chosen = ""
        self._page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages of the contract"))
        self.setAccessibleDescription(self.tr("The text view beside it has the same words for screen readers."))
        cache.arrived.connect(lambda page: self.viewport().update())

    @property
    def page_count(self) -> int:
        """Pages."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1."""
        return self._page

    def set_sizes(self, sizes: list[tuple[float, float]]) -> None:
        """Show other pages, from the first."""
        self._sizes = sizes
        self._highlights, self._chosen, self._page = {}, "", 0
        self._fit = True
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._moved()

    def set_highlight(self, key: str, severity: str, rectangles: list[PageRect]) -> None:
        """Mark a finding's words."""
        self._highlights[key] = (severity, rectangles)
        self.viewport().update()

    def choose(self, key: str) -> bool:
        """Mark a finding as the chosen one and bring it into view; False where its place is not known yet."""
        self._chosen = key
        self.viewport().update()
        held = self._highlights.get(key)
        if held is None or not held[1]:
            return False
        self.reveal(held[1][0])
        return True

    def reveal(self, place: PageRect) -> None:
        """Bring a rectangle into the upper third, unless it is in sight."""
        area = self._on_view(place)
        seen = QRectF(self.viewport().rect()).adjusted(0, 20, 0, -20)
        if not seen.contains(area):
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + area.top() - self.viewport().height() / 3))
            across = self.horizontalScrollBar()
            across.setValue(round(across.value() + area.left() - 40))

    def go_to_page(self, page: int) -> None:
        """Bring a page (from 1) to the top."""
        if 1 <= page <= len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[page - 1] - GAP / 2))

    def set_scale(self, scale: float) -> None:
        """Zoom, keeping the middle in its place."""
        self._fit = False
        self._zoom(scale)

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out."""
        self.set_scale(self._scale * factor)

    def fit_width(self) -> None:
        """Let a page fill the width, also when the width changes."""
        self._fit = True
        self._lay_out()
        self._moved()

    def _zoom(self, scale: float) -> None:
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(1.0, self._height())
        self._scale = min(MAX_SCALE, max(MIN_SCALE, scale))
        self._lay_out()
        bar.setValue(round(middle * self._height() - self.viewport().height() / 2))
        self._moved()

    def _height(self) -> float:
        return self._tops[-1] + self._sizes[-1][1] * self._scale + GAP if self._sizes else 0.0

    def _lay_out(self) -> None:
        widest = max((w for w, _ in self._sizes), default=1.0)
        if self._fit and self._sizes:
            self._scale = min(2.2, max(MIN_SCALE, (self.viewport().width() - 2 * GAP) / widest))
        self._tops, top = [], float(GAP)
        for _, height in self._sizes:
            self._tops.append(top)
            top += height * self._scale + GAP
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, round(self._height()) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, round(widest * self._scale + 2 * GAP) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.scale_changed.emit(self._scale)
        self.viewport().update()

    def _left(self, page: int) -> float:
        wide = self._sizes[page - 1][0] * self._scale
        return max(float(GAP), (self.viewport().width() - wide) / 2) - self.horizontalScrollBar().value()

    def _frame(self, page: int) -> QRectF:
        width, height = self._sizes[page - 1]
        top = self._tops[page - 1] - self.verticalScrollBar().value()
        return QRectF(self._left(page), top, width * self._scale, height * self._scale)

    def _on_view(self, place: PageRect) -> QRectF:
        if not 1 <= place.page <= len(self._sizes):
            return QRectF()
        origin = self._frame(place.page).topLeft()
        corner = QPointF(place.x0 * self._scale, place.y0 * self._scale) + origin
        return QRectF(corner.x(), corner.y(), (place.x1 - place.x0) * self._scale, (place.y1 - place.y0) * self._scale)

    def _seen(self) -> range:
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(1, bisect_right(self._tops, top))
        return range(first, bisect_right(self._tops, top + self.viewport().height()) + 1)

    def _asked_scale(self) -> float:
        return round(self._scale * self.devicePixelRatioF(), 4)

    def _moved(self) -> None:
        seen = self._seen()
        for page in seen:
            self._cache.want(page, self._asked_scale())
        self._cache.keep_waiting(set(seen))
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max(1, bisect_right(self._tops, middle)) if self._tops else 0
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Redraw, and ask for what came into sight."""
        self.viewport().update()
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        bar, before = self.verticalScrollBar(), max(1.0, self._height())
        top = bar.value()
        self._lay_out()
        bar.setValue(round(top * self._height() / before))
        self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End besides the usual keys."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a highlight chooses its finding."""
        for key, (_, rectangles) in self._highlights.items():
            if any(self._on_view(r).adjusted(-2, -2, 2, 2).contains(event.position()) for r in rectangles):
                self.highlight_clicked.emit(key)
                return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pages in sight, then the highlights on them."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("canvas"))
        seen = self._seen()
        for page in seen:
            self._paint_page(painter, page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for key, (severity, rectangles) in self._highlights.items():
            for place in rectangles:
                if place.page in seen:
                    self._paint_highlight(painter, self._on_view(place), severity, key == self._chosen)
        if self.hasFocus():
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        frame = self._frame(page)
        image = self._cache.image(page)
        ratio = self.devicePixelRatioF()
        if image is None:
            painter.fillRect(frame, QColor("#FFFFFF"))
        elif self._cache.sharp(page, self._asked_scale()):  # pixel by pixel: scaling a page takes too long to scroll
            image.setDevicePixelRatio(ratio)
            at = frame.topLeft() * ratio
            painter.drawImage(QPointF(round(at.x()) / ratio, round(at.y()) / ratio), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(frame)

    def _paint_highlight(self, painter: QPainter, area: QRectF, severity: str, chosen: bool) -> None:
        # The page is white paper in both themes, so its marks are always the light theme's.
        wash = QColor(getattr(theme.LIGHT, "mark" if chosen else f"{severity}_wash"))
        painter.fillRect(area.adjusted(-1, -1, 1, 1), wash)
        edge = QColor(getattr(theme.LIGHT, severity))
        painter.fillRect(QRectF(area.left() - 1, area.bottom(), area.width() + 2, 2 if chosen else 1), edge)
