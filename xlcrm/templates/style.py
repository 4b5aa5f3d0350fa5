"""How every workbook that xlcrm hands out looks: colours, fonts, number formats, sizes.

A sheet has one role, shown by the colour of its tab; a cell has one role too, shown by its fill:
yellow with blue text is for the user, everything else is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from xlcrm.texts import Lang, Text

FONT = "Arial"  # every system has it or a font of the same widths, so that nothing is cut
SIZE = 10

INK = "#17323D"
PRIMARY = "#1F6F8B"
DARK = "#17495C"
PALE = "#DCEAEF"
FAINT = "#F3F7F9"
LINE = "#C9D6DB"
GREY = "#6B7B83"
INPUT_FILL, INPUT_TEXT, INPUT_LINE = "#FFF8D6", "#0B3FA8", "#D9C878"
ANSWER_FILL, ANSWER_LINE = "#EFE9FB", "#7A4FBF"
GOOD_FILL, GOOD_TEXT = "#E1F3E8", "#176B3F"
BAD_FILL, BAD_TEXT = "#FBE3E0", "#A3221A"
TODO_FILL, TODO_TEXT = "#F0F0F0", "#6B7B83"
# Series of charts, told apart also in grey and by colour-blind readers.
SERIES = ("#1F6F8B", "#E08E2B", "#7A4FBF", "#2E9E5B", "#B3261E", "#6B7B83")

SheetRole = Literal["home", "input", "work", "output", "check", "answers"]
TAB_COLORS: dict[SheetRole, str] = {
    "home": DARK,
    "input": "#E8B500",
    "work": "#8AA4AF",
    "output": PRIMARY,
    "check": "#2E9E5B",
    "answers": ANSWER_LINE,
}

CellKind = Literal[
    "money",  # with the euro sign
    "amount",  # euros without the sign, zero as a dash: for wide tables
    "number",
    "integer",
    "percent",
    "rate",  # a percentage with three decimals
    "factor",  # four decimals: exchange rates, ratios
    "points",  # a signed gap of rates or scores
    "date",
    "month",
    "days",
    "year",  # without a separator of thousands
    "text",
    "general",
]
MONTHS_IN = Text(fr="[$-40C]", en="[$-409]")  # the workbook's language, not the computer's
_FORMATS: dict[str, Text] = {
    "money": Text(fr='#,##0.00\\ "€"', en='"€"#,##0.00;-"€"#,##0.00'),
    "amount": Text(fr='#,##0.00\\ ;-#,##0.00\\ ;"– "', en='#,##0.00\\ ;-#,##0.00\\ ;"– "'),
    "number": Text(fr="#,##0.00", en="#,##0.00"),
    "integer": Text(fr="#,##0", en="#,##0"),
    "percent": Text(fr="0.0\\ %", en="0.0%"),
    "rate": Text(fr="0.000\\ %", en="0.000%"),
    "factor": Text(fr="0.0000", en="0.0000"),
    "points": Text(
        fr='+0.0\\ "pt";-0.0\\ "pt";0.0\\ "pt"', en='+0.0\\ "pt";-0.0\\ "pt";0.0\\ "pt"'
    ),
    "date": Text(fr="dd/mm/yyyy", en="dd/mm/yyyy"),
    "month": Text(fr=MONTHS_IN.fr + "mmm\\ yyyy", en=MONTHS_IN.en + "mmm\\ yyyy"),
    "days": Text(fr='0\\ "j"', en='0\\ "d"'),
    "year": Text(fr="0", en="0"),
    "text": Text(fr="@", en="@"),
    "general": Text(fr="General", en="General"),
}

CellRole = Literal[
    "input",
    "formula",
    "total",
    "result",
    "answer",
    "label",
    "strong",
    "note",
    "header",
    "section",
    "title",
    "subtitle",
    "check",
    "trace",
]
_BOX = {"border": 1, "border_color": LINE}
_ROLES: dict[str, dict[str, Any]] = {
    "input": {
        "bg_color": INPUT_FILL,
        "font_color": INPUT_TEXT,
        "border": 1,
        "border_color": INPUT_LINE,
        "locked": False,
    },
    "formula": {**_BOX},
    "total": {"bold": True, "bg_color": FAINT, **_BOX, "top": 1, "top_color": PRIMARY},
    "result": {"bold": True, "bg_color": PALE, **_BOX, "top_color": PRIMARY},
    "answer": {
        "bg_color": ANSWER_FILL,
        "border": 3,
        "border_color": ANSWER_LINE,
        "locked": False,
    },
    "label": {},
    "strong": {"bold": True},
    "note": {"italic": True, "font_color": GREY, "text_wrap": True, "valign": "top"},
    "header": {
        "bold": True,
        "bg_color": PALE,
        "font_color": DARK,
        "align": "center",
        "text_wrap": True,
        **_BOX,
    },
    "section": {
        "bold": True,
        "bg_color": PRIMARY,
        "font_color": "#FFFFFF",
        "font_size": 11,
        "indent": 1,
    },
    "title": {"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "font_size": 16},
    "subtitle": {"bg_color": DARK, "font_color": PALE, "italic": True, "valign": "top"},
    "check": {"bold": True, "text_wrap": True, "indent": 1, **_BOX},
    "trace": {"font_color": GREY, "font_size": 8, "italic": True, "indent": 1},
}


def number_format(kind: CellKind, lang: Lang) -> str:
    """The number format of a kind of value.

    >>> number_format("money", "fr")
    '#,##0.00\\\\ "€"'
    """
    return _FORMATS[kind].in_(lang)


def look(
    role: CellRole, kind: CellKind, lang: Lang, more: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """The xlsxwriter properties of a cell.

    >>> look("input", "percent", "fr")["locked"], look("label", "text", "fr")["font_name"]
    (False, 'Arial')
    """
    look: dict[str, Any] = {"font_name": FONT, "font_size": SIZE, "font_color": INK}
    look["valign"] = "vcenter"
    if kind != "general":
        look["num_format"] = number_format(kind, lang)
    if kind in ("date", "month", "text") and role in ("input", "answer", "formula"):
        look["align"] = "left" if kind == "text" else "center"
        if kind == "text" and "font_size" not in more:  # a small font is for a tight column
            look["indent"] = 1
    return {**look, **_ROLES[role], **(more or {})}


def lines_needed(text: str, width: float, size: float = SIZE) -> int:
    """How many lines a wrapped text takes in a column of that many characters.

    >>> lines_needed("a " * 40, 20), lines_needed("a\\nb", 20)
    (4, 2)
    """
    room = max(width * SIZE / size * 1.08, 1)  # text is narrower than its digits
    lines = 0
    for paragraph in text.split("\n"):
        used = 0.0
        lines += 1
        for word in paragraph.split(" "):
            length = float(len(word))
            if used and used + length > room:
                lines += 1
                used = 0.0
            while length > room:  # a long formula breaks anywhere
                lines += 1
                length -= room
            used += length + 1
    return lines


def height_for(text: str, width: float, size: float = SIZE) -> float:
    """The height in points of a row that shows a wrapped text whole."""
    return 5 + lines_needed(text, width, size) * size * 1.32
