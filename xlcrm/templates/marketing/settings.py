"""Settings of the marketing workbook: firm, year, defaults, thresholds, lists."""

from __future__ import annotations

from typing import Any

from xlcrm.cells import to_serial
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import OVERALL, Desk
from xlcrm.templates.marketing.inputs import FIRST_DAY, LAST_DAY, list_counts
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

LABEL, VALUE, NOTE, CHECK, LIST = 1, 2, 3, 4, 6
WIDTHS = [2, 40, 17, 46, 40, 2, 22, 22, 26, 20]
LOW, HIGH = int(to_serial(FIRST_DAY)), int(to_serial(LAST_DAY))
_NOT_NUMBER = Text("Saisir un nombre.", "Enter a number.")
_TYPED_AS_20 = Text(
    "Taux supérieur à 100 % : taper 20 % ou 0,2.", "Rate above 100%: type 20% or 0.2."
)
_LIST_HEADS = {
    "theme": Text("Thèmes", "Themes"),
    "channel": Text("Canaux", "Channels"),
    "segment": Text("Segments et personas", "Segments and personas"),
    "owner": Text("Responsables", "Owners"),
}
_DEFAULTS: tuple[tuple[str, Text, CellKind, Text], ...] = (
    ("vat_rate", Text("Taux de TVA", "VAT rate"), "percent",
     Text("Pour une action sans taux.", "For an action without a rate.")),
    ("delay", Text("Délai de paiement (mois)", "Payment delay (months)"), "integer",
     Text("De 0 à 4 mois après la facture.", "0 to 4 months after the invoice.")),
    ("hourly", Text("Coût d'une heure interne", "Cost of an internal hour"), "money",
     Text("Salaire chargé divisé par les heures travaillées.",
          "Wage with charges over hours worked.")),
    ("margin_rate", Text("Taux de marge", "Margin rate"), "percent",
     Text("Marge / chiffre d'affaires HT.", "Margin / revenue without VAT.")),
    ("partner_delay", Text("Délai des partenaires (mois)", "Partners pay after (months)"),
     "integer", Text("Contributions reçues sans TVA.", "Contributions received without VAT.")),
)  # fmt: skip
_THRESHOLDS: tuple[tuple[str, Text, CellKind, Text], ...] = (
    ("amber", Text("Dépassement à surveiller", "Overrun to watch"), "percent",
     Text("Écart / prévu au-delà duquel on surveille.", "Variance / plan above which to watch.")),
    ("red", Text("Dépassement en alerte", "Overrun that is an alert"), "percent",
     Text("Écart / prévu au-delà duquel on alerte.", "Variance / plan above which to alert.")),
    ("reached", Text("Objectif atteint à partir de", "Target reached from"), "percent",
     Text("Résultat / objectif.", "Result / target.")),
    ("missed", Text("Objectif manqué en dessous de", "Target missed below"), "percent",
     Text("Résultat / objectif.", "Result / target.")),
    ("csr_target", Text("Part RSE visée", "CSR share aimed at"), "percent",
     Text("Coût des actions RSE / coût total (partenaires compris).",
          "Cost of CSR actions / total cost (partners included).")),
)  # fmt: skip


def write_settings(desk: Desk) -> None:
    """Firm and year, values by default, thresholds, and the lists that actions choose from."""
    sheet = desk.sheets["settings"]
    row = _period(desk, sheet)
    row = _values(desk, sheet, row + 1, Text("Valeurs par défaut", "Values by default"), _DEFAULTS)
    row = _values(desk, sheet, row + 1, Text("Seuils d'alerte", "Thresholds"), _THRESHOLDS)
    low, high = desk["amber"].a1, desk["red"].a1
    sheet.check(
        desk["red"].row, CHECK, f"N({low})<=N({high})",
        Text("Le seuil d'alerte est plus bas que le seuil à surveiller.",
             "The alert threshold is below the one to watch."),
        Text("Seuils de dépassement", "Overrun thresholds"), bold=False,
    )  # fmt: skip
    low, high = desk["missed"].a1, desk["reached"].a1
    sheet.check(
        desk["missed"].row, CHECK, f"N({low})<=N({high})",
        Text("Un objectif ne peut pas être à la fois manqué et atteint.",
             "A target cannot be both missed and reached."),
        Text("Seuils des objectifs", "Target thresholds"), bold=False,
    )  # fmt: skip
    _lists(desk, sheet)
    sheet.status(desk.book.t(OVERALL), LIST + 3)


def _period(desk: Desk, sheet: TemplateSheet) -> int:
    sheet.section(3, Text("Entreprise et année", "Firm and year"), LABEL, CHECK)
    desk.cells["company"] = _single(sheet, 4, "company", Text("Entreprise", "Firm"), "text")
    start = _single(
        sheet, 5, "start", Text("Premier mois", "First month"), "date",
        Text("Le budget couvre douze mois.", "The budget covers twelve months."),
    )  # fmt: skip
    valid = f"AND(ISNUMBER({start.a1}),N({start.a1})>={LOW},N({start.a1})<={HIGH})"
    sheet.check(
        5, CHECK, valid,
        Text("Date absente ou illisible : le budget part de janvier 2027.",
             "Date missing or unreadable: the budget starts in January 2027."),
        Text("Premier mois", "First month"), bold=False,
    )  # fmt: skip
    sheet.label(6, LABEL, Text("Début retenu", "Start used"))
    one = f"=IF({valid},DATE(YEAR(N({start.a1})),MONTH(N({start.a1})),1),DATE(2027,1,1))"
    desk.cells["start"] = sheet.formula(
        6, VALUE, one, "date", name=Text("Debut_budget", "Budget_start")
    )
    return 7


def _single(
    sheet: TemplateSheet, row: int, key: str, label: Text, kind: CellKind, note: Words = "",
    **more: Any,
) -> Ref:  # fmt: skip
    sheet.label(row, LABEL, label)
    if note:
        sheet.label(row, NOTE, note, "trace")
    return sheet.input(row, VALUE, key, None, kind, **more)


def _values(
    desk: Desk,
    sheet: TemplateSheet,
    row: int,
    title: Text,
    values: tuple[tuple[str, Text, CellKind, Text], ...],
) -> int:
    sheet.section(row, title, LABEL, CHECK)
    for offset, (key, label, kind, note) in enumerate(values, start=1):
        at = row + offset
        limits = {"minimum": 0, "maximum": 4} if kind == "integer" else {"minimum": 0}
        ref = _single(sheet, at, key, label, kind, note, **limits)
        desk.cells[key] = ref
        if key in ("red", "missed"):
            continue
        cell = ref.a1
        faults: list[tuple[str, Words]] = [(f"NOT(ISNUMBER({cell}))", _NOT_NUMBER)]
        if kind == "percent":
            faults.append((f"N({cell})>1", _TYPED_AS_20))
        if kind == "integer":
            faults.append(
                (f"OR(N({cell})>4,N({cell})<>INT(N({cell})))",
                 Text("Saisir un nombre entier de 0 à 4.", "Enter a whole number from 0 to 4."))
            )  # fmt: skip
        faults.append((f"N({cell})<0", Text("Valeur négative.", "Negative value.")))
        sheet.checks(at, CHECK, faults, label, bold=False)
    return row + len(values) + 1


def _lists(desk: Desk, sheet: TemplateSheet) -> None:
    sheet.section(
        3, Text("Listes des actions", "Lists of the actions"), LIST, LIST + len(_LIST_HEADS) - 1
    )
    sheet.header(4, LIST, list(_LIST_HEADS.values()))
    first = 5
    for offset, (name, count) in enumerate(list_counts(desk.lists).items()):
        col = LIST + offset
        ref = sheet.inputs(first, col, name, [None] * count, "text", down=True)
        desk.cells[f"list.{name}"] = ref
        letter = column_letter(col)
        twice = f'SUMPRODUCT(({ref.fixed}<>"")*(COUNTIF({ref.fixed},{ref.fixed}&"")>1))>0'
        sheet.check(
            first + count, col, f"NOT({twice})",
            Text(f"Un mot est deux fois dans la colonne {letter}.",
                 f"A word stands twice in column {letter}."),
            _LIST_HEADS[name], bold=False, font_size=9,
        )  # fmt: skip
