"""The formulas that balance the cash of each month; the scenarios use the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlcrm.templates.formulas import column_letter
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.draft import FIRST, Asked, Draft, MonthSheet
from xlcrm.texts import Text


@dataclass(frozen=True, slots=True)
class Rules:
    """Cells and conditions, as formula text, that the balancing reads."""

    minimum: str
    limit: str
    partners_first: str
    overdraft_only: str
    most: str
    step: str
    partners_rate: str
    paid_next: str
    repay_asap: str
    repay_month: str
    month: str
    overdraft_rate: str
    by_days: str
    same_month: str
    commission: str
    cap: str


def base_rules(draft: Draft) -> Rules:
    """The rules of the budget itself, from the sheet of assumptions."""
    cell = draft.cell

    def chosen(key: str, choices: Mapping[str, Text], choice: str) -> str:
        return f"{draft[key]}={draft.book.q(choices[choice])}"

    return Rules(
        minimum=cell("funding.minimum"),
        limit=cell("funding.limit"),
        partners_first=chosen("funding.order", choices.ORDER, "partners"),
        overdraft_only=chosen("funding.order", choices.ORDER, "overdraft"),
        most=cell("funding.partners_most"),
        step=cell("funding.partners_step"),
        partners_rate=cell("funding.partners_rate"),
        paid_next=chosen("funding.partners_interest", choices.PARTNERS_INTEREST, "next"),
        repay_asap=chosen("funding.partners_repay", choices.PARTNERS_REPAY, "asap"),
        repay_month=chosen("funding.partners_repay", choices.PARTNERS_REPAY, "month"),
        month=cell("funding.partners_month"),
        overdraft_rate=cell("funding.overdraft_rate"),
        by_days=chosen("funding.overdraft_basis", choices.INTEREST_BASIS, "days"),
        same_month=chosen("funding.overdraft_timing", choices.INTEREST_TIMING, "same"),
        commission=cell("funding.commission_rate"),
        cap=cell("funding.commission_cap"),
    )


ROWS = (
    "interest commission charges partners_interest before need partners repaid accrued "
    "lent same net overdraft"
).split()
_STRONG = ("charges", "partners", "net", "overdraft")
_NO_TOTAL = ("before", "need", "accrued", "lent", "net", "overdraft")


def write_balancing(
    draft: Draft, sheet: MonthSheet, key: str, rules: Rules, opening: str, explained: bool = True
) -> None:
    """The rows of the balancing, under a row `key.flow`.

    `opening` is the formula of the cash before the first month, in the column of the opening.
    """
    at = {name: sheet.line + k for k, name in enumerate(ROWS)}
    formulas = _formulas(draft, sheet, f"{{c}}{draft[f'{key}.flow'].line}", at, rules)
    first = column_letter(FIRST)
    starts = {"lent": "=0", "net": opening, "overdraft": f"=MAX(0,-{first}{at['net']})"}
    for name in ROWS:
        label, trace = WORDS[name]
        sheet.row(
            f"{key}.{name}",
            label,
            f"={formulas[name]}",
            role="result" if name in _STRONG else "formula",
            total=name not in _NO_TOTAL,
            trace=trace if explained else "",
            opening=starts.get(name, ""),
            asked=_ASKED.get(name) if explained else None,
        )


def _formulas(
    draft: Draft, sheet: MonthSheet, flow: str, at: Mapping[str, int], rules: Rules
) -> dict[str, str]:
    """The formula of each row; `at` are the numbers of the rows."""
    c = {name: f"{{c}}{line}" for name, line in at.items()}
    p = {name: f"{{p}}{line}" for name, line in at.items()}
    num = sheet.number
    idle = f"OR({num}=0,{rules.same_month})"
    commission = f"{p['overdraft']}*{rules.commission}"
    capped = f"MIN({commission},{c['interest']}*{rules.cap})"
    month_interest = f"ROUND({p['lent']}*{rules.partners_rate}/12,2)"
    accrued = f"SUM(${column_letter(FIRST)}{at['accrued']}:{p['accrued']})"
    due = f"AND({rules.repay_month},{num}={rules.month})"
    floor = f"IF({rules.partners_first},{rules.minimum},-{rules.limit})"
    steps = f"ROUNDUP(ROUND({c['need']}/{rules.step},6),0)*{rules.step}"
    wanted = f"IF({rules.step}>0,{steps},{c['need']})"
    spare = f"ROUND(MIN({p['lent']},MAX(0,{c['before']}-{rules.minimum})),2)"
    after = f"ROUND({c['before']}+{c['partners']}-{c['repaid']},2)"
    rate_now = _month_rate(rules, draft.same("calendar.days"))
    rate_before = _month_rate(rules, draft.same("calendar.days_before"))
    return {
        "interest": f"IF({idle},0,ROUND({p['overdraft']}*{rate_before},2))",
        "commission": f"IF({idle},0,ROUND(IF({rules.cap}>0,{capped},{commission}),2))",
        "charges": f"ROUND({c['interest']}+{c['commission']},2)",
        "partners_interest": f"IF({num}=0,0,IF({rules.paid_next},{month_interest},"
        f"IF({num}={rules.month},ROUND({accrued}+{month_interest},2),0)))",
        "before": f"ROUND({p['net']}+{flow}-{c['charges']}-{c['partners_interest']},2)",
        "need": f"IF(OR({num}=0,{rules.overdraft_only},{due}),0,"
        f"MAX(0,ROUND({floor}-{c['before']},2)))",
        "partners": f"ROUND(MIN({wanted},MAX(0,{rules.most}-{p['lent']})),2)",
        "repaid": f"IF({num}=0,0,IF({rules.repay_asap},{spare},IF({due},{p['lent']},0)))",
        "accrued": f"IF({num}=0,0,ROUND(({p['lent']}+{c['partners']})*{rules.partners_rate}/12,2))",
        "lent": f"ROUND({p['lent']}+{c['partners']}-{c['repaid']},2)",
        "same": f"IF(AND({num}>0,{rules.same_month},{after}<0),"
        f"ROUND(ROUND(-{after}/(1-{rate_now}),2)+{after},2),0)",
        "net": f"ROUND({after}-{c['same']},2)",
        "overdraft": f"MAX(0,-{c['net']})",
    }


def _month_rate(rules: Rules, days: str) -> str:
    by_days = f"{rules.overdraft_rate}*{days}/360"
    return f"IF({rules.by_days},{by_days},{rules.overdraft_rate}/12)"


WORDS: dict[str, tuple[Text, Text]] = {
    "interest": (
        Text("Intérêts du découvert", "Interest of the overdraft"),
        Text(
            "Découvert du mois précédent × taux du mois",
            "Overdraft of the month before × rate of the month",
        ),
    ),
    "commission": (
        Text("Commission de plus fort découvert", "Commission on the highest overdraft"),
        Text(
            "Découvert × taux, au plus une part des intérêts",
            "Overdraft × rate, at most a part of the interest",
        ),
    ),
    "charges": (
        Text("Agios payés", "Bank charges paid"),
        Text(
            "Intérêts + commission, le mois suivant le découvert",
            "Interest + commission, in the month after the overdraft",
        ),
    ),
    "partners_interest": (
        Text("Intérêts des comptes courants", "Interest of current accounts"),
        Text("Apports en cours × taux / 12", "Balance lent × rate / 12"),
    ),
    "before": (
        Text("Trésorerie avant équilibrage", "Cash before balancing"),
        Text(
            "Trésorerie précédente + flux − agios − intérêts",
            "Cash before + flow − charges − interest",
        ),
    ),
    "need": (
        Text("Besoin à couvrir par les associés", "Need to be met by partners"),
        Text(
            "Minimum (ou plafond du découvert) − trésorerie, si positif",
            "Minimum (or overdraft limit) − cash, if positive",
        ),
    ),
    "partners": (
        Text("Apport en compte courant", "Partners' contribution"),
        Text(
            "Besoin, dans la limite de l'apport maximal", "Need, up to the most that partners bring"
        ),
    ),
    "repaid": (
        Text("Remboursement des apports", "Repayment to partners"),
        Text("Selon l'option choisie", "By the option chosen"),
    ),
    "accrued": (
        Text("Intérêts courus sur apports", "Interest accrued on contributions"),
        Text(
            "Servent si les intérêts se paient au remboursement",
            "Used where interest is paid with the repayment",
        ),
    ),
    "lent": (
        Text("Apports en cours", "Balance lent by partners"),
        Text("Solde précédent + apport − remboursement", "Before + brought − repaid"),
    ),
    "same": (
        Text("Intérêts du mois même", "Interest of the month itself"),
        Text(
            "Manque / (1 − taux) − manque, si réglés le mois même",
            "Lack / (1 − rate) − lack, where settled in the month",
        ),
    ),
    "net": (
        Text("Trésorerie nette en fin de mois", "Net cash at the end of the month"),
        Text("Négative : c'est un découvert", "Below zero: an overdraft"),
    ),
    "overdraft": (
        Text("Découvert (concours bancaire)", "Overdraft"),
        Text("Partie négative de la trésorerie nette", "Negative part of net cash"),
    ),
}
_ASKED = {
    "charges": Asked(
        WORDS["charges"][0],
        Text(
            "Découvert de la fin du mois précédent × taux annuel / 12 (ou jours / 360).",
            "Overdraft at the end of the month before × yearly rate / 12 (or days / 360).",
        ),
        2,
    ),
    "partners": Asked(
        WORDS["partners"][0],
        Text(
            "Ce qui manque pour atteindre la trésorerie minimale, dans la limite prévue.",
            "What lacks to reach the minimum cash, up to the limit.",
        ),
        2,
    ),
    "net": Asked(
        WORDS["net"][0],
        Text(
            "Trésorerie précédente + flux du mois − agios + apport.",
            "Cash before + flow of the month − charges + contribution.",
        ),
        3,
    ),
    "overdraft": Asked(
        WORDS["overdraft"][0],
        Text(
            "L'opposé de la trésorerie nette quand elle est négative, sinon 0.",
            "The opposite of net cash when it is negative, else 0.",
        ),
        1,
    ),
}
