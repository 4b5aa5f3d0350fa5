"""What a formula of a template may say, and small pieces that formulas are made of.

Every function is known to Excel 2016, to LibreOffice 7.4 and to the engine of the tests.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.formula.tokenizer import Token

ALLOWED_FUNCTIONS = frozenset(
    """
    IF IFERROR AND OR NOT TRUE FALSE ISNUMBER ISTEXT ISBLANK ISERROR N
    SUM SUMIF SUMIFS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS AVERAGE AVERAGEIF AVERAGEIFS
    SUMPRODUCT SUMSQ PRODUCT
    INDEX MATCH LOOKUP VLOOKUP HLOOKUP CHOOSE OFFSET ROWS COLUMNS ROW COLUMN
    ROUND ROUNDUP ROUNDDOWN INT TRUNC MOD ABS SIGN SQRT POWER EXP LN MIN MAX RANK LARGE SMALL
    MEDIAN
    PMT IPMT PPMT CUMIPMT RATE NPV IRR NPER PV FV
    EDATE EOMONTH WORKDAY NETWORKDAYS DAYS360 YEARFRAC DATE YEAR MONTH DAY WEEKDAY
    FORECAST SLOPE INTERCEPT CORREL STDEV
    TEXT LEFT RIGHT MID LEN TRIM UPPER LOWER SUBSTITUTE REPT CHAR VALUE
    """.split()
)
_STRING = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'!")
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)\s*\(")


def functions_of(formula: str) -> set[str]:
    """The functions that a formula calls, in capitals; texts and sheet names are no calls.

    >>> sorted(functions_of('=IF(SUM(A1:A3)>0,"a(b)",\\'Feuille (2)\\'!A1)'))
    ['IF', 'SUM']
    """
    bare = _SHEET.sub("", _STRING.sub('""', formula))
    return {name.upper() for name in _CALL.findall(bare)}


def unknown_functions(formula: str) -> list[str]:
    """The functions of a formula that not every spreadsheet program has.

    >>> unknown_functions("=XLOOKUP(1,A:A,B:B)"), unknown_functions("=SUM(A1)")
    (['XLOOKUP'], [])
    """
    return sorted(functions_of(formula) - ALLOWED_FUNCTIONS)


def quoted(text: str) -> str:
    """A text inside a formula.

    >>> print(quoted('dit "oui" ici'))
    "dit ""oui"" ici"
    """
    return '"' + text.replace('"', '""') + '"'


@functools.cache
def column_letter(col: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Ref:
    """A cell or a range of a sheet, counted from 0, ready to stand in a formula.

    >>> cell = Ref("Hypothèses", 4, 2)
    >>> str(cell), cell.a1, cell.fixed
    ("'Hypothèses'!$C$5", 'C5', '$C$5')
    >>> str(Ref("A", 0, 0, 0, 5))
    "'A'!$A$1:$F$1"
    """

    sheet: str
    row: int
    col: int
    last_row: int = -1
    last_col: int = -1
    name: str = ""  # a defined name, used instead of the address

    @property
    def single(self) -> bool:
        return self.last_row < 0

    @property
    def a1(self) -> str:
        """Relative, for a formula of the same sheet."""
        first = f"{column_letter(self.col)}{self.row + 1}"
        if self.single:
            return first
        return f"{first}:{column_letter(self.last_col)}{self.last_row + 1}"

    @property
    def fixed(self) -> str:
        """Absolute, for a formula of the same sheet."""
        first = f"${column_letter(self.col)}${self.row + 1}"
        if self.single:
            return first
        return f"{first}:${column_letter(self.last_col)}${self.last_row + 1}"

    @property
    def column(self) -> str:
        return column_letter(self.col)

    @property
    def line(self) -> int:
        """The row number that a person sees."""
        return self.row + 1

    def at(self, index: int) -> Ref:
        """One cell of a row or column of cells, counted from 0."""
        if self.last_row > self.row:
            return Ref(self.sheet, self.row + index, self.col)
        return Ref(self.sheet, self.row, self.col + index)

    def cells(self) -> list[Ref]:
        """Every cell, row by row."""
        if self.single:
            return [self]
        return [
            Ref(self.sheet, r, c)
            for r in range(self.row, self.last_row + 1)
            for c in range(self.col, self.last_col + 1)
        ]

    @property
    def address(self) -> str:
        """Absolute with its sheet, never the name."""
        return f"{quoted_sheet(self.sheet)}{self.fixed}"

    @property
    def on_column(self) -> str:
        """With its sheet and `{c}` for the column: a template for TemplateSheet.across."""
        return f"{quoted_sheet(self.sheet)}{{c}}${self.row + 1}"

    def __str__(self) -> str:
        return self.name or self.address


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands before an address.

    >>> quoted_sheet("Plan d'action")
    "'Plan d''action'!"
    """
    return "'" + name.replace("'", "''") + "'!"


_FRENCH = {
    "IF": "SI",
    "IFERROR": "SIERREUR",
    "AND": "ET",
    "OR": "OU",
    "NOT": "NON",
    "TRUE": "VRAI",
    "FALSE": "FAUX",
    "ISNUMBER": "ESTNUM",
    "ISTEXT": "ESTTEXTE",
    "ISBLANK": "ESTVIDE",
    "ISERROR": "ESTERREUR",
    "SUM": "SOMME",
    "SUMIF": "SOMME.SI",
    "SUMIFS": "SOMME.SI.ENS",
    "COUNT": "NB",
    "COUNTA": "NBVAL",
    "COUNTBLANK": "NB.VIDE",
    "COUNTIF": "NB.SI",
    "COUNTIFS": "NB.SI.ENS",
    "AVERAGE": "MOYENNE",
    "AVERAGEIF": "MOYENNE.SI",
    "AVERAGEIFS": "MOYENNE.SI.ENS",
    "SUMPRODUCT": "SOMMEPROD",
    "SUMSQ": "SOMME.CARRES",
    "PRODUCT": "PRODUIT",
    "MATCH": "EQUIV",
    "LOOKUP": "RECHERCHE",
    "VLOOKUP": "RECHERCHEV",
    "HLOOKUP": "RECHERCHEH",
    "CHOOSE": "CHOISIR",
    "OFFSET": "DECALER",
    "ROWS": "LIGNES",
    "COLUMNS": "COLONNES",
    "ROW": "LIGNE",
    "COLUMN": "COLONNE",
    "ROUND": "ARRONDI",
    "ROUNDUP": "ARRONDI.SUP",
    "ROUNDDOWN": "ARRONDI.INF",
    "INT": "ENT",
    "TRUNC": "TRONQUE",
    "SIGN": "SIGNE",
    "SQRT": "RACINE",
    "POWER": "PUISSANCE",
    "RANK": "RANG",
    "LARGE": "GRANDE.VALEUR",
    "SMALL": "PETITE.VALEUR",
    "MEDIAN": "MEDIANE",
    "PMT": "VPM",
    "IPMT": "INTPER",
    "PPMT": "PRINCPER",
    "CUMIPMT": "CUMUL.INTER",
    "RATE": "TAUX",
    "NPV": "VAN",
    "IRR": "TRI",
    "NPER": "NPM",
    "PV": "VA",
    "FV": "VC",
    "EDATE": "MOIS.DECALER",
    "EOMONTH": "FIN.MOIS",
    "WORKDAY": "SERIE.JOUR.OUVRE",
    "NETWORKDAYS": "NB.JOURS.OUVRES",
    "DAYS360": "JOURS360",
    "YEARFRAC": "FRACTION.ANNEE",
    "YEAR": "ANNEE",
    "MONTH": "MOIS",
    "DAY": "JOUR",
    "WEEKDAY": "JOURSEM",
    "FORECAST": "PREVISION",
    "SLOPE": "PENTE",
    "INTERCEPT": "ORDONNEE.ORIGINE",
    "CORREL": "COEFFICIENT.CORRELATION",
    "STDEV": "ECARTYPE",
    "TEXT": "TEXTE",
    "LEFT": "GAUCHE",
    "RIGHT": "DROITE",
    "MID": "STXT",
    "LEN": "NBCAR",
    "TRIM": "SUPPRESPACE",
    "UPPER": "MAJUSCULE",
    "LOWER": "MINUSCULE",
    "SUBSTITUTE": "SUBSTITUE",
    "CHAR": "CAR",
    "VALUE": "CNUM",
}


def in_french(formula: str) -> str:
    """A formula as a French Excel or Calc shows it, for a text that explains it.

    >>> in_french('=IF(A1>0.5,ROUND(A1,2),"a,b")')
    '=SI(A1>0,5;ARRONDI(A1;2);"a,b")'
    """
    from openpyxl.formula import Tokenizer

    return "=" + "".join(_piece_in_french(token) for token in Tokenizer(formula).items)


def _piece_in_french(token: Token) -> str:
    text: str = token.value
    if token.type == token.FUNC and token.subtype == token.OPEN:
        return f"{_FRENCH.get(text[:-1].upper(), text[:-1])}("
    if token.type == token.SEP:
        return ";"
    if token.subtype == token.NUMBER:
        return text.replace(".", ",")
    if token.subtype == token.LOGICAL:
        return {"TRUE": "VRAI", "FALSE": "FAUX"}.get(text, text)
    return text


def in_column(formula: str, col: int, index: int) -> str:
    """A formula of a row, in one of its columns.

    >>> in_column("=ROUND({p}5+{c}4,2)*{i}", 3, 1)
    '=ROUND(C5+D4,2)*2'
    """
    places = {"{c}": column_letter(col), "{n}": column_letter(col + 1), "{i}": str(index + 1)}
    if col:
        places["{p}"] = column_letter(col - 1)
    for place, text in places.items():
        formula = formula.replace(place, text)
    return formula


def in_row(formula: str, row: int, index: int) -> str:
    """A formula of a column, in one of its rows.

    >>> in_row("=ROUND(A{u}+B{r},2)*{i}", 3, 1)
    '=ROUND(A3+B4,2)*2'
    """
    places = {"{r}": str(row + 1), "{u}": str(row), "{d}": str(row + 2), "{i}": str(index + 1)}
    for place, text in places.items():
        formula = formula.replace(place, text)
    return formula
