"""The commands of marketing: budget, actuals, payments to the treasury, prospecting, dashboard."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from engines import recalculate_ironcalc

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import NothingFound, RequestError, SourceError
from xlcrm.templates.marketing.build import write_budget
from xlcrm.templates.marketing.example import example_lists, example_plan
from xlcrm.templates.marketing.inputs import default_lists
from xlcrm.templates.marketing.payments import find_payments
from xlcrm.templates.marketing.reading import read_marketing
from xlcrm.templates.treasury import build_treasury
from xlcrm.templates.treasury.reading import read_treasury

ACTIONS = [
    ["Plan d'actions 2027"],
    [],
    ["Code", "Action", "Thème", "Canal", "Début", "Fin", "Budget HT", "Heures", "Priorité", "RSE"],
    ["M1", "Salon de printemps", "Conquête", "Salon", "01/03/2027", "15/04/2027", "4 500,00", 40,
     "haute", "non"],
    ["M2", "Newsletter", "Fidélisation", "E-mail", datetime(2027, 1, 1), None, 960, None, 3, "oui"],
    ["M3", "Parrainage", "Conquête", "Pigeon", "05/2027", "04/2027", 1200, -3, "P9", None],
    ["Total", None, None, None, None, None, 6660],
]  # fmt: skip


def go(name, book, **options):
    as_of = options.pop("as_of", date(2027, 6, 30))
    return run(find_command(name), book, lang="fr", as_of=as_of, options=options)


def rows_of(book, role, table=0):
    return [list(row) for row in book.results[role].tables[table].rows]


def test_a_list_of_actions_becomes_the_budget(tmp_path):
    book = MemoryBook({"Plan": ACTIONS}, name="plan.xlsx")
    report = go("marketing", book, taux_horaire="30")
    assert report.counts == {"actions": 3, "cost": 7860, "net": 7860, "csr": 12.2}
    rows = rows_of(book, "marketing_budget")
    # 4 500 + 40 h x 30 = 5 700, half in March, half in April.
    assert rows[0][:7] == ["M1", "Salon de printemps", "Conquête", "Salon", 5700, 0, 5700]
    assert rows[0][7:11] == [0, 0, 2850, 2850]
    assert rows[1][7] == 960
    assert rows[2][-1] == 1200
    assert rows[3][4] == 7860
    problems = [(a["row"], a["column"], a["problem"]) for a in report.anomalies]
    assert problems == [
        (6, "Priorité", "Priorité inconnue : comptée comme basse."),
        (6, "Fin", "L'action finit avant de commencer : coût compté, mais sans mois."),
        (6, "Heures", "Valeur négative : comptée pour 0."),
    ]


def test_the_workbook_of_the_list_holds_it_and_says_what_is_wrong(tmp_path):
    book = MemoryBook({"Plan": ACTIONS}, name="plan.xlsx")
    go("marketing", book, taux_horaire="30")
    path = tmp_path / "plan-budget-marketing.xlsx"
    path.write_bytes(book.attached["plan-budget-marketing.xlsx"])
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    filled = read_marketing(FileBook.open(path))
    assert [a.name for a in filled.plan.actions] == [
        "Salon de printemps",
        "Newsletter",
        "Parrainage",
    ]
    assert filled.plan.hourly == 30
    assert "Pigeon" in filled.lists.channel
    messages = [v for v in values.sheets["Actions"].values() if isinstance(v, str)]
    assert "L'action finit avant de commencer : son coût est compté, mais sans mois." in messages


def test_payments_have_vat_and_a_delay():
    book = MemoryBook({"Plan": ACTIONS}, name="plan.xlsx")
    go("marketing", book, delai="2", tva="0,1")
    gross, vat, _ = rows_of(book, "marketing_payments")
    # 2 250 in March and April, + 10 %, two months later; 960 of January in March.
    assert gross[1:8] == [0, 0, 1056, 0, 2475, 2475, 0]
    assert vat[3] == 96
    cash = find_payments(book)
    assert cash.rows["gross"][date(2027, 5, 1)] == 2475
    given = cash.inputs(date(2027, 3, 1), 3)
    assert [given[f"other_payments.{m}"] for m in (1, 2, 3)] == [1056, 0, 2475]
    assert [given[f"other_deductible_vat.{m}"] for m in (1, 2, 3)] == [96, 0, 225]


def test_a_sheet_without_actions_is_one_sentence():
    with pytest.raises(NothingFound, match="Action et Coût externe"):
        go("marketing", MemoryBook({"Feuil1": [["Nom", "Prénom"], ["Durand", "Léa"]]}))


ENTRIES = [
    ["Date", "Libellé", "Code analytique", "Débit", "Crédit"],
    ["15/03/2027", "Stand", "M1", "4 820,50", None],
    ["20/03/2027", "Avoir stand", "m1", None, "120,50"],
    ["02/02/2027", "Envoi NEWSLETTER février", None, 80, None],
    ["03/02/2027", "Fournitures de bureau", None, "45,20", None],
    ["05/02/2027", "Newsletter et parrainage", None, 10, None],
    ["06/02/2027", "Divers M3", None, "dix", None],
]


def test_entries_are_placed_by_code_or_label_and_the_rest_is_listed():
    book = MemoryBook({"Plan": ACTIONS, "Export": ENTRIES}, name="plan.xlsx")
    report = go("marketing-actual", book)
    assert report.counts == {
        "entries": 5, "placed": 3, "unplaced": 2, "unplaced_amount": 55.2
    }  # fmt: skip
    rows = rows_of(book, "marketing_tracking")
    # 4 820.50 - 120.50 = 4 700 against 4 500: + 200, 4.4 %, below the 5 % to watch.
    assert rows[0][4:] == [4500, 4700, 200, 0.044444, "Conforme"]
    assert rows[1][4:] == [960, 80, -880, -0.916667, "Conforme"]
    assert rows[2][4:] == [None, None, None, None, None]
    entries = rows_of(book, "marketing_entries")
    assert [(row[2], row[5]) for row in entries[:2]] == [
        ("Fournitures de bureau", "Aucune action de ce code ni de ce libellé."),
        ("Newsletter et parrainage", "Plusieurs actions possibles."),
    ]
    problems = {(a["row"], a["problem"]) for a in report.anomalies if a["sheet"] == "Export"}
    assert problems == {
        (5, "Aucune action de ce code ni de ce libellé."),
        (6, "Plusieurs actions possibles."),
        (7, "Nombre illisible."),
    }


def test_an_export_with_costs_as_negative_amounts_is_turned():
    export = [["Code", "Libellé", "Montant"], ["M1", "Stand", "-4 820,50"], ["M1", "Avoir", 120.5]]
    book = MemoryBook({"Plan": ACTIONS, "Export": export})
    report = go("marketing-actual", book)
    assert rows_of(book, "marketing_tracking")[0][5] == 4700
    assert any("signes ont été retournés" in message for message in report.messages)


def test_an_export_in_a_file_of_its_own(tmp_path):
    path = tmp_path / "compta.csv"
    path.write_text("Code;Libellé;Montant HT\nM2;Envoi;1 010,00\n", encoding="cp1252")
    book = MemoryBook({"Plan": ACTIONS})
    go("marketing-actual", book, export=str(path))
    assert rows_of(book, "marketing_tracking")[1][4:] == [960, 1010, 50, 0.052083, "À surveiller"]
    with pytest.raises(RequestError, match="ni une feuille de memory"):
        go("marketing-actual", MemoryBook({"Plan": ACTIONS}), export="perdu.csv")


def test_no_export_is_one_sentence():
    with pytest.raises(SourceError, match="Aucun export comptable"):
        go("marketing-actual", MemoryBook({"Plan": ACTIONS}))


def test_actuals_go_into_the_workbook_of_the_budget(tmp_path):
    path = tmp_path / "budget-marketing.xlsx"
    write_budget(path, "fr", example_plan("fr"), example_lists("fr"))
    export = tmp_path / "compta.csv"
    export.write_text("Code;Montant\nMK08;1 900,00\n", encoding="utf-8")
    out = tmp_path / "out" / "suivi.xlsx"
    out.parent.mkdir()
    report = go("marketing-actual", FileBook.open(path, out), export=str(export))
    assert report.counts["placed"] == 1
    again = read_marketing(FileBook.open(out.parent / "budget-marketing.xlsx"))
    before = example_plan("fr")
    assert again.plan.actions[7].actual == 1900
    assert again.plan.actions[0] == before.actions[0]
    assert again.lists == example_lists("fr")
    assert (again.plan.company, again.plan.hourly) == ("Marielle Nature", 28)


def test_payments_go_into_a_treasury_workbook(tmp_path):
    book = MemoryBook({"Plan": ACTIONS}, name="plan.xlsx")
    go("marketing", book)
    report = go("marketing-treasury", book)
    assert report.counts == {"payments": 6552, "receipts": 0}
    path = tmp_path / "tresorerie.xlsx"
    path.write_bytes(book.attached["plan-tresorerie.xlsx"])
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    shown = {v for cells in values.sheets.values() for v in cells.values() if isinstance(v, float)}
    assert {1152.0, 2700.0} <= shown
    with pytest.raises(SourceError, match="Pas de paiements marketing"):
        go("marketing-treasury", MemoryBook({"Plan": ACTIONS}))


PURCHASES = [
    ["N° client", "N° commande", "Date d'achat", "Montant"],
    ["C1", "1", "15/02/2026", 100],
    ["C2", "2", "20/08/2026", 60],
    ["C1", "3", "10/07/2026", 80],
    ["C1", "4", "12/05/2027", 120],
    ["C3", "5", "02/06/2027", 40],
    ["C3", "5", "05/06/2027", -15],
]
SURVEY = [
    ["Classe", "NPS", "Satisfaction", "Effort", "Motif"],
    ["Bons clients", 10, 5, 6, None],
    ["Bons clients", 9, 4, 7, "Délai"],
    ["Bons clients", 3, 2, 2, "Délai"],
    ["Clients tièdes", 7, 3, 4, "Prix"],
    ["Clients tièdes", 12, "bof", None, None],
]


def test_the_dashboard_of_twelve_months(tmp_path):
    book = MemoryBook({"Achats": PURCHASES, "Enquête": SURVEY}, name="base.xlsx")
    report = go("dashboard", book)
    assert report.counts["sales"] == 285  # 80 + 60 + 120 + 40 - 15 from July 2026 to June 2027
    assert report.counts["active"] == 3
    kpis = {row[0]: row for row in rows_of(book, "dashboard")}
    assert kpis["CA cumulé (€)"][3] == 285
    assert kpis["Panier moyen (€)"][3] == 71.25
    # Promoters 2, detractors 1 of 4 valid notes: 25 points.
    assert kpis["NPS (points)"][3] == 25
    assert kpis["CSAT (%)"][3] == 50
    assert kpis["CES (points)"][3] == 25
    survey = rows_of(book, "dashboard", 2)
    assert [row[:3] for row in survey] == [
        ["Bons clients", 3, 33.3], ["Clients tièdes", 1, 0], ["Ensemble", 4, 25]
    ]  # fmt: skip
    # A promoter who is satisfied gives no reason of dissatisfaction.
    assert rows_of(book, "dashboard", 3) == [["Délai", 1, 0.5], ["Prix", 1, 0.5]]
    problems = [a["problem"] for a in report.anomalies]
    assert problems == ["Note hors de l'échelle 0 à 10 : non comptée.",
                        "Note illisible : non comptée."]  # fmt: skip
    path = tmp_path / "tableau.xlsx"
    path.write_bytes(book.attached["base-tableau-de-bord.xlsx"])
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert 285.0 in values.sheets["Tableau de bord"].values()


def test_targets_of_the_user_are_kept_when_the_dashboard_is_refreshed():
    book = MemoryBook({"Achats": PURCHASES})
    go("dashboard", book)
    grid = book.read(book.made()["dashboard_targets"])
    line = next(row for row in grid.rows if row[0] == "Panier moyen (€)")
    line[1], line[2] = 90, "Relever le seuil de livraison"
    report = go("dashboard", book)
    row = {r[0]: r for r in rows_of(book, "dashboard")}["Panier moyen (€)"]
    assert row[2] == 90
    assert row[7] == "Alerte"
    assert row[9] == "Relever le seuil de livraison"
    assert report.counts["alerts"] == 1


def test_a_typed_target_of_sales_is_taken_up_to_the_day(tmp_path):
    book = MemoryBook({"Achats": PURCHASES}, name="base.xlsx")
    go("dashboard", book)
    grid = book.read(book.made()["dashboard_targets"])
    next(row for row in grid.rows if row[0] == "CA cumulé (€)")[1] = 1000
    run(find_command("dashboard"), book, lang="fr", as_of=date(2027, 5, 21))
    row = {r[0]: r for r in rows_of(book, "dashboard")}["CA cumulé (€)"]
    assert row[2] == 972.6  # 355 days of 365
    path = tmp_path / "tableau.xlsx"
    name = next(name for name in book.attached if "tableau" in name)
    path.write_bytes(book.attached[name])
    values = recalculate_ironcalc(path)
    shown = [values["Tableau de bord", f"{c}6"] for c in "CDF"]
    assert shown == [row[2], row[3], row[7]]


def test_a_blank_option_has_its_default():
    book = MemoryBook({"Achats": PURCHASES})
    assert go("dashboard", book, croissance="").counts == go("dashboard", book).counts


def test_no_purchases_is_one_sentence():
    with pytest.raises(RequestError, match="Pas d'achats"):
        go("dashboard", MemoryBook({"Base": [["Nom"], ["Durand"]]}))


def test_the_target_becomes_a_call_list(tmp_path):
    target = [
        ["Prénom", "Nom", "Société", "Téléphone", "Mobile", "Ville", "Classe RFM",
         "Pourquoi contactable"],
        ["Léa", "Martin", None, "01 99 00 12 34", "06 39 98 12 34", "Nantes", "Bons clients",
         "cliente"],
        [None, None, "Spa Azur", "04 65 71 12 34", None, "Nice", None, "professionnel"],
    ]  # fmt: skip
    book = MemoryBook({"Cible": target}, name="base.xlsx")
    report = run(
        find_command("prospection"), book, lang="fr", as_of=date(2027, 6, 30), sheet="Cible"
    )
    assert report.counts == {"contacts": 2, "with_phone": 2}
    assert rows_of(book, "prospecting", 1)[0] == [
        "Léa Martin", None, "06 39 98 12 34", "Nantes", "Bons clients", "cliente"
    ]  # fmt: skip
    path = tmp_path / "plan.xlsx"
    path.write_bytes(book.attached["base-plan-prospection.xlsx"])
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert "Spa Azur" in values.sheets["Liste d'appels"].values()
    with pytest.raises(RequestError, match="lancez « Cibler »"):
        go("prospecting", MemoryBook({"Base": target}))
    with pytest.raises(
        RequestError, match="lancez « Cibler »"
    ):  # who stands in the base calls nobody
        run(find_command("prospecting"), MemoryBook({"Base": target}), sheet="Base", standing=True)


def test_a_list_as_people_type_it():
    actions = [
        ["Action", "Canal", "Début", "Fin", "Budget", "Heures", "Taux horaire"],
        ["Salon", "Salon", "15 mars 2027", "avril 2027", "4 500 €", "8 h", 30],
        ["E-mailing", "Emial", "mars 2027", "03/2027", 100, None, None],
        ["Flyers", "Boîte aux lettres", "sept. 2027", None, 50, None, None],
        [None, None, "01/06/2027", None, 25, None, None],
        ["Sous-total conquête", None, None, None, 4675, None, None],
        ["Total conquête", None, None, None, 4675, None, None],
    ]
    book = MemoryBook({"Plan": actions})
    report = go("marketing", book)
    rows = rows_of(book, "marketing_budget")
    assert rows[0][4:11] == [4740, 0, 4740, 0, 0, 2370, 2370]
    assert rows[1][9] == 100
    assert rows[2][15] == 50
    assert report.counts["cost"] == 4915
    assert [(a["row"], a["problem"]) for a in report.anomalies] == [
        (5, "Action sans nom."),
    ]
    assert report.messages[0] == (
        "Canaux hors de la liste habituelle, ajoutés aux paramètres du budget : Boîte aux lettres, "
        "Emial (E-mail ?)."
    )


def test_payments_of_a_budget_never_opened_are_added_once(tmp_path):
    """The marketing workbook comes from the command line: no spreadsheet has computed it."""
    budget, treasury = tmp_path / "marketing.xlsx", tmp_path / "treso.xlsx"
    action = Action("Salon", start=date(2027, 2, 1), external=1000, partner=200)
    write_budget(budget, "fr", MarketingPlan(date(2027, 1, 1), (action,)), default_lists("fr"))
    given = {"start": date(2027, 1, 1), "months": 6, "other_payments.3": 50}
    build_treasury(treasury, "fr", variant="empty", given=given)
    book = FileBook.open(treasury, tmp_path / "out.xlsx")
    report = go("marketing-treasury", book, marketing=str(budget))
    assert report.counts == {"payments": 1200, "receipts": 200}
    assert report.messages[0].startswith("Ajoutés aux 50,00 € déjà dans « Autres décaissements »")

    def paid(path):
        cells = read_treasury(FileBook.open(path)).cells
        return [cells.get(f"other_{key}.3") for key in ("payments", "deductible_vat", "receipts")]

    made = tmp_path / "treso-tresorerie.xlsx"
    assert paid(made) == [1250, 200, 200]
    build_treasury(treasury, "fr", variant="empty", given=given | {"other_payments.3": None})
    go("marketing-treasury", FileBook.open(treasury, tmp_path / "b.xlsx"), marketing=str(budget))
    first = tmp_path / "treso-tresorerie-2.xlsx"
    again = FileBook.open(first, tmp_path / "c.xlsx")
    report = go("marketing-treasury", again, marketing=str(budget))
    assert any("déjà dans le budget de trésorerie" in message for message in report.messages)
    assert paid(first) == [1200, 200, 200]
    assert paid(tmp_path / "treso-tresorerie-2-tresorerie.xlsx") == [1200, 200, 200]


def test_payments_carried_over_before_that_was_noted_are_not_added_again(tmp_path):
    budget, treasury = tmp_path / "marketing.xlsx", tmp_path / "tresorerie.xlsx"
    action = Action("Salon", start=date(2027, 2, 1), external=1000, partner=200)
    write_budget(budget, "fr", MarketingPlan(date(2027, 1, 1), (action,)), default_lists("fr"))
    there = {"other_payments.3": 1200, "other_deductible_vat.3": 200, "other_receipts.3": 200}
    given = {"start": date(2027, 1, 1), "months": 6}
    build_treasury(treasury, "fr", variant="empty", given=given | there)
    book = FileBook.open(treasury, tmp_path / "out.xlsx")
    report = go("marketing-treasury", book, marketing=str(budget))
    assert report.messages[0] == (
        "Ces paiements sont déjà dans le budget de trésorerie : rien n'est ajouté."
    )
    cells = read_treasury(FileBook.open(tmp_path / "tresorerie-2.xlsx")).cells
    assert {key: cells.get(key) for key in there} == there
    assert cells.get("carried.other_payments.3") == 1200


def test_a_run_again_replaces_what_was_carried_over(tmp_path):
    budget, treasury = tmp_path / "marketing.xlsx", tmp_path / "tresorerie.xlsx"
    given = {"start": date(2027, 1, 1), "months": 6, "other_payments.3": 50, "wages.1": 900}
    build_treasury(treasury, "fr", variant="empty", given=given)
    rows = []
    for cost in (1000, 400, 0):
        actions = (
            Action("Salon", start=date(2027, 2, 1), external=cost, partner=200),
            Action("Site", start=date(2027, 1, 1), external=10),
        )
        write_budget(budget, "fr", MarketingPlan(date(2027, 1, 1), actions), default_lists("fr"))
        book = FileBook.open(treasury, tmp_path / "out.xlsx")
        report = go("marketing-treasury", book, marketing=str(budget))
        treasury = sorted(tmp_path.glob("tresorerie*"), key=lambda p: p.stat().st_mtime)[-1]
        cells = read_treasury(FileBook.open(treasury)).cells
        rows.append(
            [cells.get(f"{key}.3") for key in ("other_payments", "other_deductible_vat", "wages")]
            + [cells.get("carried.other_payments.3"), cells.get("wages.1")]
        )
    assert rows == [
        [1250, 200, None, 1200, 900],
        [530, 80, None, 480, 900],
        [50, 0, None, 0, 900],
    ]
    assert report.messages[:2] == [
        "Le report précédent (492,00 €) est remplacé.",
        "Ajoutés aux 50,00 € déjà dans « Autres décaissements ».",
    ]
