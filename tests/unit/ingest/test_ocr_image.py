"""How the lines of a page lie, told from its ink alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.ingest.ocr_image import lie, some_lines


def ruled(gap: int = 40, left: int = 150) -> Image.Image:
    """A page of words drawn as blocks: lines of text, ragged at the right."""
    image = Image.new("L", (1275, 1650), 245)
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(200, 1450, gap)):
        for x in range(left, 1050 - 60 * (row % 5), 75):
            draw.rectangle((x, y, x + 55, y + 14), fill=20)
    return image


@pytest.mark.parametrize("angle", [-8.0, -3.2, 0.0, 0.4, 5.0, 9.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_way_lines_run_and_their_skew_are_told_together(angle: float, turn: int) -> None:
    page = ruled().rotate(turn, expand=True).rotate(-angle, expand=True, fillcolor=245)
    found = lie(page)
    assert (found.steep > 3, found.steep < 0.33) == (turn in (90, 270), turn in (0, 180))
    assert found.askew == pytest.approx(angle, abs=0.21)


def test_an_empty_page_lies_straight() -> None:
    assert lie(Image.new("L", (1275, 1650), 255)).askew == 0.0


def test_the_band_holds_whole_lines() -> None:
    page = Image.new("L", (1275, 1650), 245)
    page.paste(ruled().crop((0, 180, 1275, 380)), (0, 900))  # five lines from 920 on; white all around
    rows = np.asarray(some_lines(page, 1 / 12)).min(axis=1)
    assert rows.min() < 60
    assert min(rows[0], rows[-1]) > 200  # cut in the white between lines


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (40, 40)])
def test_odd_pictures_have_a_band_too(size: tuple[int, int]) -> None:
    image = Image.new("L", size, 128)
    lie(image)
    assert some_lines(image, 1 / 32).width >= 0
