"""Pictures and shapes: xlwings' Pictures and Shapes over Calc's draw page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.errors import CalcError, missing, read_only, unsupported
from xlcrm.books.calc_engine.formats import Font
from xlcrm.books.calc_engine.link import properties
from xlcrm.books.calc_engine.paths import to_url
from xlcrm.books.calc_engine.units import from_points, to_points

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.sheet import Sheet

_GRAPHIC = "com.sun.star.drawing.GraphicObjectShape"
_TYPES = {
    _GRAPHIC: "picture",
    "com.sun.star.drawing.OLE2Shape": "chart",
    "com.sun.star.drawing.TextShape": "text_box",
    "com.sun.star.drawing.LineShape": "line",
    "com.sun.star.drawing.GroupShape": "group",
}


class Placed:
    """Something with a place and a size on a sheet, in points."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def api(self) -> Any:
        raise NotImplementedError

    @property
    def left(self) -> float:
        return to_points(self.api.Position.X)

    @left.setter
    def left(self, value: float) -> None:
        self._move(from_points(value), self.api.Position.Y)

    @property
    def top(self) -> float:
        return to_points(self.api.Position.Y)

    @top.setter
    def top(self, value: float) -> None:
        self._move(self.api.Position.X, from_points(value))

    @property
    def width(self) -> float:
        return to_points(self.api.Size.Width)

    @width.setter
    def width(self, value: float) -> None:
        self._resize(from_points(value), self.api.Size.Height)

    @property
    def height(self) -> float:
        return to_points(self.api.Size.Height)

    @height.setter
    def height(self, value: float) -> None:
        self._resize(self.api.Size.Width, from_points(value))

    def _move(self, x: int, y: int) -> None:
        self.api.setPosition(self.parent.link.struct("com.sun.star.awt.Point", X=x, Y=y))

    def _resize(self, width: int, height: int) -> None:
        size = self.parent.link.struct("com.sun.star.awt.Size", Width=width, Height=height)
        self.api.setSize(size)


class Shape(Placed, base_classes.Shape):
    """A drawing object."""

    characters = unsupported("Shape.characters")

    def __init__(self, sheet: Sheet, xl: Any) -> None:
        super().__init__(sheet)
        self.xl = xl

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def name(self) -> str:
        return str(self.api.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.api.Name = value

    @property
    def type(self) -> str:
        return _TYPES.get(self.api.ShapeType, "auto_shape")

    @property
    def index(self) -> int:
        return [shape.name for shape in Shapes(self.parent)].index(self.name) + 1

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def font(self) -> Font:
        return Font(self.api)

    def activate(self) -> None:
        self.parent.book.controller.select(self.api)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        self._scale(factor, relative_to_original_size, scale, "height")

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        self._scale(factor, relative_to_original_size, scale, "width")

    def _scale(self, factor: float, original: bool, scale: str, side: str) -> None:
        if scale != "scale_from_top_left":
            raise missing(f"Shape.scale_{side}(scale={scale!r})")
        if original and self.type == "picture":
            size = _natural_size(self.api)
            setattr(self, side, to_points(size[0] if side == "width" else size[1]) * factor)
        else:
            setattr(self, side, getattr(self, side) * factor)

    def delete(self) -> None:
        self.parent.xl.DrawPage.remove(self.api)


class Shapes(base_classes.Collection):
    """The drawing objects of a sheet, pictures and charts too."""

    _wrap: Any = Shape

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.xl.DrawPage

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _holds(self, xl: Any) -> bool:
        return True

    def _every(self) -> list[Any]:
        page = self.api
        shapes = [page.getByIndex(position) for position in range(page.Count)]
        return [self._wrap(self._sheet, xl) for xl in shapes if self._holds(xl)]

    def __len__(self) -> int:
        return len(self._every())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._every())

    def __call__(self, key: str | int) -> Any:
        every = self._every()
        if isinstance(key, int):
            return every[key - 1]
        for shape in every:
            if shape.name == key:
                return shape
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(shape.name == key for shape in self._every())


class Picture(Shape, base_classes.Picture):
    """A picture."""

    lock_aspect_ratio = True

    def _resize(self, width: int, height: int) -> None:
        now = self.api.Size
        if self.lock_aspect_ratio and now.Width and now.Height:
            if width != now.Width:
                height = round(now.Height * width / now.Width)
            else:
                width = round(now.Width * height / now.Height)
        super()._resize(width, height)

    @read_only
    def index(self) -> int:
        return [picture.name for picture in Pictures(self.parent)].index(self.name) + 1


class Pictures(Shapes, base_classes.Pictures):
    """The pictures of a sheet."""

    _wrap = Picture

    def _holds(self, xl: Any) -> bool:
        return bool(xl.ShapeType == _GRAPHIC)

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float,
        height: float,
        anchor: Any = None,
    ) -> Picture:
        if link_to_file:
            raise missing("Pictures.add(link_to_file=True)")
        number = len(self) + 1
        xl = self._sheet.book.xl.createInstance(_GRAPHIC)
        xl.Graphic = self._load(filename)
        self.api.add(xl)
        xl.Name = f"Picture {number}"
        natural = _natural_size(xl)
        size = (
            from_points(width) if width > 0 else natural[0],
            from_points(height) if height > 0 else natural[1],
        )
        picture = Picture(self._sheet, xl)
        x, y = from_points(left or 0), from_points(top or 0)
        if anchor is not None:
            x, y = from_points(anchor.left), from_points(anchor.top)
        Placed._resize(picture, *size)
        picture._move(x, y)
        return picture

    def _load(self, filename: str) -> Any:
        provider = self._sheet.link.service("com.sun.star.graphic.GraphicProvider")
        graphic = provider.queryGraphic(properties(self._sheet.link, URL=to_url(filename)))
        if graphic is None:
            raise CalcError(f"{filename} is not a picture that LibreOffice can read.")
        return graphic


def _natural_size(xl: Any) -> tuple[int, int]:
    """The size of a picture in 1/100 mm; by its pixels, at 96 to the inch, where it tells none."""
    size = xl.Graphic.Size100thMM
    if size.Width and size.Height:
        return size.Width, size.Height
    pixels = xl.Graphic.SizePixel
    return round(pixels.Width * 2540 / 96), round(pixels.Height * 2540 / 96)
