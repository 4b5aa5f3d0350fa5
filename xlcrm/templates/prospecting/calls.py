"""The call list: whom to call, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlcrm.templates.builder import Choices
from xlcrm.templates.form import LABEL, Kit, Page
from xlcrm.templates.formulas import Ref
from xlcrm.templates.prospecting.model import CALLS
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

RESULTS: Choices = {
    "todo": Text("À appeler", "To call"),
    "absent": Text("Absent", "No answer"),
    "later": Text("À rappeler", "Call back"),
    "rdv": Text("Rendez-vous", "Appointment"),
    "sale": Text("Vente", "Sale"),
    "no": Text("Refus", "Refusal"),
    "stop": Text("Opposition", "Opt-out"),
}
COLUMNS: tuple[tuple[str, Text, CellKind, float], ...] = (
    ("name", Text("Contact", "Contact"), "text", 26),
    ("company", Text("Société", "Company"), "text", 24),
    ("phone", Text("Téléphone", "Phone"), "text", 18),
    ("town", Text("Ville", "Town"), "text", 16),
    ("segment", Text("Segment ou classe", "Segment or class"), "text", 22),
    ("allowed", Text("Pourquoi contactable", "Why allowed"), "text", 38),
    ("result", Text("Résultat", "Result"), "text", 14),
    ("next", Text("Prochaine étape le", "Next step on"), "date", 14),
    ("note", Text("Remarque", "Remark"), "text", 36),
)
_REACHED = ("rdv", "sale", "no", "stop", "later")


def call_count(data: Mapping[str, Any]) -> int:
    """Rows of the list: those given and some more."""
    return max(CALLS, len(data.get("calls.name", [])) + 10)


def write_calls(kit: Kit, count: int) -> Page:
    """The list, its results counted above it."""
    page = kit.page(
        Text("Liste d'appels", "Call list"), "input",
        title=Text("Liste d'appels", "Call list"),
        subtitle=Text("Copier ici la cible de la commande « Cibler », canal téléphone : elle ne "
                      "garde que les personnes qu'on a le droit d'appeler.",
                      'Copy here the target of the command "Target", channel phone: it keeps only '
                      "those who may be called."),
        about=Text("Qui appeler, ce qu'il en est, la prochaine étape.",
                   "Whom to call, the outcome, the next step."),
        widths=[2, 6, *[width for *_, width in COLUMNS]], check=12, one_page=False,
        freeze=(12, 3),
    )  # fmt: skip
    top = 12
    listed = {
        key: Ref(page.sheet.name, top, 2 + k, top + count - 1, 2 + k)
        for k, (key, *_) in enumerate(COLUMNS)
    }
    kit.cells |= {f"calls.{key}": ref for key, ref in listed.items()}
    _tally(kit, page, listed)
    page.sheet.header(top - 1, LABEL, [Text("N°", "No."), *(label for _, label, *_ in COLUMNS)])
    for k in range(count):
        page.sheet.value(top + k, LABEL, k + 1, "formula", "integer", align="center")
    for key, _, kind, _ in COLUMNS:
        ref = listed[key]
        page.sheet.inputs(
            top, ref.col, f"calls.{key}", [None] * count, kind, down=True,
            choices=RESULTS if key == "result" else None,
        )  # fmt: skip
    page.at = top + count
    return page


def _tally(kit: Kit, page: Page, listed: Mapping[str, Ref]) -> None:
    """How many of each result; the rates of contact and of appointment."""
    sheet, book = page.sheet, page.book
    results = listed["result"].fixed
    page.section(Text("Bilan de la liste", "Results of the list"))
    sheet.header(page.at, 2, list(RESULTS.values()), 18)
    for k, text in enumerate(RESULTS.values()):
        count = f"=COUNTIF({results},{book.q(text)})"
        if k == 0:  # a contact without a result is still to be called
            count += f'+SUMPRODUCT(({listed["name"].fixed}<>"")*({results}=""))'
        sheet.formula(page.at + 1, 2 + k, count, "integer")
    row = page.at + 3
    reached = "+".join(f"COUNTIF({results},{book.q(RESULTS[key])})" for key in _REACHED)
    won = "+".join(f"COUNTIF({results},{book.q(RESULTS[key])})" for key in ("rdv", "sale"))
    called = f"({reached}+COUNTIF({results},{book.q(RESULTS['absent'])}))"
    rates = [
        (Text("Personnes jointes / appelées", "Reached / called"), f"({reached})", called),
        (Text("Rendez-vous et ventes / jointes", "Appointments and sales / reached"),
         f"({won})", f"({reached})"),
    ]  # fmt: skip
    for k, (label, above, below) in enumerate(rates):
        sheet.label(row, 2 + 3 * k, label, "strong")
        formula = f'=IF({below}>0,{above}/{below},"")'
        sheet.formula(row, 4 + 3 * k, formula, "percent", "result")
    page.at = row + 1
