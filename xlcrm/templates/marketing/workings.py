"""The workings: each action's values as they are used, and its amounts month by month."""

from __future__ import annotations

from xlcrm.budget.marketing import MONTHS, PRIORITIES
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.actions import priority_rank, vat_used
from xlcrm.templates.marketing.desk import FIRST, HEAD, Desk, money_used, rate_or
from xlcrm.templates.marketing.inputs import YES_NO
from xlcrm.templates.marketing.settings import HIGH, LOW
from xlcrm.templates.marketing.statuses import STATUS
from xlcrm.texts import Text

START = 3  # first computed column
BLOCK = MONTHS + 2  # months, outside, without date
_FACTS: tuple[tuple[str, Text], ...] = (
    ("used", Text("Action remplie", "Action filled in")),
    ("dated", Text("Dates valables", "Valid dates")),
    ("first", Text("Premier mois n°", "First month no.")),
    ("until", Text("Dernier mois n°", "Last month no.")),
    ("span", Text("Nombre de mois", "Number of months")),
    ("ext", Text("Coût externe", "External cost")),
    ("part", Text("Partenaires", "Partners")),
    ("vat", Text("TVA", "VAT")),
    ("lag", Text("Délai", "Delay")),
    ("rank", Text("Priorité (1 à 3)", "Priority (1 to 3)")),
    ("green", Text("RSE", "CSR")),
    ("rate", Text("Taux de marge", "Margin rate")),
    ("hour", Text("Coût de l'heure", "Cost of an hour")),
    ("known", Text("Réalisé connu", "Actual known")),
    ("spent", Text("Réalisé", "Actual")),
    ("against", Text("Prévu comparé", "Plan compared")),
    ("signed", Text("Engagé", "Committed")),
    ("turnover", Text("CA réalisé", "Actual revenue")),
    ("begun", Text("Action commencée", "Action begun")),
    ("cut", Text("Coût après coupe", "Cost after the cut")),
    ("cut_margin", Text("Marge après coupe", "Margin after the cut")),
    ("alert", Text("Alerte n°", "Alert no.")),
)
BLOCKS: tuple[tuple[str, Text], ...] = (
    ("m_ext", Text("Coût externe par mois", "External cost by month")),
    ("m_int", Text("Coût interne par mois", "Internal cost by month")),
    ("m_part", Text("Contributions par mois", "Partners' part by month")),
)
TAXED: tuple[tuple[str, Text], ...] = (
    ("m_gross", Text("Factures TTC par mois", "Invoices with VAT by month")),
    ("m_vat", Text("TVA des factures", "VAT of the invoices")),
)
FACTS_WIDTH = len(_FACTS)
WIDTHS = [
    2, 5, 30, *[10] * FACTS_WIDTH, *[10] * (BLOCK * len(BLOCKS)), *[10] * (MONTHS * len(TAXED)),
]  # fmt: skip


def place_workings(desk: Desk) -> None:
    """Where everything will stand here, for the sheets that are written before."""
    name = desk.tabs["workings"]

    def column(key: str, col: int) -> None:
        desk.columns[key] = Ref(name, FIRST, col, desk.last, col)

    for offset, (key, _) in enumerate(_FACTS):
        column(key, START + offset)
    col = START + FACTS_WIDTH
    for key, _ in (*BLOCKS, *TAXED):
        for m in range(MONTHS):
            column(f"{key}.{m + 1}", col + m)
        desk.rows[f"{key}.heads"] = Ref(name, HEAD, col, HEAD, col + MONTHS - 1)
        desk.rows[key] = Ref(name, FIRST, col, desk.last, col + MONTHS - 1)
        if (key, _) in BLOCKS:
            column(f"{key}.outside", col + MONTHS)
            column(f"{key}.undated", col + MONTHS + 1)
        col += BLOCK if (key, _) in BLOCKS else MONTHS


def write_workings(desk: Desk) -> None:
    """Facts of each action first, then its amounts over the months."""
    sheet = desk.sheets["workings"]
    desk.names(sheet)
    sheet.section(
        HEAD - 1, Text("Valeurs utilisées", "Values used"), START, START + FACTS_WIDTH - 1
    )
    sheet.header(HEAD, START, [label for _, label in _FACTS])
    for offset, (key, _) in enumerate(_FACTS):
        desk.down(sheet, START + offset, key, f"={_fact(desk, key)}", "general")
    _blocks(desk, sheet)


def _fact(desk: Desk, key: str) -> str:
    here, start = desk.here, desk["start"]
    begin, end = here("start"), here("end")
    starts = f"AND(ISNUMBER({begin}),N({begin})>={LOW},N({begin})<={HIGH})"
    ends = f'OR({end}="",AND(ISNUMBER({end}),N({end})>=N({begin}),N({end})<={HIGH}))'
    month = "(YEAR({d})-YEAR({s}))*12+MONTH({d})-MONTH({s})+1"
    until = f'IF({end}="",{begin},{end})'
    actual, hours = here("actual"), here("actual_hours")
    internal = f"ROUND({money_used(hours)}*{here('hour')},2)"
    cut = f"CHOOSE({here('rank')},{','.join(_cut(desk, k) for k in PRIORITIES)})"
    actuals = "actual actual_hours actual_contacts actual_leads actual_sales actual_new".split()
    alert = desk.book.q(STATUS["red"])
    formulas = {
        "used": f'IF(OR({here("name")}<>"",{here("total")}>0),1,0)',
        "dated": f"IF({starts},IF({ends},1,0),0)",
        "first": f"IF({here('dated')}=1,{month.format(d=begin, s=start)},0)",
        "until": f"IF({here('dated')}=1,{month.format(d=until, s=start)},0)",
        "span": f"{here('until')}-{here('first')}+1",
        "ext": f"ROUND({money_used(here('external'))},2)",
        "part": f"ROUND({money_used(here('partner'))},2)",
        "vat": vat_used(desk),
        "lag": _lag(here("delay"), f"MIN(4,MAX(0,INT(N({desk['delay']}))))"),
        "rank": priority_rank(desk),
        "green": f"IF({here('csr')}={desk.book.q(YES_NO['yes'])},1,0)",
        "rate": rate_or(here("margin_rate"), f"N({desk['margin_rate']})"),
        "hour": f'MAX(0,IF({here("hourly")}="",N({desk["hourly"]}),N({here("hourly")})))',
        "known": f'IF(OR({actual}<>"",{hours}<>""),1,0)',
        "spent": f'ROUND(IF({actual}="",0,ROUND({money_used(actual)},2))'
        f'+IF({hours}="",0,{internal}),2)',
        "against": f'ROUND(IF({actual}="",0,{here("ext")})+IF({hours}="",0,{here("internal")}),2)',
        "signed": f"ROUND({money_used(here('committed'))},2)",
        "turnover": f"ROUND({money_used(here('actual_revenue'))},2)",
        "begun": f"IF(COUNTA({','.join(here(k) for k in [*actuals, 'actual_revenue'])})>0,1,0)",
        "cut": f"ROUND({here('total')}*(1-{cut}),2)",
        "cut_margin": f"ROUND({here('margin')}*(1-{cut}),2)",
        "alert": f"IF({here('status')}={alert},COUNTIF({_above(desk)},{alert}),0)",
    }
    return formulas[key]


def _above(desk: Desk) -> str:
    """The status column from its top to the row of the formula."""
    status = desk.columns["status"]
    return f"'{status.sheet}'!${status.column}${FIRST + 1}:${status.column}{{r}}"


def _cut(desk: Desk, priority: int) -> str:
    cell = desk[f"cut.{priority}"]
    return f"IF(AND(N({cell})>=0,N({cell})<=1),N({cell}),0)"


def _lag(cell: str, default: str) -> str:
    return f"IF(ISNUMBER({cell}),IF(AND({cell}>=0,{cell}<=4),INT({cell}),{default}),{default})"


def _blocks(desk: Desk, sheet: TemplateSheet) -> None:
    col = START + FACTS_WIDTH
    amounts = {"m_ext": "ext", "m_int": "internal", "m_part": "part"}
    for key, title in BLOCKS:
        _head(desk, sheet, col, title, with_rest=True)
        _spread(desk, sheet, col, key, desk.here(amounts[key]))
        col += BLOCK
    for key, title in TAXED:
        _head(desk, sheet, col, title, with_rest=False)
        for m in range(MONTHS):
            net = desk.here(f"m_ext.{m + 1}")
            gross = f"ROUND({net}*(1+{desk.here('vat')}),2)"
            formula = (
                gross if key == "m_gross" else f"ROUND({desk.here(f'm_gross.{m + 1}')}-{net},2)"
            )
            desk.down(sheet, col + m, f"{key}.{m + 1}", f"={formula}")
        col += MONTHS


def _head(desk: Desk, sheet: TemplateSheet, col: int, title: Text, with_rest: bool) -> None:
    width = BLOCK if with_rest else MONTHS
    sheet.section(HEAD - 1, title, col, col + width - 1)
    for m in range(MONTHS):
        sheet.formula(HEAD, col + m, f"=EDATE({desk['start']},{m})", "month", "header")
    if with_rest:
        sheet.header(HEAD, col + MONTHS, [OUTSIDE, UNDATED], 28)


def _spread(desk: Desk, sheet: TemplateSheet, col: int, key: str, amount: str) -> None:
    """Equal parts over the months that the action touches; the last one takes the rest."""
    dated, first, until, span = (desk.here(k) for k in ("dated", "first", "until", "span"))
    part = f"ROUND({amount}/{span},2)"
    rest = f"ROUND({amount}-{part}*({span}-1),2)"
    for m in range(1, MONTHS + 1):
        inside = f"AND({dated}=1,{m}>={first},{m}<={until})"
        desk.down(
            sheet, col + m - 1, f"{key}.{m}", f"=IF({inside},IF({m}={until},{rest},{part}),0)"
        )
    months = f"${column_letter(col)}{{r}}:${column_letter(col + MONTHS - 1)}{{r}}"
    outside = f"=IF({dated}=1,ROUND({amount}-SUM({months}),2),0)"
    desk.down(sheet, col + MONTHS, f"{key}.outside", outside)
    desk.down(sheet, col + MONTHS + 1, f"{key}.undated", f"=IF({dated}=1,0,{amount})")


OUTSIDE = Text("Hors des 12 mois", "Outside the 12 months")
UNDATED = Text("Sans date", "Without date")
