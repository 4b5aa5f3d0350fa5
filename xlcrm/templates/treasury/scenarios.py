"""The sheet Scénarios: what if, side by side, with charts and a comparison."""

from __future__ import annotations

from typing import Any

from xlcrm.templates import style
from xlcrm.templates.builder import YES_NO, Choices, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.draft import LABEL, OVERALL, Draft
from xlcrm.templates.treasury.scenario_workings import write_workings
from xlcrm.texts import Text

NAME = Text("Scénarios", "Scenarios")
_FIRST = 2  # column of the first scenario
_Row = tuple[str, Text, CellKind, Choices | None]
_MONTH_NO = Text("à partir du mois n°", "from month no.")
PARAMETERS: list[tuple[Text, list[_Row]]] = [
    (
        Text("Un client fait défaut", "A customer fails"),
        [
            ("loss", Text("Montant TTC perdu", "Amount lost, incl. VAT"), "amount", None),
            (
                "loss_month",
                Text("… attendu au mois n°", "… expected in month no."),
                "integer",
                None,
            ),
            (
                "loss_share",
                Text("Part perdue dès ce mois", "Part lost from that month"),
                "percent",
                None,
            ),
            (
                "touch_opening",
                Text("Créances d'ouverture aussi", "Opening receivables too"),
                "text",
                YES_NO,
            ),
            ("recover_vat", Text("TVA récupérée", "VAT recovered"), "text", YES_NO),
        ],
    ),
    (
        Text("Les clients paient plus tard", "Customers pay later"),
        [("delay", Text("Délai supplémentaire", "Additional delay"), "text", choices.DELAY)],
    ),
    (
        Text("Équilibrage", "Balancing"),
        [
            ("order", Text("Ordre des financements", "Order"), "text", choices.SCENARIO_ORDER),
            (
                "partners_most",
                Text("Apport maximal (vide : budget)", "Most brought (blank: budget)"),
                "amount",
                None,
            ),
        ],
    ),
    (
        Text("Emprunt à échéances constantes", "Loan, constant instalments"),
        [
            ("loan_amount", Text("Montant", "Amount"), "amount", None),
            ("loan_month", Text("Reçu au mois n°", "Received in month no."), "integer", None),
            ("loan_rate", Text("Taux annuel", "Yearly rate"), "rate", None),
            ("loan_count", Text("Nombre de mensualités", "Instalments"), "integer", None),
            ("loan_fees", Text("Frais", "Fees"), "amount", None),
        ],
    ),
    (
        Text("Escompte d'effets", "Discounted bills"),
        [
            ("discount", Text("Nominal escompté", "Face value"), "amount", None),
            ("discount_month", Text("Au mois n°", "In month no."), "integer", None),
            (
                "discount_months",
                Text("Durée restant à courir (mois)", "Months to maturity"),
                "integer",
                None,
            ),
            ("discount_rate", Text("Taux annuel d'escompte", "Yearly rate"), "rate", None),
            ("discount_fees", Text("Commissions", "Commissions"), "amount", None),
        ],
    ),
    (
        Text("Affacturage des ventes à crédit", "Factoring of credit sales"),
        [
            ("factor_share", Text("Part cédée", "Part assigned"), "percent", None),
            ("factor_advance", Text("Part financée", "Part advanced"), "percent", None),
            ("factor_commission", Text("Commission sur TTC cédé", "Commission"), "rate", None),
            ("factor_rate", Text("Taux annuel de financement", "Yearly rate"), "rate", None),
        ],
    ),
    (
        Text("Apport des associés", "Partners' contribution"),
        [
            ("partners_amount", Text("Montant", "Amount"), "amount", None),
            ("partners_month", Text("Au mois n°", "In month no."), "integer", None),
        ],
    ),
]

# What needs a month: the cell of the month, then the amounts that wait for it.
_DATED = (
    ("loss_month", "loss", "loss_share"),
    ("loan_month", "loan_amount"),
    ("discount_month", "discount"),
    ("partners_month", "partners_amount"),
)


def write_scenarios(draft: Draft) -> None:
    """Both sheets: the table to fill in with its results and charts, and the workings."""
    book, count = draft.book, choices.SCENARIOS
    sheet = book.sheet(
        NAME,
        "output",
        widths=[2, 36, *[15] * count],
        title=Text("Scénarios", "Scenarios"),
        subtitle=Text(
            "Une colonne par scénario : seules les cellules jaunes changent le budget.",
            "A column for each scenario: only the yellow cells change the budget.",
        ),
        freeze=(5, 2),
    )
    sheet.status(book.t(OVERALL), _FIRST + count - 1)
    sheet.label(3, LABEL, Text("Scénario", "Scenario"), "header")
    sheet.label(4, LABEL, Text("Nom", "Name"), "strong")
    for k in range(count):
        sheet.value(3, _FIRST + k, k + 1, "header", "integer")
        key = f"scenario.{k + 1}.label"
        looks: dict[str, Any] = {"text_wrap": True, "bold": True, "align": "center"}
        if k:
            draft.cells[key] = sheet.input(4, _FIRST + k, key, None, "text", **looks)
        else:
            base = Text("Budget", "Budget")
            draft.cells[key] = sheet.value(4, _FIRST, base, "formula", "text", **looks)
    sheet.raw.set_row(4, 30)
    row = _parameters(draft, sheet, 5)
    write_workings(draft)
    results = row + 1
    row = _results(draft, sheet, results)
    compared = _matrix(draft, sheet, row + 1) + 1
    _compared(draft, sheet, compared)
    sheet.paper.breaks(70 if draft.width <= 6 else 60, results, compared)


def _parameters(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    first = row
    for title, rows in PARAMETERS:
        sheet.label(row, LABEL, title, "total")
        for k in range(choices.SCENARIOS):
            sheet.value(row, _FIRST + k, None, "total", "general")
        row += 1
        for name, label, kind, listed in rows:
            sheet.label(row, LABEL, label, indent=1)
            for k in range(choices.SCENARIOS):
                key = f"scenario.{k + 1}.{name}"
                more: dict[str, Any] = {"align": "center"} if listed else {}
                if not k:  # the first scenario is the budget as it is
                    draft.cells[key] = sheet.value(row, _FIRST, None, "formula", kind)
                    continue
                draft.cells[key] = sheet.input(
                    row, _FIRST + k, key, None, kind, choices=listed, minimum=0, **more
                )
            row += 1
    sheet.label(row, LABEL, Text("Contrôle de la saisie", "Check"), "strong")
    for k in range(1, choices.SCENARIOS):
        _parameter_check(draft, sheet, row, first, k)
    sheet.raw.set_row(row, 40)
    return row + 1


def _parameter_check(draft: Draft, sheet: TemplateSheet, row: int, first: int, index: int) -> None:
    key = f"scenario.{index + 1}."
    kinds: dict[str, list[str]] = {}
    unlisted = []
    for _, rows in PARAMETERS:
        for name, _label, kind, listed in rows:
            cell = draft.cells[key + name].a1
            if listed:
                unlisted.append(choices.not_listed(cell, listed, draft.book, blank=True))
            else:
                kinds.setdefault(kind, []).append(cell)
    cells = Ref(sheet.name, first, _FIRST + index, row - 1, _FIRST + index).a1
    numbers = [cell for found in kinds.values() for cell in found]
    rates = [cell for kind in ("percent", "rate") for cell in kinds[kind]]
    months = [draft.cells[key + n].a1 for _, rows in PARAMETERS for n, *_ in rows if "_month" in n]
    months = [cell for cell in months if cell != draft.cells[f"{key}discount_months"].a1]
    loan = (
        f"AND(N({draft.cells[f'{key}loan_amount'].a1})>0,N({draft.cells[f'{key}loan_count'].a1})<1)"
    )
    text = f"COUNTA({','.join(numbers)})>COUNT({','.join(numbers)})"

    def given(name: str) -> str:
        return f"N({draft.cells[key + name].a1})"

    undated = [
        f"AND({'+'.join(given(name) for name in names)}>0,{given(month)}<1)"
        for month, *names in _DATED
    ]
    parts = "+".join(f"ABS(N({cell})-INT(N({cell})))" for cell in kinds["integer"])
    faults: list[tuple[str, Words]] = [
        (text, Text("Un texte est à la place d'un nombre.", "A text stands for a number.")),
        (f'COUNTIF({cells},"<0")>0', Text("Un montant est négatif.", "A negative amount.")),
        (
            f"MAX({','.join(rates)})>1",
            Text("Un taux dépasse 100 % : taper 8 %.", "A rate above 100%: type 8%."),
        ),
        (
            f"MAX({','.join(months)})>{draft['months_used']}",
            Text("Un mois est hors du budget.", "A month is outside the budget."),
        ),
        (loan, Text("Emprunt sans mensualité.", "A loan without instalments.")),
        (f"{parts}>0", Text("Mois et nombres : saisir un entier.", "Months: a whole number.")),
        (
            f"OR({','.join(undated)})",
            Text("Le mois manque : saisir son numéro.", "The month is missing: type its number."),
        ),
        (f"OR({','.join(unlisted)})", choices.NOT_LISTED),
    ]
    label = Text(f"Scénario {index + 1}", f"Scenario {index + 1}")
    sheet.checks(row, _FIRST + index, faults, label, bold=False, font_size=8)


def _results(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(row, Text("Résultats", "Results"))
    net = [draft.rows[f"scenario.{k + 1}.net"] for k in range(choices.SCENARIOS)]
    active = draft.rows["calendar.number"]
    first = column_letter(_FIRST)
    rows: list[tuple[str, Text, CellKind]] = [
        ("low", Text("Point bas de trésorerie", "Low point of cash"), "amount"),
        ("low_month", Text("Mois du point bas", "Month of the low point"), "month"),
        ("low_change", Text("Écart au scénario 1", "Change from scenario 1"), "amount"),
        ("overdraft", Text("Découvert le plus élevé", "Highest overdraft"), "amount"),
        ("overdrawn", Text("Mois à découvert", "Months overdrawn"), "integer"),
        ("closing", Text("Trésorerie finale", "Closing cash"), "amount"),
        ("financing", Text("Coût du financement", "Cost of funding"), "amount"),
        ("lost", Text("Pertes sur clients", "Lost on customers"), "amount"),
        ("cost", Text("Coût total", "Total cost"), "amount"),
        ("cost_change", Text("Écart au scénario 1", "Change from scenario 1"), "amount"),
    ]
    at = {name: row + 1 + k for k, (name, *_) in enumerate(rows)}
    for name, label, kind in rows:
        sheet.label(at[name], LABEL, label, "strong" if name in ("low", "cost") else "label")
        for k in range(choices.SCENARIOS):
            key, column = f"scenario.{k + 1}", column_letter(_FIRST + k)
            low = f"{column}{at['low'] + 1}"
            last = draft["months_used"]
            paid = ("charges", "partners_interest", "same", "loan.interest", "loan.paid_fees",
                    "factor.commission", "factor.interest")  # fmt: skip
            sums = ",".join(str(draft.rows[f"{key}.{p}"]) for p in paid)
            formula = {
                "low": f"MIN({net[k]})",
                "low_month": f"INDEX({draft.rows['calendar.date']},MATCH({low},{net[k]},0))",
                "low_change": f"ROUND({low}-${first}{at['low'] + 1},2)",
                "overdraft": f"MAX({draft.rows[f'{key}.overdraft']})",
                "overdrawn": f'COUNTIFS({draft.rows[f"{key}.overdraft"]},">0",{active},">0")',
                "closing": f"INDEX({net[k]},{last})",
                "financing": f"ROUND(SUM({sums})+{draft.cells[f'{key}.discount.cost']},2)",
                "lost": f"ROUND(SUM({draft.rows[f'{key}.pool.lost']}),2)",
                "cost": f"ROUND({column}{at['financing'] + 1}+{column}{at['lost'] + 1},2)",
                "cost_change": f"ROUND({column}{at['cost'] + 1}-${first}{at['cost'] + 1},2)",
            }[name]
            role: CellRole = "result" if name in ("low", "cost") else "formula"
            draft.cells[f"{key}.result.{name}"] = sheet.formula(
                at[name], _FIRST + k, f"={formula}", kind, role
            )
    low_row = Ref(sheet.name, at["low"], _FIRST, at["low"], _FIRST + choices.SCENARIOS - 1)
    sheet.highlight(low_row, f"={low_row.at(0).a1}<0")
    return row + 1 + len(rows)


def _matrix(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    """Net cash by month, one column a scenario, and the two charts that compare them."""
    title = Text("Trésorerie nette par mois", "Net cash by month")
    sheet.section(row, title)
    count, top = choices.SCENARIOS, row + 1
    sheet.label(top, LABEL, Text("Mois", "Month"), "header")
    for k in range(count):
        name = draft.cells[f"scenario.{k + 1}.label"].a1
        words = draft.book.q(Text(f"Scénario {k + 1}", f"Scenario {k + 1}"))
        sheet.formula(top, _FIRST + k, f'=IF({name}="",{words},{name})', "general", "header")
    sheet.raw.set_row(top, 30)
    for m in range(draft.width):
        date = draft.rows["calendar.date"].at(m)
        sheet.formula(top + 1 + m, LABEL, f"={date}", "month")
        for k in range(count):
            cell = draft.rows[f"scenario.{k + 1}.net"].at(m)
            sheet.formula(top + 1 + m, _FIRST + k, f"={cell}", "amount")
    draft.cells["matrix"] = Ref(sheet.name, top + 1, _FIRST, top + draft.width, _FIRST + count - 1)
    last = top + draft.width
    lines = draft.book.chart("line", title)
    colors = (*style.SERIES, "#C2185B", "#795548")
    for k in range(count):
        lines.add_series(
            {
                "name": [sheet.name, top, _FIRST + k],
                "categories": [sheet.name, top + 1, LABEL, last, LABEL],
                "values": [sheet.name, top + 1, _FIRST + k, last, _FIRST + k],
                "line": {"color": colors[k], "width": 3 if k == 0 else 1.75},
            }
        )
    sheet.place(last + 2, LABEL, lines, 590, 330)
    bars = draft.book.chart("column", Text("Point bas et coût total", "Low point and total cost"))
    for name, color in (("low", style.PRIMARY), ("cost", "#E08E2B")):
        ref = draft.cells[f"scenario.1.result.{name}"]
        bars.add_series(
            {
                "name": [sheet.name, ref.row, LABEL],
                "categories": [sheet.name, top, _FIRST, top, _FIRST + count - 1],
                "values": [sheet.name, ref.row, _FIRST, ref.row, _FIRST + count - 1],
                "fill": {"color": color},
            }
        )
    sheet.place(last + 2, 5, bars, 545, 330)
    return last + 2 + 18


def _compared(draft: Draft, sheet: TemplateSheet, row: int) -> None:
    """One scenario chosen by its number, against the first, month by month."""
    sheet.section(row, Text("Comparer un scénario au scénario 1", "Compare a scenario with no. 1"))
    sheet.label(row + 1, LABEL, Text("Scénario choisi (n°)", "Chosen scenario (no.)"), "strong")
    chosen = sheet.input(
        row + 1, _FIRST, "scenario.chosen", 2, "integer", minimum=1, maximum=choices.SCENARIOS
    )
    number = f"IF(ISNUMBER({chosen.fixed}),MIN({choices.SCENARIOS},MAX(1,INT({chosen.fixed}))),1)"
    names = Ref(sheet.name, 4, _FIRST, 4, _FIRST + choices.SCENARIOS - 1).fixed
    valid = f"AND(ISNUMBER({chosen.a1}),N({chosen.a1})>=1,N({chosen.a1})<={choices.SCENARIOS})"
    wrong = draft.book.q(
        Text("Saisir un numéro de 1 à {n}.", "Type a number from 1 to {n}.").format(
            n=choices.SCENARIOS
        )
    )
    sheet.formula(
        row + 1, _FIRST + 1, f'=IF({valid},INDEX({names},{number})&"",{wrong})', "general", "strong"
    )
    sheet.highlight(chosen, f"=NOT({valid})")
    top, matrix = row + 2, draft.cells["matrix"]
    heads = [Text("Mois", "Month"), Text("Scénario 1", "Scenario 1")]
    heads += [Text("Scénario choisi", "Chosen scenario"), Text("Écart", "Difference")]
    sheet.header(top, LABEL, heads)
    for m in range(draft.width):
        line = top + 1 + m
        sheet.formula(line, LABEL, f"={draft.rows['calendar.date'].at(m)}", "month")
        base = sheet.formula(line, _FIRST, f"=INDEX({matrix.fixed},{m + 1},1)", "amount").a1
        other = sheet.formula(
            line, _FIRST + 1, f"=INDEX({matrix.fixed},{m + 1},{number})", "amount"
        ).a1
        sheet.formula(line, _FIRST + 2, f"=ROUND({other}-{base},2)", "amount", "result")
    last = top + draft.width
    chart = draft.book.chart("column", Text("Scénario choisi et scénario 1", "Chosen and no. 1"))
    for col, color in ((_FIRST, style.PRIMARY), (_FIRST + 1, "#E08E2B")):
        chart.add_series(
            {
                "name": [sheet.name, top, col],
                "categories": [sheet.name, top + 1, LABEL, last, LABEL],
                "values": [sheet.name, top + 1, col, last, col],
                "fill": {"color": color},
            }
        )
    sheet.place(row + 1, 5, chart, 545, 260)
