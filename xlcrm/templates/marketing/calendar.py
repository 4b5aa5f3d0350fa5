"""The calendar of actions: one column a week, one colour a theme."""

from __future__ import annotations

from xlcrm.templates.formulas import column_letter
from xlcrm.templates.marketing.desk import FIRST, HEAD, OVERALL, Desk
from xlcrm.templates.marketing.settings import HIGH, LOW
from xlcrm.templates.style import LINE, SERIES
from xlcrm.texts import Text

WEEKS = 53
_MONTHS = Text("Jan Fév Mar Avr Mai Jun Jul Aoû Sep Oct Nov Déc",
               "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")  # fmt: skip
_WEEK = 4
WIDTHS = [2, 5, 32, 14, *[2.6] * WEEKS, 2]


def write_calendar(desk: Desk) -> None:
    """A bar from the start to the end of each action, in the colour of its theme."""
    sheet = desk.sheets["calendar"]
    book = desk.book
    desk.names(sheet)
    sheet.header(HEAD, 3, [Text("Thème", "Theme")], 22)
    theme = desk.here("theme")
    for row in range(FIRST, desk.total):
        text = f'=IF({theme}="","",{theme})'.replace("{r}", str(row + 1))
        sheet.formula(row, 3, text, "general")
    _weeks(desk)
    begin, end = desk.here("start"), desk.here("end")
    number = f"IFERROR(MATCH({theme},{desk['list.theme']},0),0)+1"
    until = f'IF({end}="",EOMONTH({begin},0),{end})'
    dated = f"AND(ISNUMBER({begin}),N({begin})>={LOW},N({begin})<={HIGH})"
    cell = book.format("formula", "general", {"num_format": ";;;", "border_color": "#EEF2F4"})
    for week in range(WEEKS):
        letter = column_letter(_WEEK + week)
        monday = f"{letter}${HEAD + 1}"
        inside = f"AND(N({begin})<={monday}+6,N({until})>={monday})"
        for row in range(FIRST, desk.total):
            formula = f"=IF({dated},IF({inside},{number},0),0)".replace("{r}", str(row + 1))
            sheet.raw.write_formula(row, _WEEK + week, formula, cell, "")
    _colours(desk)
    sheet.last_row, sheet.last_col = desk.total + 3, _WEEK + WEEKS - 1


def _weeks(desk: Desk) -> None:
    """Mondays in the heading; above it the name of the month where it begins."""
    sheet, book = desk.sheets["calendar"], desk.book
    day = {"num_format": "d", "font_size": 7, "align": "center", "border_color": LINE}
    month = {"font_size": 7, "align": "left", "bold": True}
    names = ",".join(book.q(name) for name in book.t(_MONTHS).split())
    start = desk["start"]
    for week in range(WEEKS):
        col = _WEEK + week
        letter, before = column_letter(col), column_letter(col - 1)
        first = f"={start}-WEEKDAY({start},2)+1" if not week else f"={before}{HEAD + 1}+7"
        sheet.raw.write_formula(HEAD, col, first, book.format("header", "general", day), "")
        here = f"{letter}{HEAD + 1}+6"
        named = f"DAY({here})<=7"
        shown = f'=IF({named},CHOOSE(MONTH({here}),{names}),"")'
        if not week:
            shown = f"=CHOOSE(MONTH({start}),{names})"
        sheet.raw.write_formula(HEAD - 1, col, shown, book.format("label", "general", month), "")
    sheet.status(book.t(OVERALL), 3)


def _colours(desk: Desk) -> None:
    """A colour for each theme, grey for an unknown one, and the legend under the table."""
    sheet, book = desk.sheets["calendar"], desk.book
    themes = desk["list.theme"].cells()
    last = _WEEK + WEEKS - 1
    for k in range(len(themes) + 1):
        color = "#9AA7AD" if k == 0 else SERIES[(k - 1) % len(SERIES)]
        look = book.workbook.add_format({"bg_color": color, "font_color": color})
        sheet.raw.conditional_format(
            FIRST, _WEEK, desk.last, last,
            {"type": "cell", "criteria": "==", "value": k + 1, "format": look},
        )  # fmt: skip
    row = desk.total + 1
    sheet.label(row, 2, Text("Couleurs des thèmes", "Colours of the themes"), "strong")
    for k, word in enumerate(themes):
        col = _WEEK + 8 * (k % 6)
        box = book.format("label", "general", {"bg_color": SERIES[k % len(SERIES)]})
        at = row + 2 * (k // 6)
        sheet.raw.write_blank(at, col, None, box)
        formula = f'=IF({word}="","–",{word})'
        sheet.raw.write_formula(at, col + 1, formula, book.format("label"), "")
