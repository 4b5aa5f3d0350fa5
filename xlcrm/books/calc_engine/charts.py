"""Charts: xlwings' Charts and Chart over Calc."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.chart_parts import ChartAxis, ChartLegend, ChartSeriesCollection
from xlcrm.books.calc_engine.errors import missing, unsupported, unsupported_method
from xlcrm.books.calc_engine.link import properties
from xlcrm.books.calc_engine.paths import to_url
from xlcrm.books.calc_engine.shapes import Placed
from xlcrm.books.calc_engine.units import from_points

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.ranges import Range
    from xlcrm.books.calc_engine.sheet import Sheet

_CHART2 = "com.sun.star.drawing.OLE2Shape"
# Type: diagram of Calc, then its properties.
_TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    "column_clustered": ("Bar", {"Vertical": False}),
    "column_stacked": ("Bar", {"Vertical": False, "Stacked": True}),
    "column_stacked_100": ("Bar", {"Vertical": False, "Percent": True}),
    "bar_clustered": ("Bar", {"Vertical": True}),
    "bar_stacked": ("Bar", {"Vertical": True, "Stacked": True}),
    "bar_stacked_100": ("Bar", {"Vertical": True, "Percent": True}),
    "3d_column_clustered": ("Bar", {"Vertical": False, "Dim3D": True}),
    "3d_bar_clustered": ("Bar", {"Vertical": True, "Dim3D": True}),
    "line": ("Line", {"SymbolType": -3}),
    "line_markers": ("Line", {"SymbolType": -1}),
    "line_stacked": ("Line", {"SymbolType": -3, "Stacked": True}),
    "line_stacked_100": ("Line", {"SymbolType": -3, "Percent": True}),
    "line_markers_stacked": ("Line", {"SymbolType": -1, "Stacked": True}),
    "line_markers_stacked_100": ("Line", {"SymbolType": -1, "Percent": True}),
    "area": ("Area", {}),
    "area_stacked": ("Area", {"Stacked": True}),
    "area_stacked_100": ("Area", {"Percent": True}),
    "pie": ("Pie", {}),
    "3d_pie": ("Pie", {"Dim3D": True}),
    "doughnut": ("Donut", {}),
    "xy_scatter": ("XY", {"SymbolType": -1, "Lines": False}),
    "xy_scatter_lines": ("XY", {"SymbolType": -1, "Lines": True}),
    "xy_scatter_lines_no_markers": ("XY", {"SymbolType": -3, "Lines": True}),
    "xy_scatter_smooth": ("XY", {"SymbolType": -1, "Lines": True, "SplineType": 1}),
    "xy_scatter_smooth_no_markers": ("XY", {"SymbolType": -3, "Lines": True, "SplineType": 1}),
    "radar": ("Net", {"SymbolType": -3}),
    "radar_markers": ("Net", {"SymbolType": -1}),
    "radar_filled": ("FilledNet", {}),
    "bubble": ("Bubble", {}),
}


class Charts(base_classes.Collection, base_classes.Charts):
    """The charts of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.xl.Charts

    xl = api

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def __len__(self) -> int:
        return int(self.xl.Count)

    def __iter__(self) -> Iterator[Chart]:
        return iter([Chart(self._sheet, name) for name in self.xl.ElementNames])

    def __call__(self, key: str | int) -> Chart:
        charts = list(self)
        if isinstance(key, int):
            return charts[key - 1]
        for chart in charts:
            if chart.name == key:
                return chart
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(chart.name == key for chart in self)

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Range | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = None,
    ) -> Chart:
        if anchor is not None:
            left, top = anchor.left, anchor.top
        # Calc knows a chart by a key that nothing in the document may share.
        key = f"Chart {uuid.uuid4().hex}"
        name = name or self._new_name()
        place = self._sheet.link.struct(
            "com.sun.star.awt.Rectangle",
            X=from_points(left),
            Y=from_points(top),
            Width=from_points(width),
            Height=from_points(height),
        )
        # Without any cells there is no diagram to speak to.
        cells = source.areas if source is not None else [(1, 1, 1, 1)]
        self._draw(key, place, cells)
        chart = Chart(self._sheet, key)
        chart.name = name
        if chart_type:
            chart.chart_type = chart_type
        if source is not None:
            chart.set_source_data(source, plot_by)
        # A plain background, as in the charts of today's programs.
        wall = chart.diagram.getWall()
        wall.FillStyle = self._sheet.link.enum("com.sun.star.drawing.FillStyle", "NONE")
        return chart

    def _draw(self, key: str, place: Any, areas: list[Any]) -> None:
        addresses = tuple(self._sheet.cell_range_address(area) for area in areas)
        self.xl.addNewByName(key, place, addresses, True, True)

    def _new_name(self) -> str:
        number = 1
        while f"Chart {number}" in self:
            number += 1
        return f"Chart {number}"


class Chart(Placed, base_classes.Chart):
    """A chart on a sheet."""

    style = unsupported("Chart.style")
    secondary_category_axis = unsupported("Chart.secondary_category_axis")
    secondary_value_axis = unsupported("Chart.secondary_value_axis")
    set_x_axis_values = unsupported_method("Chart.set_x_axis_values()")
    to_pdf = unsupported_method("Chart.to_pdf()")

    def __init__(self, sheet: Sheet, key: str) -> None:
        super().__init__(sheet)
        self._key = key

    @property
    def table(self) -> Any:
        """The chart as the sheet lists it, with the cells that it shows."""
        return self.parent.xl.Charts.getByName(self._key)

    @property
    def document(self) -> Any:
        """What is drawn."""
        return self.table.EmbeddedObject

    @property
    def api(self) -> Any:
        """The drawing object that holds the chart."""
        page = self.parent.xl.DrawPage
        for position in range(page.Count):
            shape = page.getByIndex(position)
            if shape.ShapeType == _CHART2 and shape.PersistName == self._key:
                return shape
        raise KeyError(self._key)

    @property
    def diagram(self) -> Any:
        return self.document.getDiagram()

    @property
    def name(self) -> str:
        return str(self.api.Name) or self._key

    @name.setter
    def name(self, value: str) -> None:
        self.api.Name = value

    @property
    def chart_type(self) -> str:
        diagram = self.diagram
        kind = str(diagram.getDiagramType()).rpartition(".")[2].removesuffix("Diagram")
        same = [name for name, (known, _) in _TYPES.items() if known == kind]
        for name in same:
            wanted = {"Stacked": False, "Percent": False, "Dim3D": False} | _TYPES[name][1]
            wanted.pop("SplineType", None)
            if all(getattr(diagram, key, value) == value for key, value in wanted.items()):
                return name
        return same[0]

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        if value not in _TYPES:
            raise missing(f"Chart.chart_type = {value!r}")
        kind, settings = _TYPES[value]
        diagram = self.document.createInstance(f"com.sun.star.chart.{kind}Diagram")
        self.document.setDiagram(diagram)
        for key, setting in settings.items():
            setattr(self.diagram, key, setting)

    @property
    def title(self) -> str | None:
        document = self.document
        return str(document.getTitle().String) if document.HasMainTitle else None

    @title.setter
    def title(self, value: str | None) -> None:
        self.document.HasMainTitle = value is not None
        if value is not None:
            self.document.getTitle().String = value

    @property
    def legend(self) -> ChartLegend:
        return ChartLegend(self)

    @property
    def category_axis(self) -> ChartAxis:
        return ChartAxis(self, "X")

    @property
    def value_axis(self) -> ChartAxis:
        return ChartAxis(self, "Y")

    @property
    def series(self) -> ChartSeriesCollection:
        return ChartSeriesCollection(self)

    @property
    def plot_by(self) -> str:
        return str(self.diagram.DataRowSource.value).lower()

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        self.diagram.DataRowSource = self.parent.link.enum(
            "com.sun.star.chart.ChartDataRowSource", value.upper()
        )

    def set_source_data(self, source: Range, plot_by: str | None = None) -> None:
        table = self.table
        table.setRanges(tuple(source.sheet.cell_range_address(a) for a in source.areas))
        # Calc guesses these anew with every change of the cells.
        table.HasColumnHeaders = _is_text(source, source.areas[-1][1], source.row)
        table.HasRowHeaders = _names_rows(source)
        self.plot_by = plot_by or ("columns" if _height(source) >= _width(source) else "rows")

    def delete(self) -> None:
        self.parent.xl.Charts.removeByName(self._key)

    def to_png(self, path: str) -> None:
        link = self.parent.link
        export = link.service("com.sun.star.drawing.GraphicExportFilter")
        export.setSourceDocument(self.api)
        export.filter(properties(link, URL=to_url(path), MediaType="image/png"))


def _height(source: Range) -> int:
    return source.shape[0]


def _width(source: Range) -> int:
    return sum(right - left + 1 for _, left, _, right in source.areas)


def _is_text(source: Range, column: int, row: int) -> bool:
    return isinstance(source.sheet.range((row, column)).raw_value, str)


def _names_rows(source: Range) -> bool:
    """Whether the first column names what the others count."""
    top, left, bottom, _ = source.areas[0]
    below = source.sheet.range((min(top + 1, bottom), left)).raw_value
    return _width(source) > 1 and not isinstance(below, float)
