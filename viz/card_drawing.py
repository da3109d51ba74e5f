"""A card drawn: 1200 by 630 pixels of ink on paper, as PNG of at most 256 colours.

Drawn at twice its size, one layer a colour, and halved: so letters stand between pixels where the
tables of widths put them, and the same card is the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viz import card_type, look
from viz.card_type import FONTS, TABLE, Style

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 1200
HEIGHT: Final = 630
_SCALE: Final = 2
_SHADES: Final = 15
Point = tuple[float, float]


@dataclass(slots=True)
class Sheet:
    """An empty card to draw on; `set` is where each text came to stand: left, top, right, bottom, in pixels."""

    layers: dict[str, Image.Image] = field(default_factory=dict)
    set: list[tuple[float, float, float, float]] = field(default_factory=list)

    def _layer(self, colour: str) -> Image.Image:
        from PIL import Image

        if colour not in self.layers:
            self.layers[colour] = Image.new("L", (WIDTH * _SCALE, HEIGHT * _SCALE))
        return self.layers[colour]

    def _pen(self, colour: str) -> ImageDraw.ImageDraw:
        from PIL import ImageDraw

        return ImageDraw.Draw(self._layer(colour))

    def text(self, at: Point, text: str, style: Style, size: float, colour: str, *, end: bool = False) -> float:
        """Set one line with its baseline at a point, which is its left end or its right; its width in pixels."""
        line = card_type.line(text, style)
        x = at[0] - line.ems * size if end else at[0]
        layer = self._layer(colour)
        for glyph in line.glyphs:
            # to the quarter of a pixel of the card, so that most letters need not be drawn again
            half = math.floor((x + glyph.at * size) * _SCALE * 2 + 0.5)
            cut = _letter(glyph.letter, glyph.file, size, half % 2)
            if cut is not None:
                mask, left, top = cut
                layer.paste(255, (half // 2 + left, round(at[1] * _SCALE) + top), mask)
        self.set.append((x, at[1] - 0.75 * size, x + line.ems * size, at[1] + 0.25 * size))
        return line.ems * size

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle."""
        corners = (left * _SCALE, top * _SCALE, right * _SCALE - 1, bottom * _SCALE - 1)
        self._pen(colour).rectangle(corners, fill=255)

    def shape(self, at: Point, radius: float, shape: str, colour: str, *, number: str = "") -> None:
        """A sign of a kind around a point, as in the pictures of the pages; a number is cut out of it."""
        draw = self._pen(colour)
        x, y, r = at[0] * _SCALE, at[1] * _SCALE, radius * _SCALE
        if shape == "dot":
            draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
        else:
            draw.polygon([(x + r * a, y + r * b) for a, b in _outline(shape)], fill=255)
        if number:
            size = radius * 1.05
            left = x - card_type.width(number, "bold", size) / 2 * _SCALE
            font = _font("archivo-600-latin", size)
            for glyph in card_type.line(number, "bold").glyphs:
                draw.text((left + glyph.at * size * _SCALE, y + 0.36 * size * _SCALE), glyph.letter, 0, font, "ls")

    def png(self) -> bytes:
        """The card as PNG: paper, and for each colour its shades from paper to full."""
        from PIL import Image

        colours = look.load().colours
        paper = _rgb(colours["paper"][0])
        palette = [*paper]
        card = Image.new("P", (WIDTH, HEIGHT), 0)
        for number, (name, layer) in enumerate(self.layers.items()):
            first = 1 + number * _SHADES
            ink = _rgb(colours[name][0])
            for shade in range(1, _SHADES + 1):
                palette += [round(p + (i - p) * shade / _SHADES) for p, i in zip(paper, ink, strict=True)]
            box = layer.getbbox()
            if box is None:
                continue
            left, top, right, bottom = (box[0] & ~1, box[1] & ~1, box[2] + (box[2] & 1), box[3] + (box[3] & 1))
            small = layer.crop((left, top, right, bottom)).reduce(_SCALE)
            steps = [round(value * _SHADES / 255) for value in range(256)]
            inked = small.point([first + s - 1 if s else 0 for s in steps])
            card.paste(inked, (left // _SCALE, top // _SCALE), small.point([255 * bool(s) for s in steps]))
        card.putpalette(palette)
        out = io.BytesIO()
        card.save(out, "PNG", compress_level=6)
        return out.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@functools.lru_cache(maxsize=256)
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    path = str(FONTS / f"{file}.woff2")
    return ImageFont.truetype(path, size * _SCALE, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=8192)
def _letter(letter: str, file: str, size: float, half: int) -> tuple[Image.Image, int, int] | None:
    """A letter as a mask, and its corner from where the pen is, `half` half pixels to the left; None for a space."""
    from PIL import Image, ImageDraw

    font = _font(file, size)
    left, top, right, bottom = (round(v) for v in font.getbbox(letter, anchor="ls"))
    if right <= left or bottom <= top:
        return None
    mask = Image.new("L", (right - left + 4, bottom - top + 4))
    ImageDraw.Draw(mask).text((2 - left + half / 2, 2 - top), letter, fill=255, font=font, anchor="ls")
    return mask, left - 2, top - 2


@functools.cache
def _outline(shape: str) -> tuple[Point, ...]:
    """The corners of a shape of look.yaml around 0, 0, at most 1 away."""
    if shape == "star":
        return tuple(_corner(at / 10, 1.0 if at % 2 == 0 else 0.45) for at in range(10))
    corners = {"diamond": (4, 0.0), "square": (4, 0.125), "triangle": (3, 0.0), "triangleDown": (3, 0.5),
               "hexagon": (6, 1 / 12)}  # fmt: skip
    count, turn = corners[shape]
    return tuple(_corner(at / count + turn, 1.0) for at in range(count))


def _corner(turn: float, radius: float) -> Point:
    return radius * math.sin(2 * math.pi * turn), -radius * math.cos(2 * math.pi * turn)


@functools.cache
def design(code: Iterable[str] = (__file__, card_type.__file__)) -> str:
    """A hash of all that decides how a card with given words looks: code, colours, faces, and the library."""
    import PIL

    files = [*map(Path, code), look.LOOK, TABLE, *sorted(FONTS.glob("*.woff2"))]
    return hashlib.sha256(b"".join([PIL.__version__.encode(), *(p.read_bytes() for p in files)])).hexdigest()
