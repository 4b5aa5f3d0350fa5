"""Parts of a chart: xlwings' ChartAxis, ChartSeries and ChartLegend over Calc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import _UNSET

from xlcrm.books.calc_engine.errors import missing, read_only, unsupported
from xlcrm.books.calc_engine.units import from_rgb, to_rgb

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.charts import Chart

_LEGENDS = {"top": "TOP", "bottom": "BOTTOM", "left": "LEFT", "right": "RIGHT"}


class ChartAxis(base_classes.ChartAxis):
    """An axis: X for the categories, Y for the values."""

    major_unit = unsupported("ChartAxis.major_unit")
    crosses = unsupported("ChartAxis.crosses")

    def __init__(self, chart: Chart, letter: str) -> None:
        self._chart = chart
        self._letter = letter

    @property
    def api(self) -> Any:
        getter = f"get{self._letter}Axis"
        return getattr(self._chart.diagram, getter)()

    @read_only
    def title(self) -> str | None:
        diagram = self._chart.diagram
        if not getattr(diagram, f"Has{self._letter}AxisTitle"):
            return None
        return str(self.api.getAxisTitle().String)

    @read_only
    def minimum_scale(self) -> float:
        return float(self.api.Min)

    @read_only
    def maximum_scale(self) -> float:
        return float(self.api.Max)

    @read_only
    def number_format(self) -> str:
        return self._chart.parent.book.number_formats.code_of(self.api.NumberFormat)

    @read_only
    def visible(self) -> bool:
        return bool(getattr(self._chart.diagram, f"Has{self._letter}Axis"))

    @read_only
    def reverse_order(self) -> bool:
        return bool(self.api.ReverseDirection)

    def set(
        self,
        *,
        title: Any = _UNSET,
        minimum_scale: Any = _UNSET,
        maximum_scale: Any = _UNSET,
        major_unit: Any = _UNSET,
        number_format: Any = _UNSET,
        visible: Any = _UNSET,
        reverse_order: Any = _UNSET,
        crosses: Any = _UNSET,
    ) -> None:
        if major_unit is not _UNSET or crosses is not _UNSET:
            raise missing("ChartAxis.set(major_unit, crosses)")
        diagram = self._chart.diagram
        if visible is not _UNSET:
            setattr(diagram, f"Has{self._letter}Axis", visible)
        if title is not _UNSET:
            setattr(diagram, f"Has{self._letter}AxisTitle", title is not None)
            if title is not None:
                self.api.getAxisTitle().String = title
        for side, value in (("Min", minimum_scale), ("Max", maximum_scale)):
            if value is not _UNSET:
                setattr(self.api, f"Auto{side}", value is None)
                if value is not None:
                    setattr(self.api, side, float(value))
        if number_format is not _UNSET:
            key = self._chart.parent.book.number_formats.key_of(number_format)
            self.api.LinkNumberFormatToSource = False
            self.api.NumberFormat = key
        if reverse_order is not _UNSET:
            self.api.ReverseDirection = reverse_order


class ChartSeriesCollection(base_classes.ChartSeriesCollection):
    """The series of a chart."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    @property
    def api(self) -> Any:
        return self._chart.document.getData()

    @property
    def parent(self) -> Chart:
        return self._chart

    def every(self) -> list[Any]:
        """The series as the chart draws them, in order."""
        systems = self._chart.document.getFirstDiagram().getCoordinateSystems()
        return [s for y in systems for t in y.getChartTypes() for s in t.getDataSeries()]

    def __len__(self) -> int:
        return len(self.every())

    def __iter__(self) -> Iterator[ChartSeries]:
        return iter([ChartSeries(self._chart, xl) for xl in self.every()])

    def __call__(self, key: int) -> ChartSeries:
        every = self.every()
        if not 1 <= key <= len(every):
            raise KeyError(key)
        return ChartSeries(self._chart, every[key - 1])


class ChartSeries(base_classes.ChartSeries):
    """One series of a chart."""

    marker_style = unsupported("ChartSeries.marker_style")
    marker_size = unsupported("ChartSeries.marker_size")
    marker_foreground_color = unsupported("ChartSeries.marker_foreground_color")
    marker_background_color = unsupported("ChartSeries.marker_background_color")
    chart_type = unsupported("ChartSeries.chart_type")
    axis_group = unsupported("ChartSeries.axis_group")

    def __init__(self, chart: Chart, xl: Any) -> None:
        self._chart = chart
        self.xl = xl

    @property
    def api(self) -> Any:
        return self.xl

    @read_only
    def name(self) -> str:
        for sequence in self.xl.getDataSequences():
            label = sequence.getLabel()
            if label is not None:
                return " ".join(str(part) for part in label.getData())
        return ""

    @read_only
    def fill_color(self) -> tuple[int, int, int] | None:
        return to_rgb(self.api.Color)

    @read_only
    def line_color(self) -> tuple[int, int, int] | None:
        return to_rgb(self.api.Color)

    def set(self, **changes: Any) -> None:
        for what, value in changes.items():
            if value is _UNSET:
                continue
            if what not in ("fill_color", "line_color"):
                raise missing(f"ChartSeries.{what}")
            self.api.Color = from_rgb(value)


class ChartLegend(base_classes.ChartLegend):
    """The legend of a chart."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    @property
    def api(self) -> Any:
        return self._chart.document.getLegend()

    @property
    def visible(self) -> bool:
        return bool(self._chart.document.HasLegend)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._chart.document.HasLegend = bool(value)

    @property
    def position(self) -> str:
        return str(self.api.Alignment.value).lower()

    @position.setter
    def position(self, value: str) -> None:
        if value not in _LEGENDS:
            raise missing(f"ChartLegend.position = {value!r}")
        self.api.Alignment = self._chart.parent.link.enum(
            "com.sun.star.chart.ChartLegendPosition", _LEGENDS[value]
        )
