"""The sheet Calcul scénarios: the treasury budget computed again for each scenario."""

from __future__ import annotations

from dataclasses import replace

from xlcrm.budget.scenarios import DELAYS
from xlcrm.templates.builder import YES_NO
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.balancing import Rules, base_rules, write_balancing
from xlcrm.templates.treasury.costs import used
from xlcrm.templates.treasury.draft import FIRST, LABEL, Draft, MonthSheet
from xlcrm.templates.treasury.funding import loan_rows
from xlcrm.texts import Text

WORKINGS = Text("Calcul scénarios", "Scenario workings")


def write_workings(draft: Draft) -> None:
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
    for k in range(choices.SCENARIOS):
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
                formula = f"IF({delay}={q(choices.DELAY[name])},{shares[index]:g},{formula})"
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
    same = f"{order}={q(choices.SCENARIO_ORDER[''])}"
    most = draft.cells[f"{key}.partners_most"]

    def either(base_condition: str, choice: str) -> str:
        return f"IF({same},{base_condition},{order}={q(choices.ORDER[choice])})"

    return replace(
        base,
        partners_first=either(base.partners_first, "partners"),
        overdraft_only=either(base.overdraft_only, "overdraft"),
        most=f"IF(ISNUMBER({most}),{most},{base.most})",
    )
