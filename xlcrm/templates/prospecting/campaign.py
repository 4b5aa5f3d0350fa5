"""The whole campaign: cost, capacity, break-even; then targets against results."""

from __future__ import annotations

from xlcrm.templates.builder import Choices
from xlcrm.templates.form import LABEL, OPTIONAL, Asked, Kit, Page
from xlcrm.templates.formulas import Ref
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.prospecting.model import SEGMENTS, WEEKS
from xlcrm.templates.prospecting.targets import of_target
from xlcrm.templates.style import PALE, SERIES, CellKind, CellRole
from xlcrm.texts import Text

STATUS: Choices = {
    "good": Text("Atteint", "Reached"),
    "amber": Text("À surveiller", "Watch"),
    "red": Text("Alerte", "Alert"),
}
_STEPS = 11  # points of the break-even curve


_RESULTS: list[tuple[Text, list[tuple[str, Text, str, CellKind, CellRole, Text]]]] = [
    (Text("Rentabilité", "Profitability"), [
        ("total_cost", Text("Coût complet", "Full cost"),
         "ROUND([costs.cost.total]+N([fixed_cost]),2)", "money", "total",
         Text("coûts des segments + coûts fixes", "costs of the segments + fixed costs")),
        ("total_gain", Text("Marge attendue", "Margin expected"), "[targets.gain.total]",
         "money", "formula", Text("", "")),
        ("profit", Text("Gain de la campagne", "Profit of the campaign"),
         "ROUND([total_gain]-[total_cost],2)", "money", "result",
         Text("marge - coût", "margin - cost")),
        ("roi", Text("ROI sur marge", "ROI on margin"),
         'IF([total_cost]>0,ROUND(([total_gain]-[total_cost])/[total_cost],6),"")', "percent",
         "result", Text("(marge - coût) / coût", "(margin - cost) / cost")),
        ("cost_per_contact", Text("Coût par contact", "Cost by contact"),
         'IF([targets.contacts.total]>0,ROUND([total_cost]/[targets.contacts.total],2),"")',
         "money", "formula", Text("coût complet / contacts", "full cost / contacts")),
        ("cost_per_rdv", Text("Coût par rendez-vous", "Cost by appointment"),
         'IF([targets.n_rdv.total]>0,ROUND([total_cost]/[targets.n_rdv.total],2),"")', "money",
         "formula", Text("coût complet / rendez-vous", "full cost / appointments")),
        ("cost_per_sale", Text("Coût par vente", "Cost by sale"),
         'IF([targets.n_sales.total]>0,ROUND([total_cost]/[targets.n_sales.total],2),"")',
         "money", "formula", Text("coût complet / ventes", "full cost / sales")),
    ]),
    (Text("Charge et capacité", "Workload and capacity"), [
        ("capacity", Text("Capacité (heures)", "Capacity (hours)"),
         "ROUND([reps]*[hours_week]*[weeks]*[selling_share],2)", "number", "formula",
         Text("personnes x heures x semaines x part du temps",
              "people x hours x weeks x share of time")),
        ("load", Text("Charge / capacité", "Workload / capacity"),
         'IF([capacity]>0,ROUND([costs.hours.total]/[capacity],6),"")', "percent", "result",
         Text("au-dessus de 100 %, le plan ne tient pas", "above 100% the plan does not fit")),
        ("spare", Text("Heures disponibles", "Hours to spare"),
         "ROUND([capacity]-[costs.hours.total],2)", "number", "formula",
         Text("négatif : heures manquantes", "negative: hours missing")),
    ]),
    (Text("Seuil de rentabilité de la campagne", "Break-even of the campaign"), [
        ("break_even", Text("Ventes au seuil", "Break-even sales"),
         "IF(AND([targets.n_sales.total]>0,[total_gain]>0),ROUNDUP(ROUND([total_cost]/"
         '([total_gain]/[targets.n_sales.total]),6),0),"")', "integer", "result",
         Text("coût complet / marge moyenne d'une vente", "full cost / mean margin of a sale")),
        ("break_even_rate", Text("Taux de vente au seuil", "Break-even sale rate"),
         'IF(AND(N([break_even])>0,[targets.contacts.total]>0),'
         'ROUND([break_even]/[targets.contacts.total],6),"")', "percent", "formula",
         Text("ventes au seuil / contacts", "break-even sales / contacts")),
        ("safety", Text("Ventes au-delà du seuil", "Sales beyond break-even"),
         'IF([break_even]="","",ROUND([targets.n_sales.total]-[break_even],2))', "number",
         "formula", Text("négatif : la campagne perd de l'argent",
                         "negative: the campaign loses money")),
    ]),
]  # fmt: skip


def write_campaign(kit: Kit, needs: tuple[Page, ...]) -> Page:
    """Figures of the campaign on one page, with the break-even chart."""
    page = kit.page(
        Text("Campagne", "Campaign"), "output",
        title=Text("La campagne : coût, charge, seuil", "The campaign: cost, workload, break-even"),
        subtitle=Text("Une page à imprimer.", "One page to print."),
        about=Text("Coût complet, charge contre capacité, seuil de rentabilité, graphiques.",
                   "Full cost, workload against capacity, break-even, charts."),
        widths=[2, 46, 17, 52, 4], check=4, needs=needs, landscape=False,
    )  # fmt: skip
    for title, results in _RESULTS:
        page.section(title)
        for key, label, formula, kind, role, trace in results:
            page.result(key, label, formula, kind, role, asked=_ASKED.get(key),
                        trace=trace if trace.fr else "")  # fmt: skip
    page.section(Text("Alertes", "Alerts"))
    _alert(page, "N([load])>1", Text("La charge dépasse la capacité : moins de contacts, plus de "
           "semaines ou de renfort.", "The workload exceeds the capacity: fewer contacts, more "
           "weeks or more people."), Text("Charge", "Workload"))  # fmt: skip
    _alert(page, "N([profit])<0", Text("La campagne perd de l'argent : voir les segments dont le "
           "ROI est négatif.", "The campaign loses money: see the segments with a negative ROI."),
           Text("Rentabilité", "Profitability"))  # fmt: skip
    if not kit.student:
        _charts(kit, page)
    return page


def _alert(page: Page, wrong: str, message: Text, label: Text) -> None:
    """A sentence in red, or what is fine; it is no fault of entry, so that nothing waits for it."""
    sheet, book = page.sheet, page.book
    sheet.label(page.at, LABEL, label)
    condition = page.sound()
    fine = book.q(Text("Rien à signaler", "Nothing to report"))
    formula = f"IF({page.resolve(wrong)},{book.q(message)},{fine})"
    if page.kit.student:
        sheet.value(page.at, 2, None, "formula", "general", locked=False)
    else:
        look = book.format("label", "general", {"bold": True})
        sheet.raw.merge_range(page.at, 2, page.at, 3, "", look)
        whole = f'=IF({condition},{formula},"")'
        sheet.formula(page.at, 2, whole, "general", "label", bold=True)
        ref = Ref(sheet.name, page.at, 2, page.at, 3)
        sheet.highlight(ref, f'=AND({ref.a1}<>{fine},{ref.a1}<>"")')
        sheet.highlight(ref, f"={ref.a1}={fine}", good=True)
    page.at += 1


def _charts(kit: Kit, page: Page) -> None:
    """Cost and margin against the number of sales; hours by segment."""
    sheet, book = page.sheet, page.book
    page.at += 1
    top = page.at
    sheet.header(top, 1, [Text("Ventes", "Sales"), Text("Marge", "Margin"), Text("Coût", "Cost")])
    for k in range(_STEPS):
        share = f"{k}/{(_STEPS - 1) / 2:g}"
        sold = f"IF(N([targets.n_sales.total])>0,ROUND([targets.n_sales.total]*{share},1),0)"
        mean = "IF(N([targets.n_sales.total])>0,N([total_gain])/[targets.n_sales.total],0)"
        row = top + 1 + k
        sheet.formula(row, 1, f"={page.resolve(sold)}", "number")
        sheet.formula(row, 2, f"=ROUND(B{row + 1}*{page.resolve(mean)},2)")
        sheet.formula(row, 3, f"=N({page.resolve('[total_cost]')})", "amount")
    chart = book.chart("line", Text("Seuil de la campagne", "Break-even of the campaign"))
    for col, color in ((2, SERIES[3]), (3, SERIES[4])):
        chart.add_series(
            {"name": [sheet.name, top, col],
             "categories": [sheet.name, top + 1, 1, top + _STEPS, 1],
             "values": [sheet.name, top + 1, col, top + _STEPS, col],
             "line": {"color": color, "width": 2.25}}
        )  # fmt: skip
    chart.set_x_axis({"name": book.t(Text("Ventes", "Sales")), "num_format": "0"})
    sheet.place(top + _STEPS + 2, 1, chart, 440, 280)
    hours = kit.cells["costs.hours"]
    names = kit.cells["costs.segment"]
    bars = book.chart("bar", Text("Heures par segment", "Hours by segment"))
    bars.add_series(
        {"name": book.t(Text("Heures", "Hours")), "categories": _span(names),
         "values": _span(hours), "fill": {"color": SERIES[0]}, "gap": 60}
    )  # fmt: skip
    bars.set_legend({"none": True})
    bars.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    lines = {"visible": True, "line": {"color": PALE}}
    bars.set_x_axis({"label_position": "high", "num_format": "0", "num_font": {"size": 8},
                     "major_gridlines": lines})  # fmt: skip
    sheet.place(top + _STEPS + 2, 3, bars, 400, 280)


def _span(ref: Ref) -> list[object]:
    return [ref.sheet, ref.row, ref.col, ref.last_row, ref.last_col]


def write_weeks(kit: Kit, needs: tuple[Page, ...]) -> Page:
    """The campaign week by week: contacts, calls, appointments, hours against capacity."""
    page = kit.page(
        Text("Semaines", "Weeks"), "work",
        title=Text("Plan par semaine", "Plan by week"),
        subtitle=Text("Le plan étalé également sur les semaines de la campagne.",
                      "The plan in equal parts over the weeks of the campaign."),
        about=Text("Contacts, appels, rendez-vous et heures de chaque semaine.",
                   "Contacts, calls, appointments and hours of each week."),
        widths=[2, 6, 13, 13, 13, 13, 13, 13, 13, 4], check=10, needs=needs, landscape=False,
        freeze=(6, 3),
    )  # fmt: skip
    inside = "$B{r}<=[weeks]"
    when = f"AND({page.sound()},{page.resolve(inside)})"

    def part(key: str) -> str:
        return f"ROUND([{key}]/[weeks],2)"

    page.section(Text("Rythme", "Pace"))
    write_grid(
        page, "pace",
        [
            Col("day", Text("Lundi", "Monday"), "date",
                "[start]-WEEKDAY([start],2)+1+7*($B{r}-1)", plain=True),
            Col("contacts", Text("Contacts", "Contacts"), "number", part("targets.contacts.total")),
            Col("calls", Text("Appels", "Calls"), "number", part("targets.n_calls.total")),
            Col("rdv", Text("Rendez-vous", "Appointments"), "number", part("targets.n_rdv.total")),
            Col("visits", Text("Visites", "Visits"), "number", part("targets.n_visits.total")),
            Col("hours", Text("Heures", "Hours"), "number", part("costs.hours.total")),
            Col("room", Text("Capacité", "Capacity"), "number", part("capacity")),
        ],
        WEEKS, what=Text("Semaines", "Weeks"), when=when,
    )  # fmt: skip
    return page


def write_results(kit: Kit, needs: tuple[Page, ...]) -> Page:
    """What was done against what was planned, segment by segment."""
    page = kit.page(
        Text("Suivi", "Tracking"), "input",
        title=Text("Objectifs et résultats", "Targets and results"),
        subtitle=Text("Saisir les résultats à ce jour ; les taux se lisent contre l'objectif.",
                      "Type the results to date; the rates read against the target."),
        about=Text("Résultats par segment, taux d'atteinte, statut.",
                   "Results by segment, shares reached, status."),
        widths=[2, 5, 28, 12, 13, 12, 12, 13, 12, 12, 12, 12, 15, 40], check=13, needs=needs,
        freeze=(3, 3),
    )  # fmt: skip
    words = {key: page.book.q(text) for key, text in STATUS.items()}
    t = of_target
    status = (
        f'IF([sales_rate]="","",IF([sales_rate]>=[green],{words["good"]},'
        f"IF([sales_rate]<[amber],{words['red']},{words['amber']})))"
    )

    def rate(done: str, planned: str) -> str:
        return f'IF([{done}]="","",IF(N({t(planned)})>0,ROUND([{done}]/{t(planned)},6),""))'

    page.section(Text("Résultats à ce jour", "Results to date"))
    refs = write_grid(
        page, "results",
        [
            Col("segment", Text("Segment", "Segment"), "text", t("segment"), plain=True),
            Col("contacts", Text("Contacts", "Contacts"), "integer", rule=OPTIONAL, total=True),
            Col("rdv", Text("Rendez-vous", "Appointments"), "integer", rule=OPTIONAL, total=True),
            Col("visits", Text("Visites", "Visits"), "integer", rule=OPTIONAL, total=True),
            Col("sales", Text("Ventes", "Sales"), "integer", rule=OPTIONAL, total=True),
            Col("revenue", Text("CA HT", "Revenue"), "amount", rule=OPTIONAL, total=True),
            Col("contacts_rate", Text("Contacts / objectif", "Contacts / target"), "percent",
                rate("contacts", "contacts")),
            Col("rdv_rate", Text("RDV / objectif", "Appoint. / target"), "percent",
                rate("rdv", "n_rdv")),
            Col("sales_rate", Text("Ventes / objectif", "Sales / target"), "percent",
                rate("sales", "n_sales"), asked=_ASKED["sales_rate"]),
            Col("revenue_rate", Text("CA / objectif", "Revenue / target"), "percent",
                rate("revenue", "revenue")),
            Col("status", Text("Statut des ventes", "Status of sales"), "text", status),
        ],
        SEGMENTS, what=Text("Suivi", "Tracking"), totals="Σ",
        faults=[
            ("AND(N([rdv])>0,N([rdv])>N([contacts]))",
             Text("Plus de rendez-vous que de contacts.", "More appointments than contacts.")),
            ("AND(N([sales])>0,N([sales])>N([rdv]))",
             Text("Plus de ventes que de rendez-vous.", "More sales than appointments.")),
        ],
    )  # fmt: skip
    names = kit.cells["targets.segment"]
    for k, cell in enumerate(refs["segment"].cells(), start=1):
        name = f"INDEX({names.address},{k})"
        page.sheet.formula(cell.row, cell.col, f'=IF({name}="","",{name})', "text")
    at = refs["status"]
    page.sheet.highlight(at, f"={at.column}{at.line}={words['red']}")
    page.sheet.highlight(at, f"={at.column}{at.line}={words['good']}", good=True)
    return page


_ASKED = {
    "total_cost": Asked(Text("Coût complet", "Full cost"),
                        Text("Coûts des segments + coûts fixes.",
                             "Costs of the segments + fixed costs."), 2),
    "profit": Asked(Text("Gain de la campagne", "Profit of the campaign"),
                    Text("Marge attendue - coût complet.", "Margin expected - full cost."), 2),
    "roi": Asked(Text("ROI sur marge", "ROI on margin"),
                 Text("(marge - coût) / coût.", "(margin - cost) / cost."), 2),
    "load": Asked(Text("Taux de charge", "Workload rate"),
                  Text("Heures nécessaires / capacité.", "Hours needed / capacity."), 2),
    "break_even": Asked(Text("Ventes au seuil", "Break-even sales"),
                        Text("Coût complet / marge moyenne d'une vente, arrondi au-dessus.",
                             "Full cost / mean margin of a sale, rounded up."), 3),
    "break_even_rate": Asked(Text("Taux de vente au seuil", "Break-even sale rate"),
                             Text("Ventes au seuil / contacts.",
                                  "Break-even sales / contacts."), 2),
    "sales_rate": Asked(Text("Atteinte des ventes", "Sales reached"),
                        Text("Ventes réalisées / ventes attendues.",
                             "Actual sales / sales expected."), 2),
}  # fmt: skip
