"""Formulas between the grammar of Excel, which xlwings speaks, and that of Calc's interface.

Calc's interface takes English function names too, but `;` between arguments, `.` after a sheet
and `|` between the rows of an array constant.

>>> to_calc("=SUM('My sheet'!A1:B2,{1,2;3,4})")
"=SUM($'My sheet'.A1:B2;{1;2|3;4})"
>>> to_excel("=SUM($'My sheet'.A1:B2;{1;2|3;4})")
"=SUM('My sheet'!A1:B2,{1,2;3,4})"
"""

from __future__ import annotations

import re

# A function of an add-in is written with the name of its service before it.
ADDIN_PREFIX = "ORG.XLCRM.CALC.ADDIN."

_EXCEL = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<error>\#[A-Z]+[A-Z/0]*[!?]?)
      | (?P<sheet>(?:'(?:[^']|'')+'|[^\s'"!+\-*/^&=<>,;(){}\[\]:$%]+)!)
      | (?P<bracket>\[(?:[^\[\]]|\[[^\]]*\])*\])
      | (?P<prefix>_xl(?:fn|ws|ll|udf)\.(?:_xlws\.)?)
      | (?P<function>[A-Za-z_][\w.]*\()
      | (?P<mark>[(){},;])""",
    re.VERBOSE,
)
_CALC = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<lost>\$?\#REF!\.)
      | (?P<sheet>\$?(?:'(?:[^']|'')+'|[^\s'"!+\-*/^&=<>~;(){}\[\]:.$|%]+)\.
            (?=\$?[A-Za-z]{1,3}\$?\d|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:|\#REF!))
      | (?P<bracket>\[(?:[^\[\]]|\[[^\]]*\])*\])
      | (?P<addin>(?i:ORG\.XLCRM\.CALC\.ADDIN\.))
      | (?P<mark>[(){};|~])""",
    re.VERBOSE,
)
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")


def to_calc(formula: str) -> str:
    """A formula of Excel as Calc's interface reads it."""
    calls: list[bool] = []  # for each open parenthesis: whether a function opened it
    braces = 0

    def turn(match: re.Match[str]) -> str:
        nonlocal braces
        part = match[0]
        if match["sheet"]:
            return f"${part[:-1]}."
        if match["prefix"]:
            return ""
        if match["function"]:
            calls.append(True)
        elif part == "(":
            calls.append(False)
        elif part == ")" and calls:
            calls.pop()
        elif part in "{}" and match["mark"]:
            braces += 1 if part == "{" else -1
        elif part == ",":
            # A comma inside plain parentheses joins areas.
            return ";" if braces or not calls or calls[-1] else "~"
        elif part == ";":
            return "|" if braces else ";"
        return part

    return _EXCEL.sub(turn, formula)


def to_excel(formula: str) -> str:
    """A formula as Calc's interface writes it, in the grammar of Excel."""
    braces = 0

    def turn(match: re.Match[str]) -> str:
        nonlocal braces
        part = match[0]
        if match["sheet"]:
            return f"{_excel_sheet(part[:-1].removeprefix('$'))}!"
        if match["lost"]:
            return "#REF!"
        if match["addin"]:
            return ""
        if match["mark"]:
            braces += (part == "{") - (part == "}")
            if part == "|":
                return ";"
            if part in ";~":
                return ","
        return part

    return _CALC.sub(turn, formula)


def _excel_sheet(name: str) -> str:
    if name.startswith("'"):
        inner = name[1:-1].replace("''", "'")
        return inner if _PLAIN_SHEET.fullmatch(inner) else name
    return name
