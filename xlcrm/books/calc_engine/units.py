"""Lengths and colours between xlwings (points, characters, RGB) and Calc (1/100 mm, 0xRRGGBB)."""

from __future__ import annotations

from typing import Any

from xlwings.utils import hex_to_rgb, int_to_rgb

Rgb = tuple[int, int, int]

_PER_POINT = 2540 / 72
_PER_PIXEL = 2540 / 96
# Excel counts a width in digits of its default font: 7 pixels each, and 5 of padding.
_DIGIT, _PADDING = 7, 5


def to_points(hundredths: float) -> float:
    """A length of Calc in points.

    >>> to_points(2540)
    72.0
    """
    return round(hundredths / _PER_POINT, 2)


def from_points(points: float) -> int:
    """A length in points as Calc counts it.

    >>> from_points(72)
    2540
    """
    return round(points * _PER_POINT)


def to_characters(hundredths: float) -> float:
    """A column width of Calc in Excel's characters.

    >>> to_characters(from_characters(12))
    12.0
    """
    pixels = hundredths / _PER_PIXEL
    if pixels < _DIGIT + _PADDING:
        return round(pixels / (_DIGIT + _PADDING), 2)
    return round((pixels - _PADDING) / _DIGIT, 2)


def from_characters(characters: float) -> int:
    """A column width in Excel's characters as Calc counts it.

    >>> from_characters(8.43)
    1694
    """
    if characters < 1:
        return round(characters * (_DIGIT + _PADDING) * _PER_PIXEL)
    return round((characters * _DIGIT + _PADDING) * _PER_PIXEL)


def to_rgb(color: int) -> Rgb | None:
    """A colour of Calc; None for none.

    >>> to_rgb(0x1F6F8B), to_rgb(-1)
    ((31, 111, 139), None)
    """
    if color < 0:
        return None
    return (color >> 16) & 255, (color >> 8) & 255, color & 255


def from_rgb(color: Any) -> int:
    """A colour as xlwings takes it (RGB, hex text, Excel's number) for Calc; -1 for None.

    >>> from_rgb((31, 111, 139)) == from_rgb("#1F6F8B") == 0x1F6F8B
    True
    """
    if color is None:
        return -1
    if isinstance(color, str):
        color = hex_to_rgb(color)
    elif isinstance(color, int):
        color = int_to_rgb(color)
    red, green, blue = color
    return (int(red) << 16) | (int(green) << 8) | int(blue)
