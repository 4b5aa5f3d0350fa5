"""The sheet Calculs: schedules of the offers, flows for the effective rates, points of charts."""

from __future__ import annotations

from xlcrm.templates.builder import YES_NO
from xlcrm.templates.form import Kit, Page
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.loans.loan import FREQUENCY, MODE
from xlcrm.templates.loans.model import OFFERS, POINTS
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

NAME = Text("Calculs", "Working")
# Columns: number, flow of the loan, four for each quantity of the offers, points of the charts.
_NUMBER, _FLOW, _LEASE = 1, 2, 3
_BLOCKS = {"opening": 5, "interest": 10, "principal": 15, "flow": 20}
_POINT = 25
_TOP = 5  # first row of the parameters
_PARAMETERS: tuple[tuple[str, Text, CellKind], ...] = (
    ("active", Text("Offre complète (1 = oui)", "Offer complete (1 = yes)"), "integer"),
    ("per_year", Text("Échéances par an", "Instalments a year"), "integer"),
    ("rate", Text("Taux de la période", "Rate of a period"), "rate"),
    ("periods", Text("Échéances", "Instalments"), "integer"),
    ("amount", Text("Montant", "Amount"), "amount"),
    ("base", Text("Échéance ou capital constant", "Constant instalment or principal"), "amount"),
    ("insurance", Text("Assurance par échéance", "Insurance an instalment"), "amount"),
)
_FIRST = _TOP + len(_PARAMETERS) + 2  # row of instalment 0


def place_working(kit: Kit, lines: int) -> None:
    """Make the cells of the sheet known before it is written."""
    sheet = kit.book.t(NAME)
    last = _FIRST + lines

    def column(col: int, first: int, end: int) -> Ref:
        return Ref(sheet, first, col, end, col)

    kit.cells["working.loan"] = column(_FLOW, _FIRST, last)
    kit.cells["working.lease"] = column(_LEASE, _FIRST, last)
    for name, col in _BLOCKS.items():
        for o in range(OFFERS):
            start = _FIRST if name == "flow" else _FIRST + 1
            kit.cells[f"working.{name}.{o}"] = column(col + o, start, last)
    for k, (name, _, _) in enumerate(_PARAMETERS):
        first = _BLOCKS["opening"]
        kit.cells[f"working.{name}"] = Ref(sheet, _TOP + k, first, _TOP + k, first + OFFERS - 1)
    for k, name in enumerate(("point", "owed", "part", "share")):
        kit.cells[f"working.{name}"] = column(_POINT + k, _FIRST, _FIRST + POINTS)


def write_working(kit: Kit, loan: Page, lines: int) -> None:
    """What the other sheets read; nothing is typed here."""
    page = kit.page(
        NAME, "work", title=NAME,
        subtitle=Text("Tableaux des offres et flux qui donnent les taux effectifs.",
                      "Schedules of the offers and the flows that give the effective rates."),
        about=Text("Les calculs des offres et des graphiques : rien à saisir.",
                   "The working of the offers and charts: nothing to type."),
        widths=[2, 26, 14, 14, 3, *([12] * OFFERS + [3]) * 4, 12, 12, 12, 12], needs=[loan],
        freeze=(_FIRST, 2), one_page=False,
    )  # fmt: skip
    for k, (_, label, _) in enumerate(_PARAMETERS):
        page.sheet.label(_TOP + k, _NUMBER, label)
    _heads(page)
    for k in range(lines + 1):
        page.sheet.value(_FIRST + k, _NUMBER, k, "formula", "integer", align="center")
    flow = kit.resolve("=ROUND([amount],2)-ROUND([fees],2)", page.sheet.name)
    sound = page.sound()
    page.sheet.formula(_FIRST, _FLOW, f"=IF({sound},{flow[1:]},0)")
    for k, cell in enumerate(kit.cells["lines.total"].cells(), 1):
        page.sheet.formula(_FIRST + k, _FLOW, f"=-N({cell.address})")
    _lease_flow(kit, page, lines)
    for o in range(OFFERS):
        _offer_parameters(kit, page, o, sound)
        _offer_lines(kit, page, o, lines)
    _points(kit, page)


def _heads(page: Page) -> None:
    heads = {
        "opening": Text("Capital dû, offre {n}", "Balance, offer {n}"),
        "interest": Text("Intérêts, offre {n}", "Interest, offer {n}"),
        "principal": Text("Amortissement, offre {n}", "Principal, offer {n}"),
        "flow": Text("Flux, offre {n}", "Flow, offer {n}"),
    }
    row = _FIRST - 1
    page.sheet.header(row, _NUMBER, [
        Text("N°", "No."), Text("Flux de l'emprunt", "Loan flow"),
        Text("Flux du crédit-bail", "Lease flow"),
    ])  # fmt: skip
    for name, first in _BLOCKS.items():
        page.sheet.header(row, first, [heads[name].format(n=o + 1) for o in range(OFFERS)])
    page.sheet.header(row, _POINT, [
        Text("Point du graphique", "Point of the chart"), Text("Capital restant dû", "Balance"),
        Text("Intérêts", "Interest"), Text("Amortissement", "Principal"),
    ])  # fmt: skip


def _lease_flow(kit: Kit, page: Page, lines: int) -> None:
    """Price received, rents and option paid: what gives the equivalent rate of the lease."""
    early = f"IF({kit.chosen('in_advance', YES_NO, 'yes')},1,0)"
    k = f"${column_letter(_NUMBER)}{{r}}"
    rents = f"[rent]*({k}<=[rents]-{early})*({k}>=1-{early})"
    flow = kit.resolve(f"[price]*({k}=0)-{rents}-[option]*({k}=[rents])", page.sheet.name)
    sound = kit.cells["lease.state"].address
    page.sheet.down(_FIRST, _LEASE, lines + 1, f'=IF({sound}="OK",{flow},0)')


def _offer_parameters(kit: Kit, page: Page, o: int, sound: str) -> None:
    given = {
        name: kit.cells[f"offers.{name}"].at(o).address
        for name in ("rate", "periods", "frequency", "mode", "insurance", "check")
    }
    at = {name: kit.cells[f"working.{name}"].at(o).fixed for name, _, _ in _PARAMETERS}
    words = [f"{given['frequency']}={kit.book.q(FREQUENCY[w])}" for w in ("12", "4", "2")]
    level, even = (f"{given['mode']}={kit.book.q(MODE[w])}" for w in ("level", "principal"))
    equal = f"ROUND({at['amount']}/{at['periods']},2)"
    payment = f"-ROUND(PMT({at['rate']},{at['periods']},{at['amount']}),2)"
    when = f"IF({at['active']}=1"
    formulas = {
        "active": f'IF(AND({sound},{given["check"]}="OK"),1,0)',
        "per_year": f"IF({words[0]},12,IF({words[1]},4,IF({words[2]},2,1)))",
        "rate": f"{when},{given['rate']}/{at['per_year']},0)",
        "periods": f"{when},{given['periods']},0)",
        "amount": kit.resolve(f"{when},ROUND([amount],2),0)", page.sheet.name),
        "base": f"{when},IF({level},IF({at['rate']}=0,{equal},{payment}),IF({even},{equal},0)),0)",
        "insurance": f"{when},ROUND({at['amount']}*N({given['insurance']})/{at['per_year']},2),0)",
    }
    for k, (name, _, kind) in enumerate(_PARAMETERS):
        page.sheet.formula(_TOP + k, _BLOCKS["opening"] + o, f"={formulas[name]}", kind)


def _offer_lines(kit: Kit, page: Page, o: int, lines: int) -> None:
    at = {name: kit.cells[f"working.{name}"].at(o).fixed for name, _, _ in _PARAMETERS}
    level = f"{kit.cells['offers.mode'].at(o).address}={kit.book.q(MODE['level'])}"
    b, i, p = (column_letter(_BLOCKS[n] + o) for n in ("opening", "interest", "principal"))
    k = f"${column_letter(_NUMBER)}{{r}}"
    beyond, last = f"{k}>{at['periods']}", f"{k}={at['periods']}"
    plug = f"AND({last},{level},{at['rate']}>0,{b}{{r}}>0,{b}{{r}}<={at['base']})"
    formulas = {
        "opening": f"=IF({beyond},0,IF({k}=1,{at['amount']},ROUND({b}{{u}}-{p}{{u}},2)))",
        "interest": f"=IF({beyond},0,IF({plug},ROUND({at['base']}-{b}{{r}},2),"
        f"ROUND({b}{{r}}*{at['rate']},2)))",
        "principal": f"=IF({beyond},0,IF({last},{b}{{r}},IF({level},"
        f"MIN(ROUND({at['base']}-{i}{{r}},2),{b}{{r}}),MIN({at['base']},{b}{{r}}))))",
        "flow": f"=IF({beyond},0,-ROUND({i}{{r}}+{p}{{r}}+{at['insurance']},2))",
    }
    for name, formula in formulas.items():
        page.sheet.down(_FIRST + 1, _BLOCKS[name] + o, lines, formula)
    fees = kit.cells["offers.fees"].at(o).address
    received = f"=ROUND({at['amount']}-{at['active']}*N({fees}),2)"
    page.sheet.formula(_FIRST, _BLOCKS["flow"] + o, received)


def _points(kit: Kit, page: Page) -> None:
    """Points along the loan, whatever its length, so that the charts fill their frame."""
    letter = column_letter(_POINT)
    here = f"{letter}{{r}}"
    opening, closing, interest, principal = (
        kit.cells[f"lines.{name}"].address
        for name in ("opening", "closing", "interest", "principal")
    )
    sound = page.sound()
    step = kit.resolve(f"ROUND((ROW()-{_FIRST + 1})*[periods]/{POINTS},0)", page.sheet.name)
    owed = f"IF({here}=0,N(INDEX({opening},1)),INDEX({closing},{here}))"
    formulas = {
        "point": step,
        "owed": owed,
        "part": f"INDEX({interest},MAX(1,{here}))",
        "share": f"INDEX({principal},MAX(1,{here}))",
    }
    for k, formula in enumerate(formulas.values()):
        kind: CellKind = "integer" if k == 0 else "amount"
        page.sheet.down(_FIRST, _POINT + k, POINTS + 1, f"=IF({sound},{formula},0)", kind)
