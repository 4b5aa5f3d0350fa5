"""The sheet Solvabilité: balance sheets of customers, ratios, Conan and Holder's score."""

from __future__ import annotations

from xlcrm.budget.customer_risk import Ratio, solvency_ratios
from xlcrm.templates.customer_risk.model import FIRMS
from xlcrm.templates.form import OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.style import CellKind
from xlcrm.templates.years import reserve_years, year_entries, year_row
from xlcrm.texts import Lang, Text

_REFERENCE = 3 + FIRMS  # its column, after that of a student's verdicts
_KINDS: dict[str, CellKind] = {"ratio": "number", "percent": "percent", "years": "number"}
_SIGNS = {"min": " (≥)", "max": " (≤)", "": ""}


def _label(ratio: Ratio) -> Text:
    sign = _SIGNS[ratio.rule]
    return Text(ratio.label.fr + sign, ratio.label.en + sign)


def write_solvency(kit: Kit) -> None:
    """A column for each customer."""
    page = kit.page(
        Text("Solvabilité", "Solvency"), "input",
        title=Text("Solvabilité des clients", "Solvency of customers"),
        subtitle=Text("Ratios du bilan et score de Conan et Holder.",
                      "Ratios of the balance sheet, and Conan and Holder's score."),
        about=Text("Les ratios de solvabilité de quatre clients.",
                   "The solvency ratios of four customers."),
        widths=[2, 46, *[17] * FIRMS, 14, 18, 46], check=_REFERENCE + 1,
    )  # fmt: skip
    page.section(Text("Bilan et résultat (une colonne par client)",
                      "Balance sheet and income (a column each)"))  # fmt: skip
    signed = Rule(least=None)
    rows: list[tuple[str, Text, Rule]] = [
        ("equity", Text("Capitaux propres", "Equity"), signed),
        ("long_debt", Text("Dettes financières (plus d'un an)", "Debts beyond one year"), REQUIRED),
        ("short_debt", Text("Dettes à moins d'un an", "Debts under one year"), REQUIRED),
        ("total", Text("Total du bilan", "Balance sheet total"), Rule(above=True)),
        ("stocks", Text("Stocks", "Stocks"), REQUIRED),
        ("receivables", Text("Créances à moins d'un an", "Receivables under one year"), REQUIRED),
        ("cash", Text("Disponibilités et placements", "Cash and placements"), REQUIRED),
        ("cash_flow", Text("Capacité d'autofinancement", "Cash flow (CAF)"), signed),
        ("ebitda", Text("Excédent brut d'exploitation", "Gross operating surplus"), signed),
        ("interest", Text("Charges financières", "Interest paid"), REQUIRED),
        ("sales", Text("Chiffre d'affaires HT", "Sales before VAT"), REQUIRED),
        ("wages", Text("Charges de personnel", "Personnel costs"), REQUIRED),
        ("added_value", Text("Valeur ajoutée", "Value added"), signed),
    ]  # fmt: skip
    year_entries(page, "firms.name", Text("Client", "Customer"), FIRMS, "text", OPTIONAL)
    for key, label, rule in rows:
        year_entries(page, f"firms.{key}", label, FIRMS, rule=rule, used="firms.name")
    _balanced(page)
    page.section(Text("Ratios", "Ratios"))
    page.sheet.header(page.at, _REFERENCE, [Text("Référence d'usage", "Usual reference")])
    page.at += 1
    _ratios(kit, page)


def _balanced(page: Page) -> None:
    cells = page.kit.cells
    gaps = [
        f'AND({cells["firms.name"].at(k).fixed}<>"",ABS('
        + "+".join(cells[f"firms.{n}"].at(k).fixed for n in ("equity", "long_debt", "short_debt"))
        + f"-{cells['firms.total'].at(k).fixed})>0.5)"
        for k in range(FIRMS)
    ]
    page.verify(
        f"OR({','.join(gaps)})",
        Text("Capitaux propres + dettes ne font pas le total du bilan.",
             "Equity + debts do not make the balance sheet total."),
        Text("Équilibre des bilans", "Balance of the sheets"),
    )  # fmt: skip


def _ratios(kit: Kit, page: Page) -> None:
    ratios = solvency_ratios()
    reserve_years(page, [f"firms.{r.key}" for r in ratios] + ["firms.met", "firms.score"], FIRMS)
    tests = []
    for ratio in ratios:
        above = "+".join(f"[firms.{name}]" for name in ratio.numerator)
        below = "+".join(f"[firms.{name}]" for name in ratio.denominator)
        row = page.at
        year_row(
            page, f"firms.{ratio.key}", _label(ratio),
            f'IF(({below})<=0,"",ROUND(({above})/({below}),4))', FIRMS, _KINDS[ratio.unit],
            asked=_asked(ratio), used="firms.name",
        )  # fmt: skip
        if ratio.reference is not None:
            tests.append(_reference(page, ratio, row))
    met = "+".join(tests)
    given = [f"[reference.{ratio.key}]" for ratio in ratios if ratio.rule]
    year_row(page, "firms.met", Text("Références respectées (sur {n})", "References met (of {n})")
             .format(n=len([r for r in ratios if r.rule])), met, FIRMS, "integer", "total",
             used="firms.name")  # fmt: skip
    divisors = ("firms.total", "firms.sales", "firms.added_value")
    debt = "([firms.long_debt]+[firms.short_debt])"
    score = (
        f"24*[firms.ebitda]/{debt}+22*([firms.equity]+[firms.long_debt])/[firms.total]"
        "+16*([firms.receivables]+[firms.cash])/[firms.total]-87*[firms.interest]/[firms.sales]"
        "-10*[firms.wages]/[firms.added_value]"
    )
    known = ",".join(f"[{name}]" for name in divisors)
    year_row(
        page, "firms.score", Text("Score de Conan et Holder", "Conan and Holder's score"),
        f'IF(MIN({debt},{known})<=0,"",ROUND({score},2))', FIRMS, "number", "result",
        asked=_SCORE, used="firms.name",
    )  # fmt: skip
    page.verify(
        f"COUNT({','.join(given)})<{len(given)}",
        Text("Une référence manque ou n'est pas un nombre.",
             "A reference is missing or is not a number."),
        Text("Références des ratios", "References of the ratios"),
    )  # fmt: skip
    page.note(
        Text("Score : au-dessus de 9, situation saine ; de 4 à 9, prudence ; en dessous de 4, "
             "danger. 24 EBE / dettes + 22 capitaux permanents / bilan + 16 (créances + "
             "disponibilités) / bilan - 87 charges financières / CA - 10 personnel / valeur "
             "ajoutée.",
             "Score: above 9 sound; 4 to 9 caution; below 4 danger. 24 operating surplus / debts + "
             "22 permanent capital / total + 16 (receivables + cash) / total - 87 interest / sales "
             "- 10 wages / value added."), 6,
    )  # fmt: skip


def _reference(page: Page, ratio: Ratio, row: int) -> str:
    """Write the reference beside a ratio, colour the values, and give the test of a column."""
    kind: CellKind = "percent" if ratio.unit == "percent" else "number"
    key = f"reference.{ratio.key}"
    cell = page.input(row, _REFERENCE, key, kind, Rule(least=0, most=99))
    page.kit.cells[key] = cell
    values = page.kit.cells[f"firms.{ratio.key}"]
    first = f"{values.column}{values.line}"
    worse = "<" if ratio.rule == "min" else ">"
    if not page.kit.student:
        page.sheet.highlight(values, f'=AND({first}<>"",{first}{worse}{cell.fixed})')
    better = ">=" if ratio.rule == "min" else "<="
    return f'IF([firms.{ratio.key}]="",0,IF([firms.{ratio.key}]{better}[{key}],1,0))'


def _asked(ratio: Ratio) -> Asked:
    def told(lang: Lang) -> str:
        above, below = (
            _grouped([_NAMED[name].in_(lang) for name in names])
            for names in (ratio.numerator, ratio.denominator)
        )
        return f"{above} / {below}"

    return Asked(ratio.label, Text(told("fr"), told("en")), 1, 0.005)


def _grouped(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"({' + '.join(names)})"


_NAMED = {
    "equity": Text("capitaux propres", "equity"),
    "long_debt": Text("dettes financières", "long-term debt"),
    "short_debt": Text("dettes à court terme", "short-term debt"),
    "total": Text("total du bilan", "balance sheet total"),
    "stocks": Text("stocks", "stocks"),
    "receivables": Text("créances", "receivables"),
    "cash": Text("disponibilités", "cash"),
    "cash_flow": Text("CAF", "cash flow"),
}
_SCORE = Asked(
    Text("Score de Conan et Holder", "Conan and Holder's score"),
    Text("Somme pondérée de cinq ratios : voir la note sous le tableau.",
         "Weighted sum of five ratios: see the note under the table."), 2, 0.05,
)  # fmt: skip
