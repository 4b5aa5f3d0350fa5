"""The sheets Scénarios (what if, side by side) and Calcul scénarios (its workings)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlcrm.budget.scenarios import DELAYS
from xlcrm.templates import style
from xlcrm.templates.builder import YES_NO, Choices, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.templates.treasury import inputs
from xlcrm.templates.treasury.balancing import Rules, base_rules, write_balancing
from xlcrm.templates.treasury.costs import loan_rows, used
from xlcrm.templates.treasury.draft import FIRST, LABEL, OVERALL, Draft, MonthSheet
from xlcrm.texts import Text

NAME = Text("Scénarios", "Scenarios")
WORKINGS = Text("Calcul scénarios", "Scenario workings")
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
        [("delay", Text("Délai supplémentaire", "Additional delay"), "text", inputs.DELAY)],
    ),
    (
        Text("Équilibrage", "Balancing"),
        [
            ("order", Text("Ordre des financements", "Order"), "text", inputs.SCENARIO_ORDER),
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


def write_scenarios(draft: Draft) -> None:
    """Both sheets: the table to fill in with its results and charts, and the workings."""
    book, count = draft.book, inputs.SCENARIOS
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
    _workings(draft)
    results = row + 1
    row = _results(draft, sheet, results)
    compared = _matrix(draft, sheet, row + 1) + 1
    _compared(draft, sheet, compared)
    sheet.page_breaks(76, results, compared)


def _parameters(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    first = row
    for title, rows in PARAMETERS:
        sheet.label(row, LABEL, title, "total")
        for k in range(inputs.SCENARIOS):
            sheet.value(row, _FIRST + k, None, "total", "general")
        row += 1
        for name, label, kind, choices in rows:
            sheet.label(row, LABEL, label, indent=1)
            for k in range(inputs.SCENARIOS):
                key = f"scenario.{k + 1}.{name}"
                more: dict[str, Any] = {"align": "center"} if choices else {}
                if not k:  # the first scenario is the budget as it is
                    draft.cells[key] = sheet.value(row, _FIRST, None, "formula", kind)
                    continue
                draft.cells[key] = sheet.input(
                    row, _FIRST + k, key, None, kind, choices=choices, minimum=0, **more
                )
            row += 1
    sheet.label(row, LABEL, Text("Contrôle de la saisie", "Check"), "strong")
    for k in range(1, inputs.SCENARIOS):
        _parameter_check(draft, sheet, row, first, k)
    sheet.raw.set_row(row, 40)
    return row + 1


def _parameter_check(draft: Draft, sheet: TemplateSheet, row: int, first: int, index: int) -> None:
    key = f"scenario.{index + 1}."
    kinds: dict[str, list[str]] = {}
    for _, rows in PARAMETERS:
        for name, _label, kind, choices in rows:
            if not choices:
                kinds.setdefault(kind, []).append(draft.cells[key + name].a1)
    cells = Ref(sheet.name, first, _FIRST + index, row - 1, _FIRST + index).a1
    numbers = [cell for found in kinds.values() for cell in found]
    rates = [cell for kind in ("percent", "rate") for cell in kinds[kind]]
    months = [draft.cells[key + n].a1 for _, rows in PARAMETERS for n, *_ in rows if "_month" in n]
    months = [cell for cell in months if cell != draft.cells[f"{key}discount_months"].a1]
    loan = (
        f"AND(N({draft.cells[f'{key}loan_amount'].a1})>0,N({draft.cells[f'{key}loan_count'].a1})<1)"
    )
    text = f"COUNTA({','.join(numbers)})>COUNT({','.join(numbers)})"
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
    ]
    label = Text(f"Scénario {index + 1}", f"Scenario {index + 1}")
    sheet.checks(row, _FIRST + index, faults, label, bold=False, font_size=8)


def _workings(draft: Draft) -> None:
    sheet = draft.month_sheet(
        WORKINGS,
        "work",
        Text("Calcul des scénarios", "Workings of the scenarios"),
        Text(
            "Le budget de trésorerie recalculé pour chaque scénario, ligne par ligne.",
            "The treasury budget computed again for each scenario, row by row.",
        ),
        Text("Paramètre", "Parameter"),
    )
    for k in range(inputs.SCENARIOS):
        _scenario(draft, sheet, f"scenario.{k + 1}")


def _scenario(draft: Draft, sheet: MonthSheet, key: str) -> None:
    name = draft.cells[f"{key}.label"]
    sheet.at += 1
    sheet.sheet.section(sheet.at, "")
    number = key.split(".")[1]
    words = draft.book.q(Text(f"Scénario {number} : ", f"Scenario {number}: "))
    sheet.sheet.formula(sheet.at, LABEL, f"={words}&{name}", "general", "section")
    sheet.at += 1
    _scalars(draft, sheet, key)
    _pool(draft, sheet, key)
    _vat(draft, sheet, key)
    _financing(draft, sheet, key)
    parts = [
        draft.same("cash.flow"),
        f"{_here(draft, key, 'pool.after')}-{_here(draft, key, 'pool.before')}",
        f"{draft.same('vat.paid')}-{_here(draft, key, 'vat.paid')}",
        f"{_here(draft, key, 'vat.refund')}-{draft.same('vat.refund')}",
        f"{_here(draft, key, 'loan.received')}-{_here(draft, key, 'loan.payment')}",
        f"{_here(draft, key, 'discount')}-{_here(draft, key, 'loan.paid_fees')}",
        f"{_here(draft, key, 'factor.advanced')}-{_here(draft, key, 'factor.settled')}",
        f"{_here(draft, key, 'partners_in')}-{_here(draft, key, 'factor.commission')}",
    ]
    flow = f"=ROUND({'+'.join(parts)}-{_here(draft, key, 'factor.interest')},2)"
    sheet.row(f"{key}.flow", Text("Flux du mois", "Flow"), flow, role="result")
    opening = f"={draft.opening('cash.net')}"
    write_balancing(draft, sheet, key, _rules(draft, key), opening, explained=False)


def _here(draft: Draft, key: str, name: str) -> str:
    return f"{{c}}{draft.rows[f'{key}.{name}'].line}"


def _cell(draft: Draft, key: str, name: str) -> str:
    return f"N({draft.cells[f'{key}.{name}']})"


def _scalar(
    draft: Draft, sheet: MonthSheet, key: str, label: Text, formula: str, kind: CellKind
) -> None:
    sheet.sheet.label(sheet.at, LABEL, label)
    draft.cells[key] = sheet.sheet.formula(sheet.at, FIRST, f"={formula}", kind)
    sheet.at += 1


def _scalars(draft: Draft, sheet: MonthSheet, key: str) -> None:
    """What holds for all months of a scenario, in the column before them."""
    delay, q = draft.cells[f"{key}.delay"], draft.book.q
    for index, label in (
        (0, Text("Part reportée d'un mois", "Part one month later")),
        (1, Text("Part reportée de deux mois", "Part two months later")),
    ):
        formula = "0"
        for name, shares in DELAYS.items():
            if shares[index]:
                formula = f"IF({delay}={q(inputs.DELAY[name])},{shares[index]:g},{formula})"
        _scalar(draft, sheet, f"{key}.later.{index + 1}", label, formula, "percent")
    amount, month, count = (_cell(draft, key, f"loan_{n}") for n in ("amount", "month", "count"))
    inside = f"AND({amount}>0,{count}>=1,{month}>=1,{month}<={draft['months_used']})"
    used_amount = Text("Emprunt retenu", "Loan used")
    _scalar(
        draft, sheet, f"{key}.loan.used", used_amount, f"IF({inside},ROUND({amount},2),0)", "amount"
    )
    used_cell = draft.cells[f"{key}.loan.used"].fixed
    rate = f"{_cell(draft, key, 'loan_rate')}/12"
    level = f"IF({used_cell}=0,0,ROUND(-PMT({rate},INT({count}),{used_cell}),2))"
    _scalar(
        draft, sheet, f"{key}.loan.level", Text("Échéance constante", "Instalment"), level, "amount"
    )
    nominal, month = _cell(draft, key, "discount"), _cell(draft, key, "discount_month")
    inside = f"AND({nominal}>0,{month}>=1,{month}<={draft['months_used']})"
    label = Text("Nominal escompté retenu", "Face value used")
    formula = f"IF({inside},ROUND({nominal},2),0)"
    _scalar(draft, sheet, f"{key}.discount.used", label, formula, "amount")
    nominal = draft.cells[f"{key}.discount.used"].fixed
    months, rate = _cell(draft, key, "discount_months"), _cell(draft, key, "discount_rate")
    interest = f"ROUND({nominal}*{rate}*30*{months}/360,2)"
    cost = f"IF({nominal}=0,0,ROUND({interest}+{_cell(draft, key, 'discount_fees')},2))"
    label = Text("Agios d'escompte", "Cost of the discount")
    _scalar(draft, sheet, f"{key}.discount.cost", label, cost, "amount")


def _delayed(draft: Draft, sheet: MonthSheet, key: str, kept: str, label: Text) -> None:
    """Amounts, part of them one or two months later; what leaves the budget is gone."""
    line, num = sheet.line, sheet.number
    one, two = (draft.cells[f"{key.rsplit('.', 1)[0]}.later.{n}"].fixed for n in (1, 2))
    first, second, wait = (f"{line + k}" for k in range(1, 4))
    sheet.row(f"{key}.kept", Text("Montant à recevoir", "Amount to come"), f"={kept}", total=False)
    later = Text("dont reporté d'un mois", "of which one month later")
    sheet.row(f"{key}.first", later, f"=ROUND({{c}}{line}*{one},2)", total=False, indent=1)
    later = Text("dont reporté de deux mois", "of which two months later")
    sheet.row(f"{key}.second", later, f"=ROUND({{c}}{line}*{two},2)", total=False, indent=1)
    later = Text("en attente du mois suivant", "waiting for the next month")
    sheet.row(f"{key}.wait", later, f"={{p}}{second}", total=False, indent=1)
    arrived = f"{{c}}{line}-{{c}}{first}-{{c}}{second}+{{p}}{first}+{{p}}{wait}"
    sheet.row(f"{key}.after", label, f"=IF({num}=0,0,ROUND({arrived},2))", role="result")


def _pool(draft: Draft, sheet: MonthSheet, key: str) -> None:
    num = sheet.number
    touch = f"{draft.cells[f'{key}.touch_opening']}={draft.book.q(YES_NO['yes'])}"
    opening = f"IF({touch},{draft.same('opening.receivables')},0)"
    label = Text("Encaissements à crédit du budget", "Credit receipts of the budget")
    sheet.row(f"{key}.pool.before", label, f"=ROUND({draft.same('sales.credit_paid')}+{opening},2)")
    month, pool = _cell(draft, key, "loss_month"), _here(draft, key, "pool.before")
    at_once = f"IF({num}={month},{_cell(draft, key, 'loss')},0)"
    share = f"ROUND({pool}*{_cell(draft, key, 'loss_share')},2)"
    wanted = f"{at_once}+IF(AND({month}>0,{num}>={month}),{share},0)"
    formula = f"=IF({num}=0,0,ROUND(MIN({pool},{wanted}),2))"
    sheet.row(f"{key}.pool.lost", Text("Perdu", "Lost"), formula)
    lost = _here(draft, key, "pool.lost")
    label = Text("Encaissements à crédit du scénario", "Credit receipts of the scenario")
    _delayed(draft, sheet, f"{key}.pool", f"ROUND({pool}-{lost},2)", label)


def _vat(draft: Draft, sheet: MonthSheet, key: str) -> None:
    num, yes = sheet.number, draft.book.q(YES_NO["yes"])
    opening = draft.same("vat.opening.receivables")
    touch = f"IF({draft.cells[f'{key}.touch_opening']}={yes},{opening},0)"
    label = Text("TVA sur ces encaissements (budget)", "VAT on these receipts (budget)")
    sheet.row(
        f"{key}.vat_pool.before", label, f"=ROUND({draft.same('sales.credit_vat')}+{touch},2)"
    )
    before, pool, lost = (
        _here(draft, key, name) for name in ("vat_pool.before", "pool.before", "pool.lost")
    )
    formula = f"=IF({pool}=0,0,ROUND({before}*{lost}/{pool},2))"
    sheet.row(f"{key}.vat_pool.lost", Text("TVA jamais encaissée", "VAT never received"), formula)
    vat_lost = _here(draft, key, "vat_pool.lost")
    label = Text("TVA sur ces encaissements (scénario)", "VAT on these receipts (scenario)")
    _delayed(draft, sheet, f"{key}.vat_pool", f"ROUND({before}-{vat_lost},2)", label)
    rate = _cell(draft, "sales.1", "rate")
    inside = f"ROUND({lost}*{rate}/(1+{rate}),2)"
    wanted = f"{draft.cells[f'{key}.recover_vat']}={yes}"
    formula = f"=IF({wanted},MAX(0,ROUND({inside}-{vat_lost},2)),0)"
    label = Text("TVA récupérée sur impayés", "VAT recovered on bad debts")
    sheet.row(f"{key}.recovered", label, formula)
    change = f"{_here(draft, key, 'vat_pool.after')}-{before}-{_here(draft, key, 'recovered')}"
    formula = f"=ROUND({draft.same('vat.collected')}+{change},2)"
    sheet.row(f"{key}.vat.collected", Text("TVA collectée", "Collected VAT"), formula)
    line, declares = sheet.line, draft.same("calendar.declares")
    refund = f"=MIN({used(sheet, 'vat_refunds')},MAX(0,-{{p}}{line + 3}))"
    sheet.row(f"{key}.vat.refund", Text("Remboursement de crédit", "Refund"), refund)
    deductible = f"{draft.same('vat.deductible')}-{draft.same('vat.assets')}"
    net = f"=ROUND({{c}}{line - 1}-{deductible}+{{p}}{line + 3}+{{c}}{line},2)"
    sheet.row(f"{key}.vat.net", Text("TVA nette", "Net VAT"), net, total=False)
    due = f"=IF({declares}=1,MAX(0,{{c}}{line + 1}),0)"
    sheet.row(f"{key}.vat.due", Text("TVA à décaisser", "VAT due"), due)
    carried = f"=IF({declares}=1,-MAX(0,-{{c}}{line + 1}),{{c}}{line + 1})"
    start = f"={draft.opening('vat.carried')}"
    label = Text("Report sur le mois suivant", "Carried forward")
    sheet.row(f"{key}.vat.carried", label, carried, total=False, opening=start)
    paid = f"=IF({num}=0,0,{{p}}{line + 2})"
    sheet.row(f"{key}.vat.paid", Text("TVA décaissée", "VAT paid"), paid, role="result")
    sheet.sheet.formula(line + 1, FIRST, f"={draft.opening('vat.due')}", "amount")


def _financing(draft: Draft, sheet: MonthSheet, key: str) -> None:
    num, cells = sheet.number, draft.cells
    loan_rows(
        draft,
        sheet,
        f"{key}.loan",
        cells[f"{key}.loan.used"].fixed,
        str(cells[f"{key}.loan_month"]),
        str(cells[f"{key}.loan_count"]),
        f"(N({cells[f'{key}.loan_rate']})/12)",
        cells[f"{key}.loan.level"].fixed,
        str(cells[f"{key}.loan_fees"]),
    )
    nominal, cost = cells[f"{key}.discount.used"].fixed, cells[f"{key}.discount.cost"].fixed
    month = _cell(draft, key, "discount_month")
    back = f"{month}+INT({_cell(draft, key, 'discount_months')})"
    formula = f"IF({num}={month},{nominal}-{cost},0)-IF({num}={back},{nominal},0)"
    label = Text("Escompte : net reçu, puis remboursé", "Discount: received, then repaid")
    sheet.row(f"{key}.discount", label, f"=IF({num}=0,0,ROUND({formula},2))")
    share, advance, commission, rate = (
        _cell(draft, key, f"factor_{name}") for name in ("share", "advance", "commission", "rate")
    )
    line = sheet.line
    invoiced, paid = draft.same("sales.credit_invoiced"), draft.same("sales.credit_paid")
    rows = {
        "advanced": (
            Text("Affacturage : avances reçues", "Factoring: advances"),
            f"ROUND({invoiced}*({share}*{advance}),2)",
        ),
        "settled": (
            Text("Affacturage : avances soldées", "Factoring: advances settled"),
            f"ROUND({paid}*({share}*{advance}),2)",
        ),
        "outstanding": (
            Text("Avances en cours", "Advances outstanding"),
            f"ROUND({{p}}{line + 2}+{{c}}{line}-{{c}}{line + 1},2)",
        ),
        "commission": (
            Text("Commission d'affacturage", "Factoring commission"),
            f"ROUND({invoiced}*{share}*{commission},2)",
        ),
        "interest": (
            Text("Intérêts d'affacturage", "Factoring interest"),
            f"IF({num}=0,0,ROUND({{p}}{line + 2}*{rate}/12,2))",
        ),
    }
    for name, (label, formula) in rows.items():
        total = name != "outstanding"
        sheet.row(f"{key}.factor.{name}", label, f"={formula}", total=total)
    month, amount = _cell(draft, key, "partners_month"), _cell(draft, key, "partners_amount")
    label = Text("Apport des associés", "Partners' contribution")
    formula = f"=IF(AND({num}>0,{num}={month}),ROUND({amount},2),0)"
    sheet.row(f"{key}.partners_in", label, formula)


def _rules(draft: Draft, key: str) -> Rules:
    """The rules of the budget, with the order and the limit of the scenario."""
    base, order, q = base_rules(draft), draft.cells[f"{key}.order"], draft.book.q
    if key == "scenario.1":
        return base
    same = f"{order}={q(inputs.SCENARIO_ORDER[''])}"
    most = draft.cells[f"{key}.partners_most"]

    def either(base_condition: str, choice: str) -> str:
        return f"IF({same},{base_condition},{order}={q(inputs.ORDER[choice])})"

    return replace(
        base,
        partners_first=either(base.partners_first, "partners"),
        overdraft_only=either(base.overdraft_only, "overdraft"),
        most=f"IF(ISNUMBER({most}),{most},{base.most})",
    )


def _results(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    sheet.section(row, Text("Résultats", "Results"))
    net = [draft.rows[f"scenario.{k + 1}.net"] for k in range(inputs.SCENARIOS)]
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
        for k in range(inputs.SCENARIOS):
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
    low_row = Ref(sheet.name, at["low"], _FIRST, at["low"], _FIRST + inputs.SCENARIOS - 1)
    sheet.highlight(low_row, f"={low_row.at(0).a1}<0")
    return row + 1 + len(rows)


def _matrix(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    """Net cash by month, one column a scenario, and the two charts that compare them."""
    title = Text("Trésorerie nette par mois", "Net cash by month")
    sheet.section(row, title)
    count, top = inputs.SCENARIOS, row + 1
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
        row + 1, _FIRST, "scenario.chosen", 2, "integer", minimum=1, maximum=inputs.SCENARIOS
    )
    number = f"IF(ISNUMBER({chosen.fixed}),MIN({inputs.SCENARIOS},MAX(1,INT({chosen.fixed}))),1)"
    names = Ref(sheet.name, 4, _FIRST, 4, _FIRST + inputs.SCENARIOS - 1).fixed
    sheet.formula(row + 1, _FIRST + 1, f'=INDEX({names},{number})&""', "general", "strong")
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
