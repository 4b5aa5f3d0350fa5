"""One source, two copies: what a student has to find, and how the file checks it unseen.

In the student's copy an answer exists only as a fingerprint: the value, cut into windows as wide
as the tolerance, runs through three squarings modulo a prime with a salt of its own. A hidden
sheet recomputes that from what the student typed, so the verdict is live and needs no macro. The
way back from a fingerprint to the amount is a search through every possible amount; nothing in
the file (formulas, caches, hidden sheets) says the amount. It keeps an honest student from
seeing the result; it is no cryptography against a determined programmer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from xlcrm.cells import to_serial
from xlcrm.templates.formulas import Ref, in_french
from xlcrm.templates.style import CellKind
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    from xlcrm.templates.builder import TemplateBook, TemplateSheet

# The largest prime p such that p * p + p is exact in a spreadsheet's numbers (2 ** 53).
PRIME = 94906249
ROUNDS = 3
_DECIMALS: dict[str, int] = {
    "integer": 0,
    "days": 0,
    "year": 0,
    "date": 0,
    "month": 0,
    "text": 0,
    "general": 2,
    "percent": 4,
    "rate": 6,
    "factor": 4,
}
# Half of the last digit that a number format shows: who types what is shown is right.
_HALF_SHOWN: dict[str, float] = {"percent": 0.0005, "rate": 0.000005, "factor": 0.00005}
TO_DO = Text(fr="À faire", en="To do")
REVIEW = Text(fr="À revoir", en="Review")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is asked for in one cell or one row of cells. `values` never reach a student's file."""

    key: str
    ref: Ref
    label: str
    explanation: str
    formula: str
    values: tuple[Any, ...]
    kind: CellKind
    points: float
    tolerance: float
    verdict: Ref | None
    choices: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """How one answer cell is checked: window, salts and the fingerprint of the right value."""

    scale: int
    offset: int
    window: int
    factor: int
    shift: int
    mix: int
    print: int


def least_tolerance(kind: CellKind) -> float:
    """The least tolerance of an answer: what its number format shows of it has to be right.

    >>> least_tolerance("percent"), least_tolerance("money"), least_tolerance("date")
    (0.0005, 0.005, 0.0)
    """
    return _HALF_SHOWN.get(kind, 0.005 if _DECIMALS.get(kind, 2) else 0.0)


def make_lock(value: float, kind: CellKind, tolerance: float, salt: str) -> Lock:
    """The lock that opens for `value`, plus or minus the tolerance, and for nothing else.

    >>> lock = make_lock(1234.56, "money", 0.01, "treasury/1/0")
    >>> [opens(lock, v) for v in (1234.54, 1234.55, 1234.56, 1234.57, 1234.58, -1234.56)]
    [False, True, True, True, False, False]
    """
    scale = 10 ** _DECIMALS.get(kind, 2)
    half = round(tolerance * scale)
    window = 2 * half + 1
    lowest = round(value * scale) - half
    digest = hashlib.sha256(salt.encode()).digest()
    factor = int.from_bytes(digest[0:4], "big") % (PRIME - 2) + 2
    shift = int.from_bytes(digest[4:8], "big") % PRIME
    mix = int.from_bytes(digest[8:12], "big") % PRIME
    lock = Lock(scale, lowest % window, window, factor, shift, mix, 0)
    return replace(lock, print=_print(lock, lowest // window))


def opens(lock: Lock, value: float) -> bool:
    """What the hidden sheet computes: does this value match the fingerprint?"""
    steps = round(value * lock.scale)
    return _print(lock, (steps - lock.offset) // lock.window) == lock.print


def _print(lock: Lock, step: int) -> int:
    mixed = (step % PRIME * lock.factor + lock.shift) % PRIME
    for _ in range(ROUNDS):
        mixed = (mixed * mixed + lock.mix) % PRIME
    return mixed


def write_verdicts(book: TemplateBook) -> None:
    """The hidden sheet with the fingerprints, the verdict cells, and the sheet of the score."""
    hidden = book.sheet(
        Text(fr="Vérification", en="Verification"),
        "check",
        widths=[2, 12, 14, 14, 14, 14, 14, 14, 14, 10],
        title=Text(fr="Vérification des réponses", en="Verification of the answers"),
        subtitle=Text(
            fr="Empreintes à sens unique : les réponses ne sont pas dans ce fichier.",
            en="One-way fingerprints: the answers are not in this file.",
        ),
    )
    hidden.raw.hide()
    score = _score_sheet(book)
    row = 4
    for number, answer in enumerate(book.answers):
        first = row
        for index, cell in enumerate(answer.ref.cells()):
            _verdict_row(book, hidden, row, answer, index, cell)
            row += 1
        state = _state_formula(book, hidden, answer, first, row - 1)
        listed = score.formula(4 + number, 5, state, "general", "check", align="center")
        score.verdict_look(listed)
        if answer.verdict:
            sheet = next(s for s in book.sheets if s.name == answer.verdict.sheet)
            look = {"align": "center"}
            sheet.formula(
                answer.verdict.row, answer.verdict.col, f"={listed}", "general", "check", **look
            )


def _verdict_row(
    book: TemplateBook, hidden: TemplateSheet, row: int, answer: Answer, index: int, cell: Ref
) -> None:
    lock = make_lock(
        _as_number(answer, answer.values[index]),
        answer.kind,
        answer.tolerance,
        f"{book.code}/{answer.key}/{index}",
    )
    line = row + 1
    if answer.choices:
        words = ",".join(book.q(text) for text in answer.choices.values())
        number = f"IFERROR(MATCH({cell},{{{words}}},0),0)"
    else:
        number = f"IF(ISNUMBER({cell}),ROUND({cell}*{lock.scale},0),-1)"
    cells = [
        f"={number}",
        f"=INT((B{line}-{lock.offset})/{lock.window})",
        f"=IF(ABS(C{line})>10^13,0,MOD(MOD(C{line},{PRIME})*{lock.factor}+{lock.shift},{PRIME}))",
    ]
    for letter in "DEF"[:ROUNDS]:
        cells.append(f"=MOD(SUMSQ({letter}{line})+{lock.mix},{PRIME})")
    for col, formula in enumerate(cells):
        hidden.formula(row, 1 + col, formula, "general")
    hidden.value(row, 7, lock.print, "formula", "general")
    hidden.formula(
        row, 8, f'=IF(ISBLANK({cell}),"",IF(IFERROR(G{line}=H{line},FALSE),1,0))', "general"
    )


def _as_number(answer: Answer, value: Any) -> float:
    if answer.choices:
        return 1.0 + list(answer.choices).index(value)
    if isinstance(value, date):
        return to_serial(value)
    return float(value)


def _state_formula(
    book: TemplateBook, hidden: TemplateSheet, answer: Answer, first: int, last: int
) -> str:
    results = Ref(hidden.name, first, 8, last, 8)
    good, wanted = f"SUM({results})", last - first + 1
    wrong = book.q(REVIEW)
    if wanted > 1:
        wrong = f'{wrong}&" ("&{good}&"/{wanted})"'
    return f'=IF(COUNT({results})=0,{book.q(TO_DO)},IF({good}={wanted},"OK",{wrong}))'


def _score_sheet(book: TemplateBook) -> TemplateSheet:
    sheet = book.sheet(
        Text(fr="Mon score", en="My score"),
        "answers",
        widths=[2, 6, 27, 12, 52, 18, 10],
        title=Text(fr="Mon score", en="My score"),
        subtitle=Text(
            fr="Chaque réponse est vérifiée dès qu'elle est saisie.",
            en="Each answer is checked as soon as it is typed.",
        ),
        landscape=False,
        freeze=(4, 0),
    )
    sheet.header(3, 1, _heads("N°", "No.", "Feuille", "Sheet", "Cellule", "Cell"))
    sheet.header(
        3, 4, _heads("Ce qui est demandé", "What is asked", "État", "State", "Points", "Points")
    )
    for number, answer in enumerate(book.answers):
        row = 4 + number
        sheet.value(row, 1, number + 1, "formula", "integer")
        sheet.value(row, 2, answer.ref.sheet, "formula", "text")
        sheet.value(row, 3, answer.ref.a1, "formula", "text")
        sheet.value(row, 4, answer.label, "formula", "text", text_wrap=True)
        sheet.formula(row, 6, f'=IF(F{row + 1}="OK",{answer.points:g},0)', "number")
    last = 4 + len(book.answers)
    total = sum(answer.points for answer in book.answers)
    sheet.label(last + 1, 4, Text(fr="Total des points", en="Total points"), "strong")
    sheet.formula(last + 1, 6, f"=SUM(G5:G{last})", "number", "result")
    sheet.value(last + 1, 5, Text(fr="sur {n:g}", en="out of {n:g}").format(n=total), "label")
    return sheet


def _heads(*words: str) -> list[Text]:
    return [Text(fr=fr, en=en) for fr, en in zip(words[::2], words[1::2], strict=True)]


def write_solution(book: TemplateBook) -> None:
    """The sheet Corrigé of the teacher's copy: result, explanation, points, tolerance."""
    most = max(len(answer.values) for answer in book.answers)
    sheet = book.sheet(
        Text(fr="Corrigé", en="Solution"),
        "answers",
        widths=[2, 5, 16, 34, 44, 44, 8, 10, *[13] * most],
        title=Text(fr="Corrigé", en="Solution"),
        subtitle=Text(
            fr="Copie du formateur : résultats, explications, barème et tolérances.",
            en="Teacher's copy: results, explanations, points and tolerances.",
        ),
        freeze=(4, 4),
    )
    heads = _heads(
        "N°", "No.", "Où", "Where", "Ce qui est demandé", "What is asked",
        "Formule (première cellule)", "Formula (first cell)", "Explication", "Explanation",
        "Points", "Points", "Tolérance", "Tolerance",
    )  # fmt: skip
    results = [Text(fr="Résultat", en="Result")] if most == 1 else [
        Text(fr="Résultat {n}", en="Result {n}").format(n=i + 1) for i in range(most)
    ]  # fmt: skip
    sheet.header(3, 1, heads + results)
    for number, answer in enumerate(book.answers):
        _solution_row(book, sheet, 4 + number, number, answer)
    last = 4 + len(book.answers)
    sheet.label(last, 5, Text(fr="Total des points", en="Total points"), "total")
    sheet.formula(last, 6, f"=SUM(G5:G{last})", "number", "total")


def _tolerance_look(kind: CellKind, lang: Lang) -> dict[str, str]:
    """Number format of a tolerance, where that of the answer would not show it."""
    if kind in ("date", "month"):
        days = Text(fr='[<2]0\\ "jour";0\\ "jours"', en='[=1]0\\ "day";0\\ "days"')
        return {"num_format": days.in_(lang), "align": "right"}
    return {"num_format": Text(fr="0.00\\ %", en="0.00%").in_(lang)} if kind == "percent" else {}


def _solution_row(
    book: TemplateBook, sheet: TemplateSheet, row: int, number: int, answer: Answer
) -> None:
    from xlcrm.templates.style import height_for

    formula = in_french(answer.formula) if book.lang == "fr" else answer.formula
    wraps = {"text_wrap": True, "valign": "top"}
    sheet.value(row, 1, number + 1, "formula", "integer", valign="top")
    place = f"{answer.ref.sheet}\n{answer.ref.a1}"
    for col, words in enumerate((place, answer.label, formula, answer.explanation), 2):
        sheet.value(row, col, words, "formula", "text", **wraps)
    sheet.value(row, 6, answer.points, "formula", "number", valign="top")
    sheet.value(
        row, 7, answer.tolerance, "formula", answer.kind, valign="top",
        **_tolerance_look(answer.kind, book.lang),
    )  # fmt: skip
    for index, cell in enumerate(answer.ref.cells()):
        sheet.formula(row, 8 + index, f"={cell}", answer.kind, "answer", valign="top", locked=True)
    where, asked, working, why = sheet.widths[2:6]
    # A formula has few places to break at: its lines are shorter than the column.
    heights = ((place, where), (answer.label, asked), (formula, working * 0.8),
               (answer.explanation, why))  # fmt: skip
    sheet.raw.set_row(row, max(height_for(words, width) for words, width in heights))
