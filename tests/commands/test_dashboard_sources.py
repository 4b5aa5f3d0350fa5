"""What the dashboard takes from the survey, the marketing budget and the target list."""

from __future__ import annotations

from datetime import date

import pytest
from engines import recalculate_ironcalc

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import RequestError

PURCHASES = [
    ["N° client", "N° commande", "Date d'achat", "Montant"],
    ["C1", "1", "15/05/2026", 100],
    ["C2", "2", "20/04/2027", 60],
    ["C3", "3", "10/05/2027", 80],
]
ACTIONS = [
    ["Action", "Thème", "Début", "Fin", "Budget HT", "Partenaires", "Objectif", "Indicateur",
     "Résultat", "Ventes"],
    ["Salon", "Conquête", "10/04/2027", "12/05/2027", 400, 100, 20, "Nouveaux clients", 15, None],
    ["Campagne de fidélisation", "Fidélisation", "05/04/2027", None, 900, None, None, None, None,
     30],
    ["Enquête", "Satisfaction", "01/09/2027", None, 50, None, None, None, None, None],
]  # fmt: skip


def go(name, book, **options):
    return run(find_command(name), book, lang="fr", as_of=date(2027, 5, 31), options=options)


def board(book, table=0):
    return [list(row) for row in book.results["dashboard"].tables[table].rows]


def test_acquisition_cost_is_that_of_conquest_net_of_partners():
    book = MemoryBook({"Achats": PURCHASES, "Actions": ACTIONS})
    go("marketing", book)
    go("dashboard", book)
    kpis = {row[0]: row for row in board(book)}
    # (400 - 100) over April and May, 2 customers won; the loyalty campaign wins none.
    assert kpis["Coût par nouveau client (€)"][3] == 150
    assert [row[9] for row in board(book, 1)[-2:]] == [150, 150]


def test_indicators_of_the_campaigns_stand_on_the_dashboard():
    book = MemoryBook({"Achats": PURCHASES, "Actions": ACTIONS})
    go("marketing", book)
    report = go("dashboard", book)
    own = [[row[0], row[2], row[3], row[5], row[7], row[9]] for row in board(book)[8:]]
    assert own == [
        ["Salon : Nouveaux clients", 20, 15, 0.75, "Alerte", "Réponse à prévoir"],
        ["Campagne de fidélisation : Ventes", 30, None, None, None, None],
    ]
    assert report.counts["alerts"] == 1 + [row[6] for row in board(book)[:8]].count("Alerte")


def test_without_a_marketing_budget_there_is_no_acquisition_cost():
    book = MemoryBook({"Achats": PURCHASES})
    go("dashboard", book)
    assert board(book)[7][:4] == ["Coût par nouveau client (€)",
                                  "coûts / clients gagnés, retours compris", None, None]  # fmt: skip
    assert len(board(book)) == 8


BASE = [
    ["Nom", "E-mail", "Accord e-mail", "Téléphone", "Accord téléphone"],
    ["Durand", "durand@exemple.fr", "oui", "06 39 98 00 01", "non"],
    ["Petit", "petit@exemple.fr", "oui", "06 39 98 00 02", "oui"],
    ["Roche", "roche@exemple.fr", "non", "06 39 98 00 03", "oui"],
]


@pytest.mark.parametrize(
    ("planned", "message"),
    [
        (None, "« Campagne de fidélisation » : 2 contacts, ceux de la cible."),
        (300, "« Campagne de fidélisation » : 300 contacts prévus, mais 2 dans la cible."),
        (2, None),
    ],
)
def test_the_campaign_reaches_the_contacts_of_its_target(planned, message):
    actions = [
        ["Action", "Début", "Budget HT", "Contacts"],
        ["Campagne de fidélisation", "01/06/2027", 500, planned],
    ]
    book = MemoryBook({"Base": BASE, "Actions": actions})
    assert go("target", book, canal="e-mail").counts["kept"] == 2
    report = go("marketing", book)
    funnel = book.results["marketing_breakdown"].tables[4].rows
    assert funnel[0][1] == (planned or 2)
    assert [m for m in report.messages if "contacts" in m] == ([message] if message else [])


def test_a_target_for_letters_or_mails_is_no_call_list():
    book = MemoryBook({"Base": BASE})
    go("target", book, canal="e-mail")
    with pytest.raises(RequestError, match="La cible de ce classeur est pour le canal e-mail"):
        go("prospecting", book)
    go("target", book, canal="téléphone")
    assert go("prospecting", book).counts == {"contacts": 2, "with_phone": 2}


def survey(book, table=2):
    go("dashboard", book)
    return board(book, table)


def test_each_score_over_its_own_answers():
    """Who leaves a question blank does not count in it."""
    answers = [["Segment", "NPS", "CSAT", "CES"], ["A", 10, None, None], ["A", 9, 5, 7],
               ["a", 2, None, 1], ["A", None, 2, 7]]  # fmt: skip
    rows = survey(MemoryBook({"Achats": PURCHASES, "Enquête": answers}))
    assert rows == [["A", 4, 33.3, 50, 33.3], ["Ensemble", 4, 33.3, 50, 33.3]]


def test_small_segments_and_reasons_are_gathered_not_lost():
    answers = [["Segment", "NPS", "Motif"]]
    for number in range(1, 11):  # S1 answers eleven times, S10 twice
        answers += [[f"S{number}", 3, f"M{number}"]] * (12 - number)
    book = MemoryBook({"Achats": PURCHASES, "Enquête": answers})
    rows = survey(book)
    assert [row[:2] for row in rows[6:]] == [["S7", 5], ["Autres segments", 9], ["Ensemble", 65]]
    assert board(book, 3)[-1][:2] == ["Autres motifs", 9]
    assert sum(row[2] for row in board(book, 3)) == pytest.approx(1)


def test_reasons_of_a_question_on_dissatisfaction_all_count():
    answers = [["NPS", "Motif d'insatisfaction"], [10, "Prix"], [2, "prix"], [3, "Délai"]]
    rows = survey(MemoryBook({"Achats": PURCHASES, "Enquête": answers}), 3)
    assert [row[:2] for row in rows] == [["Prix", 2], ["Délai", 1]]


def test_the_plan_counts_every_contact_to_call(tmp_path):
    target = [["Nom", "Téléphone", "Classe RFM"]]
    target += [[f"N{n}", "06 39 98 00 01", f"Classe {n % 10}"] for n in range(25)]
    book = MemoryBook({"Cible": target}, name="base.xlsx")
    run(find_command("prospecting"), book, lang="fr", as_of=date(2027, 5, 31), sheet="Cible")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(book.attached["base-plan-prospection.xlsx"])
    values = recalculate_ironcalc(path)
    assert values["Liste d'appels", "C8"] == 25
    rows = {values["Cibles", f"C{row}"]: values["Cibles", f"E{row}"] for row in range(8, 16)}
    assert rows["Autres classes"] == 6  # the three smallest of ten
    assert sum(rows.values()) == 25


def test_a_campaign_begins_on_a_working_day(tmp_path):
    book = MemoryBook({"Cible": [["Nom", "Téléphone"], ["Petit", "06 39 98 00 01"]]}, name="b.xlsx")
    run(find_command("prospecting"), book, lang="fr", as_of=date(2027, 5, 29), sheet="Cible")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(book.attached["b-plan-prospection.xlsx"])
    begin = recalculate_ironcalc(path)["Hypothèses", "C9"]
    assert begin == (date(2027, 5, 31) - date(1899, 12, 30)).days


SAME_DAYS = [
    ["N° client", "N° commande", "Date d'achat", "Montant"],
    ["C3", "0", "10/05/2025", 30],  # from here on, purchases are known
    ["C1", "1", "10/05/2026", 100],
    ["C2", "2", "20/05/2026", 900],  # after the same day of the year before
    ["C1", "3", "10/05/2027", 105],
]


def go_on(name, book, day):
    return run(find_command(name), book, lang="fr", as_of=day, options={})


def test_a_month_so_far_is_set_against_the_same_days_a_year_before():
    book = MemoryBook({"Achats": SAME_DAYS})
    go_on("dashboard", book, date(2027, 5, 12))
    kpis = {row[0]: row for row in board(book)}
    sales = kpis["CA cumulé (€)"]
    assert (sales[2:5], sales[7:9]) == ([105, 105, 100], ["Atteint", "▲ hausse"])
    months = board(book, 1)
    assert [row[0] for row in months[-2:]] == ["04/2027", "05/2027 (au 12/05)"]
    assert months[-1][1:4] == [105, 105, 0]
    assert months[-1][7] == 2  # C2, of 20/05/2026, is no lost customer before 20/05/2027
    note = book.results["dashboard"].notes[0]
    assert note.startswith("Du 01/06/2026 au 12/05/2027 ; un an avant et objectif : mêmes dates.")


def test_a_whole_month_is_set_against_the_whole_month():
    book = MemoryBook({"Achats": SAME_DAYS})
    go_on("dashboard", book, date(2027, 5, 31))
    assert board(book)[0][2:5] == [1050, 105, 1000]
    assert board(book, 1)[-1][0] == "05/2027"


def test_without_purchases_a_year_before_there_is_no_target_and_no_status():
    lines = [SAME_DAYS[0], SAME_DAYS[4]]
    book = MemoryBook({"Achats": lines})
    report = go_on("dashboard", book, date(2027, 5, 31))
    assert board(book)[0][2:9] == [None, 105, None, None, None, None, None]
    assert report.counts["alerts"] == 0


@pytest.mark.parametrize(
    ("first", "sales", "retention"),
    [
        ("10/06/2024", [1050, 105, 1000], 0),  # C1 is lost on 10/06/2025, C3 on 10/05/2026
        ("20/06/2024", [1050, 105, 1000], None),  # customers of before may be missing
        ("20/06/2025", [None, 105, None], None),
    ],
)
def test_a_year_before_is_told_as_far_as_the_purchases_go_back(first, sales, retention):
    rest = SAME_DAYS[1:] if sales[0] else SAME_DAYS[2:]
    book = MemoryBook({"Achats": [SAME_DAYS[0], ["C1", "9", first, 30], *rest]})
    report = go_on("dashboard", book, date(2027, 5, 31))
    kpis = {row[0]: row for row in board(book)}
    assert [*kpis["CA cumulé (€)"][2:5], kpis["Rétention (%)"][4]] == [*sales, retention]
    told = "Les achats commencent le 20/06/2025 : pas de comparaison avec un an avant"
    assert any(m.startswith(told) for m in report.messages) == (sales[0] is None)


def test_answers_after_the_as_of_date_are_left_out_and_told():
    answers = [["Date", "NPS"], ["31/05/2027", 10], [date(2027, 6, 1), 0], [None, 9], ["hier", 9]]
    book = MemoryBook({"Achats": PURCHASES, "Enquête": answers})
    report = go("dashboard", book)
    assert board(book, 2)[-1][1:3] == [3, 100]
    assert [(a["row"], a["column"], a["problem"]) for a in report.anomalies] == [
        (3, "Date", "Réponse après la date d'arrêté : non comptée."),
        (5, "Date", "Date illisible : réponse comptée."),
    ]


def test_acquisition_cost_takes_actual_costs_where_there_are_some():
    actions = [
        ["Action", "Thème", "Début", "Fin", "Budget HT", "Partenaires", "Coût réel"],
        ["Salon", "Conquête", "10/04/2027", "12/05/2027", 400, 100, 600],
        ["Flyers", "Conquête", "10/05/2027", None, 40, None, None],
    ]
    book = MemoryBook({"Achats": PURCHASES, "Actions": actions})
    go("marketing", book)
    go("dashboard", book)
    # (600 - 100) over April and May, and 40 in May as planned, over the 2 customers won.
    assert board(book)[7][3] == 270
    assert [row[9] for row in board(book, 1)[-2:]] == [250, 290]
