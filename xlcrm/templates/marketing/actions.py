"""The table of actions: the one place where a marketing budget is typed."""

from __future__ import annotations

from xlcrm.budget.marketing import action_costs
from xlcrm.budget.marketing_results import breakdown
from xlcrm.budget.rounding import add_cents
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import FIRST, HEAD, OVERALL, Desk, money_used, rate_or
from xlcrm.templates.marketing.inputs import ACTUAL, IDENTITY, PLANNED, PRIORITY
from xlcrm.templates.marketing.settings import HIGH, LOW
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

COMPUTED = (
    Text("Coût interne", "Internal cost"),
    Text("Coût total", "Total cost"),
    Text("Coût net", "Net cost"),
)
MESSAGE = Text("Contrôle de la ligne", "Check of the row")
WIDTHS = [
    2, 5, *[f.width for f in (*IDENTITY, *PLANNED)], 12, 12, 12, *[f.width for f in ACTUAL], 58,
]  # fmt: skip


def write_actions(desk: Desk) -> None:
    """Identity, plan, computed costs, actuals and the check of each row."""
    sheet = desk.sheets["actions"]
    bands: list[tuple[Text, int]] = [
        (Text("L'action", "The action"), 1 + len(IDENTITY)),
        (Text("Prévu", "Planned"), len(PLANNED)),
        (Text("Calculé", "Computed"), len(COMPUTED)),
        (Text("Engagé et réalisé", "Committed and actual"), len(ACTUAL)),
        (MESSAGE, 1),
    ]
    col = 1
    for title, width in bands:
        sheet.section(HEAD - 1, title, col, col + width - 1)
        col += width
    heads: list[Words] = [Text("N°", "No.")]
    heads += [f.label for f in (*IDENTITY, *PLANNED)]
    heads += [*COMPUTED, *(f.label for f in ACTUAL), Text("Message", "Message")]
    sheet.header(HEAD, 1, heads)
    for i in range(desk.count):
        sheet.value(FIRST + i, 1, i + 1, "formula", "integer", align="center")
    col = desk.fields(sheet, 2, (*IDENTITY, *PLANNED))
    _costs(desk, sheet, col)
    col = desk.fields(sheet, col + 3, ACTUAL)
    _messages(desk, sheet, col)
    _totals(desk, sheet)
    sheet.raw.fit_to_pages(2, 0)
    sheet.paper.ready = True
    sheet.raw.repeat_columns(1, 3)
    sheet.raw.set_v_pagebreaks([_column("external")])
    sheet.status(desk.book.t(OVERALL), col)


def _column(key: str) -> int:
    """The position of a field among the columns of the sheet."""
    keys = [f.key for f in (*IDENTITY, *PLANNED)]
    return 2 + keys.index(key)


def _costs(desk: Desk, sheet: TemplateSheet, col: int) -> None:
    hourly = f'IF({_cell(desk, "hourly")}="",N({desk["hourly"]}),{_cell(desk, "hourly")})'
    internal = f"ROUND({money_used(_cell(desk, 'hours'))}*{money_used(hourly)},2)"
    external = f"ROUND({money_used(_cell(desk, 'external'))},2)"
    partner = f"ROUND({money_used(_cell(desk, 'partner'))},2)"
    desk.down(sheet, col, "internal", f"={internal}")
    desk.down(sheet, col + 1, "total", f"=ROUND({external}+{column_letter(col)}{{r}},2)")
    desk.down(sheet, col + 2, "net", f"=ROUND({column_letter(col + 1)}{{r}}-{partner},2)")


def _cell(desk: Desk, key: str) -> str:
    """A field of the formula's own row, on this sheet."""
    return f"${desk.col(key).column}{{r}}"


def _totals(desk: Desk, sheet: TemplateSheet) -> None:
    sheet.label(desk.total, 2, Text("Total", "Total"), "total")
    for col in range(3, len(WIDTHS) - 1):
        sheet.value(desk.total, col, None, "total", "amount")
    total = breakdown(desk.plan, "theme", ())[-1]
    internal = add_cents(*(action_costs(a, desk.plan).internal for a in desk.plan.actions))
    asked: list[tuple[str, float, Text, Text]] = [
        ("internal", internal, Text("Coût interne total", "Total internal cost"),
         Text("Somme des heures x taux horaire, chaque action arrondie au centime.",
              "Sum of hours x hourly rate, each action rounded to the cent.")),
        ("total", total.tracked.planned, Text("Coût total du budget", "Total cost of the budget"),
         Text("Coûts externes HT + coûts internes.", "External costs + internal costs.")),
        ("net", total.net, Text("Coût net après partenaires", "Net cost after partners"),
         Text("Coût total - contributions des partenaires.",
              "Total cost - partners' contributions.")),
    ]  # fmt: skip
    for key, value, label, explanation in asked:
        col = desk.col(key).col
        desk.cells[f"sum.{key}"] = desk.asked(
            sheet, desk.total, col, desk.sum_of(col), value, label=label, explanation=explanation
        )
    used = {"external": "ext", "partner": "part", "committed": "signed"}
    for key in ("external", "partner", "hours", "committed", "actual", "actual_hours"):
        kind: CellKind = "number" if "hours" in key else "amount"
        col = desk.col(key).col
        formula = desk.positive_sum(col)
        if key in used and not desk.student:
            formula = f"=ROUND(SUM({desk.col(used[key])}),2)"
        desk.cells[f"sum.{key}"] = desk.calc(sheet, desk.total, col, formula, kind, "total")


def _messages(desk: Desk, sheet: TemplateSheet, col: int) -> None:
    """One sentence a row; the first faulty row is the check of the table."""
    for row in range(FIRST, desk.total):
        line = str(row + 1)
        formula = '"OK"'
        for condition, words in reversed(_faults(desk)):
            formula = f"IF({condition},{desk.book.q(words)},{formula})"
        blank = f'AND({_cell(desk, "name")}="",{_filled(desk)}=0)'
        formula = f'=IF({blank},"",{formula})'.replace("{r}", line)
        sheet.formula(row, col, formula, "general", "check", bold=False, font_size=9)
    messages = Ref(sheet.name, FIRST, col, desk.last, col)
    desk.columns["message"] = messages
    top = f"{column_letter(col)}{FIRST + 1}"
    sheet.highlight(messages, f'=AND({top}<>"",{top}<>"OK")')
    sheet.highlight(messages, f'={top}="OK"', good=True)
    fine = f'COUNTIF({messages.fixed},"OK")+COUNTIF({messages.fixed},"")'
    sheet.check(
        desk.total, col, f"{fine}={desk.count}",
        Text("Des lignes d'actions sont à revoir : lire leur message.",
             "Some rows of actions need review: read their message."),
        Text("Table des actions", "Table of actions"),
    )  # fmt: skip


def _filled(desk: Desk) -> str:
    """How many cells of the row hold something, codes and actuals included."""
    blocks = (("code", "partner"), (ACTUAL[0].key, ACTUAL[-1].key))
    spans = (f"{_cell(desk, first)}:{_cell(desk, last)}" for first, last in blocks)
    return f"COUNTA({','.join(spans)})"


def _faults(desk: Desk) -> list[tuple[str, Words]]:
    cell = {key: _cell(desk, key) for key in desk.columns}
    start, end = cell["start"], cell["end"]
    numbers = [f.key for f in (*IDENTITY, *PLANNED, *ACTUAL)
               if f.kind in ("amount", "number", "integer", "percent")]  # fmt: skip
    counted = "+".join(f"ISTEXT({cell[key]})" for key in numbers)
    negative = "+".join(f"(N({cell[key]})<0)" for key in numbers)
    faults: list[tuple[str, Words]] = [
        (f'{cell["name"]}=""', Text("Action sans nom.", "Action without a name.")),
        (f"NOT(ISNUMBER({start}))",
         Text("Début absent ou illisible : le coût est compté, mais sans mois.",
              "Start missing or unreadable: the cost counts, but in no month.")),
        (f"OR(N({start})<{LOW},N({start})>{HIGH})",
         Text("Début hors de 1990-2099 : le coût est compté, mais sans mois.",
              "Start outside 1990-2099: the cost counts, but in no month.")),
        (f'AND({end}<>"",NOT(ISNUMBER({end})))',
         Text("Fin illisible : le coût est compté, mais sans mois.",
              "End unreadable: the cost counts, but in no month.")),
        (f'AND({end}<>"",N({end})<{start})',
         Text("L'action finit avant de commencer : son coût est compté, mais sans mois.",
              "The action ends before it starts: its cost counts, but in no month.")),
        (f"{counted}>0",
         Text("Un texte se trouve à la place d'un nombre : il compte pour 0.",
              "A text stands where a number belongs: it counts as 0.")),
        (f"{negative}>0",
         Text("Valeur négative : elle compte pour 0.", "Negative value: it counts as 0.")),
        (f"N({cell['vat_rate']})>1",
         Text("Taux de TVA supérieur à 100 % : taper 20 % ou 0,2.",
              "VAT rate above 100%: type 20% or 0.2.")),
        (f"N({cell['delay']})>4",
         Text("Délai de plus de 4 mois : celui des paramètres est utilisé.",
              "Delay above 4 months: that of the settings is used.")),
    ]  # fmt: skip
    faults += _unknown(desk, cell) + _doubles(desk, cell)
    first = desk["start"]
    faults += [
        (f"OR({start}<{first},MAX({start},N({end}))>=EDATE({first},12))",
         Text("Une partie de l'action tombe hors des douze mois.",
              "A part of the action falls outside the twelve months.")),
        (f'AND({cell["target"]}<>"",N({cell["target"]})=0)',
         Text("Objectif nul : l'atteinte ne se calcule pas.",
              "Target of zero: no achievement can be computed.")),
    ]  # fmt: skip
    if not desk.student:
        faults.append(
            (f"N({cell['partner']})>{cell['total']}",
             Text("Les partenaires paient plus que le coût.", "Partners pay more than the cost."))
        )  # fmt: skip
    return faults


def _unknown(desk: Desk, cell: dict[str, str]) -> list[tuple[str, Words]]:
    """Words that are in no list: they are counted under « Autres »."""
    sentences = {
        "theme": Text("Thème inconnu : l'ajouter aux paramètres.", "Unknown theme: add it."),
        "channel": Text("Canal inconnu : l'ajouter aux paramètres.", "Unknown channel: add it."),
        "segment": Text("Segment inconnu : l'ajouter aux paramètres.", "Unknown segment: add it."),
        "owner": Text("Responsable inconnu : l'ajouter aux paramètres.", "Unknown owner: add it."),
    }
    return [
        (f'AND({cell[key]}<>"",SUMPRODUCT(({desk[f"list.{key}"]}={cell[key]})*1)=0)', words)
        for key, words in sentences.items()
    ]


def _doubles(desk: Desk, cell: dict[str, str]) -> list[tuple[str, Words]]:
    return [
        (f'AND({cell[key]}<>"",SUMPRODUCT(({desk.col(key).fixed}={cell[key]})*1)>1)', words)
        for key, words in (
            ("name", Text("Deux actions portent ce nom.", "Two actions have this name.")),
            ("code", Text("Deux actions portent ce code.", "Two actions have this code.")),
        )
    ]


def priority_rank(desk: Desk) -> str:
    """The priority of the row as 1, 2 or 3; none is low."""
    high, medium = (desk.book.q(PRIORITY[key]) for key in ("1", "2"))
    cell = desk.here("priority")
    return f"IF({cell}={high},1,IF({cell}={medium},2,3))"


def vat_used(desk: Desk) -> str:
    """The VAT rate of the row, or that of the settings."""
    return rate_or(desk.here("vat_rate"), f"N({desk['vat_rate']})")
