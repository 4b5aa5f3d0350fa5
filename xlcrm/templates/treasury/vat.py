"""The sheet Budget de TVA: collected, deducted, due, carried, paid."""

from __future__ import annotations

from xlcrm.templates.formulas import Ref
from xlcrm.templates.treasury.costs import given_rows, used
from xlcrm.templates.treasury.draft import FIRST, Asked, Draft, MonthSheet
from xlcrm.texts import Text

VAT = Text("Budget de TVA", "VAT budget")


def write_vat(draft: Draft) -> None:
    """What is collected, deducted, due, carried and paid."""
    sheet = draft.month_sheet(
        VAT, "work", Text("Budget de TVA", "VAT budget"),
        Text("TVA due ou crédit, mois par mois ; payée le mois qui suit la déclaration.",
             "VAT due or credit, month by month; paid in the month after the return."),
        Text("Ouverture", "Opening"),
    )  # fmt: skip
    given = ("other_collected_vat", "other_deductible_vat", "vat_refunds")
    given_rows(sheet, Text("Données", "Data"), *given)
    sheet.section(Text("TVA collectée et déductible", "Collected and deductible VAT"))
    _opening_vat(draft, sheet, "receivables", Text("Sur créances d'ouverture encaissées",
                                                   "On opening receivables paid"))  # fmt: skip
    sums = [draft.same("sales.vat")] if draft.keys("sales") else []
    _sum_row(draft, sheet, "vat.collected", Text("TVA collectée", "Collected VAT"),
             [*sums, _here(draft, "vat.opening.receivables"),
              used(sheet, "other_collected_vat")], 2)  # fmt: skip
    _opening_vat(draft, sheet, "payables", Text("Sur dettes d'ouverture payées",
                                                "On opening payables paid"))  # fmt: skip
    sums = [draft.same("purchases.vat")] if draft.keys("purchases") else []
    _sum_row(
        draft,
        sheet,
        "vat.deductible",
        Text("TVA déductible sur biens et services", "Deductible VAT on goods and services"),
        [*sums, _here(draft, "vat.opening.payables"), used(sheet, "other_deductible_vat")],
        2,
    )
    sums = [draft.same("investments.vat")] if draft.keys("investments") else ["0"]
    _sum_row(
        draft,
        sheet,
        "vat.assets",
        Text("TVA déductible sur immobilisations", "Deductible VAT on fixed assets"),
        sums,
        1,
    )
    sheet.section(Text("Déclaration", "Return"))
    _return_rows(draft, sheet)


def _opening_vat(draft: Draft, sheet: MonthSheet, side: str, label: Text) -> None:
    if f"opening.{side}_vat_rate" not in draft.cells:
        return
    rate = f"N({draft.cells[f'opening.{side}_vat_rate']})"
    sheet.row(f"vat.opening.{side}", label,
              f"=ROUND({draft.same(f'opening.{side}')}*{rate}/(1+{rate}),2)",
              trace=Text("Réglé × t / (1 + t), si la TVA est encore due",
                         "Paid × t / (1 + t), where VAT is still due"))  # fmt: skip


def _here(draft: Draft, key: str) -> str:
    return f"{{c}}{draft.rows[key].line}" if key in draft.rows else "0"


def _sum_row(
    draft: Draft, sheet: MonthSheet, key: str, label: Text, parts: list[str], points: float
) -> None:
    sheet.row(
        key,
        label,
        f"=ROUND({'+'.join(parts)},2)",
        role="total",
        asked=Asked(label, Text("Somme des lignes du mois.", "Sum of the month's lines."), points),
    )


def _return_rows(draft: Draft, sheet: MonthSheet) -> None:
    line = sheet.line
    carried_before, refund, net, _, credit = (f"{{c}}{line + k}" for k in range(5))
    sheet.row(
        "vat.before",
        Text("Report du mois précédent (crédit en −)", "Brought forward (credit −)"),
        f"={{p}}{line + 5}",
        total=False,
    )
    asked = used(sheet, "vat_refunds")
    sheet.row("vat.refund", Text("Remboursement de crédit reçu", "Refund received"),
              f"=MIN({asked},MAX(0,-{carried_before}))")  # fmt: skip
    sheet.row("vat.net", Text("TVA nette", "Net VAT"),
              f"=ROUND({{c}}{draft['vat.collected'].line}-{{c}}{draft['vat.deductible'].line}"
              f"-{{c}}{draft['vat.assets'].line}+{carried_before}+{refund},2)", total=False,
              trace=Text("Collectée − déductible + report + remboursement",
                         "Collected − deductible + brought forward + refund"))  # fmt: skip
    declares = draft.same("calendar.declares")
    sheet.row(
        "vat.due",
        Text("TVA à décaisser", "VAT due"),
        f"=IF({declares}=1,MAX(0,{net}),0)",
        role="result",
        trace=Text(
            "Partie positive, le mois de la déclaration",
            "Positive part, in the month of the return",
        ),
        asked=Asked(
            Text("TVA à décaisser", "VAT due"),
            Text(
                "Collectée − déductible − crédit du mois précédent, si c'est positif.",
                "Collected − deductible − credit of the month before, if positive.",
            ),
            2,
        ),
    )
    sheet.row(
        "vat.credit",
        Text("Crédit de TVA à reporter", "VAT credit to carry"),
        f"=IF({declares}=1,MAX(0,-{net}),0)",
        role="result",
        total=False,
        trace=Text(
            "Partie négative, le mois de la déclaration",
            "Negative part, in the month of the return",
        ),
        asked=Asked(
            Text("Crédit de TVA à reporter", "VAT credit to carry"),
            Text(
                "Ce que la TVA déductible a de plus, reporté sur le mois suivant.",
                "The excess of deductible VAT, carried to the next month.",
            ),
            2,
        ),
    )
    opening = f"=ROUND({draft.cell('opening.vat_pending')}-{draft.cell('opening.vat_credit')},2)"
    sheet.row(
        "vat.carried",
        Text("Report sur le mois suivant", "Carried forward"),
        f"=IF({declares}=1,-{credit},{net})",
        total=False,
        opening=opening,
        trace=Text("Crédit en − ; trimestre en cours en +", "Credit −; quarter under way +"),
    )
    sheet.row(
        "vat.paid",
        Text("TVA décaissée", "VAT paid"),
        f"=IF({sheet.number}=0,0,{{p}}{line + 3})",
        role="total",
        trace=Text("TVA due du mois précédent", "VAT due of the month before"),
        asked=Asked(
            Text("TVA décaissée", "VAT paid"),
            Text(
                "La TVA d'un mois se paie le mois suivant.",
                "The VAT of a month is paid in the month after.",
            ),
            1,
        ),
    )
    sheet.sheet.formula(
        line + 2, FIRST, f"=ROUND({draft.cell('opening.vat_due')},2)", "amount", "result"
    )
    if "vat_refunds" not in draft.rows:
        return
    row = draft["vat.refund"].row
    too_much = f"SUM({draft['vat_refunds'].a1})>SUM({draft['vat.refund'].a1})+0.004"
    words = Text("Remboursement demandé supérieur au crédit : il est ramené au crédit.",
                 "Refund above the credit: it is cut to the credit.")  # fmt: skip
    label = Text("Remboursement de crédit de TVA", "Refund of the VAT credit")
    at = Ref(sheet.sheet.name, row, draft.trace)
    sheet.sheet.checks(at.row, at.col, [(too_much, words)], label, bold=False, font_size=9)
