"""Commands of contacts on a workbook that is a template: refused, with the right command."""

from pathlib import Path

import pytest

from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import ArgumentError, RequestError, SourceError, XlcrmError

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
BY_ITSELF = "Il calcule seul à partir de ses cellules de saisie ; cette commande se lance sur"


@pytest.mark.parametrize("command", ["clean", "quality", "dedupe", "unify", "target"])
@pytest.mark.parametrize(
    ("file", "title", "hint"),
    [
        (
            "fr/tresorerie.xlsx",
            "Budget de trésorerie",
            "Sa commande est « Budget de trésorerie » ; celle-ci se lance sur",
        ),
        ("fr/risque-client.xlsx", "Risque client", BY_ITSELF),
        (
            "en/prospecting-plan-empty.xlsx",
            "Prospecting plan",
            "Sa commande est « Plan de prospection » ; celle-ci se lance sur",
        ),
    ],
)
def test_a_template_is_no_base(command, file, title, hint):
    with pytest.raises(RequestError) as refusal:
        run(find_command(command), FileBook.open(WORKBOOKS / file))
    assert refusal.value.in_("fr") == (
        f"Ce classeur est un modèle, « {title} », et non une base de contacts. {hint} une feuille "
        "de contacts (Nom, E-mail, Téléphone, Ville…)."
    )


def test_a_base_beside_a_template_is_read():
    base = [["Nom", "E-mail", "Ville"], ["Durand", "a@exemple.fr", "Nantes"]]
    book = MemoryBook(
        {
            "Accueil": [["Budget de trésorerie"]],
            "Hypothèses": [["Société", "Dupont"]],
            "Clients": base,
        }
    )
    assert run(find_command("clean"), book).counts["rows"] == 1


def test_the_sheet_of_a_template_where_the_user_stands_is_no_base():
    sheets = {
        "Accueil": [["Risque client"], ["À qui faire crédit"]],
        "Clients": [["N°", "Client", "Plafond"], [1, "Dupont SA", 500], [2, "Petit SARL", 300]],
        "Contrôles": [["Contrôle", "État"], ["a", "OK"]],
    }
    with pytest.raises(RequestError, match="Risque client"):
        run(find_command("clean"), MemoryBook(sheets), sheet="Clients", standing=True)
    assert run(find_command("clean"), MemoryBook(sheets), sheet="Clients").counts["rows"] == 2


def test_pairs_of_a_form_are_no_table():
    rows = [["Société", "Dupont SA"], ["Début", "janvier"], ["Ventes", 1, 2, 3, 4, 5]]
    with pytest.raises(SourceError, match="ligne d'en-tête"):
        run(find_command("clean"), MemoryBook({"Données": rows}))


def beside_a_template(**own):
    sheets = {
        "Accueil": [["Risque client"], ["À qui faire crédit"]],
        "Contrôles": [["Contrôle", "État"], ["a", "OK"]],
    }
    return MemoryBook(sheets | own)


INVOICES = [["Client", "Échéance", "Montant TTC"], ["Dupont SA", "15/02/2027", 120]]
SALES = [["N° client", "Date d'achat", "Montant"], [1, "15/02/2026", 120]]


def test_invoices_of_the_user_beside_a_template_are_read():
    report = run(
        find_command("treasury"), beside_a_template(Factures=INVOICES), options={"mois": ""}
    )
    assert report.counts == {"receivable": 1, "payable": 0}


@pytest.mark.parametrize(
    ("command", "own", "options", "kind", "sentence"),
    [
        (
            "treasury",
            {"Factures": INVOICES},
            {"mois": "99"},
            ArgumentError,
            "Option « mois » : 99 ; il faut un nombre de 1 à 12.",
        ),
        (
            "score",
            {"Ventes": SALES},
            {"achats": "Vente"},
            RequestError,
            "Pas de feuille « Vente » dans memory.xlsx ; il y a : Accueil, Contrôles, Ventes. "
            "Vouliez-vous dire « Ventes » ?",
        ),
        (
            "treasury",
            {"Lettre": [["Bonjour"]]},
            {},
            RequestError,
            "Ce classeur est un modèle, « Risque client » : il calcule seul à partir de ses "
            "cellules de saisie. « Budget de trésorerie » se lance sur une liste de factures "
            "(Tiers, Échéance, Montant TTC).",
        ),
        (
            "score",
            {"Factures": INVOICES},
            {},
            RequestError,
            "Ce classeur est un modèle, « Risque client » : il calcule seul à partir de ses "
            "cellules de saisie. « Scorer (RFM) » se lance sur une base avec une feuille "
            "d'achats (N° client, Date d'achat, Montant).",
        ),
    ],
)
def test_a_template_is_named_where_nothing_was_found_only(command, own, options, kind, sentence):
    with pytest.raises(XlcrmError) as refusal:
        run(find_command(command), beside_a_template(**own), options=options)
    assert (type(refusal.value), str(refusal.value)) == (kind, sentence)


@pytest.mark.parametrize("command", ["marketing", "marketing-actual", "treasury"])
@pytest.mark.parametrize("sheet", [None, "Budget des charges"])
def test_sheets_of_a_template_are_neither_actions_nor_invoices(command, sheet):
    book = FileBook.open(WORKBOOKS / "fr/tresorerie-exemple.xlsx")
    with pytest.raises(RequestError, match="Ce classeur est un modèle, « Budget de trésorerie"):
        run(find_command(command), book, sheet=sheet, standing=True)


def test_a_list_beside_the_sheets_of_a_template_is_read():
    actions = [["Action", "Coût externe", "Début"], ["Salon", 1000, "01/03/2027"]]
    costs = [[None, "Titre"], [None, "Libellé", "Budget"], [None, "Loyer", 800]]
    book = beside_a_template(Charges=costs, Actions=actions)
    for sheet in (None, "Contrôles", "Actions"):
        report = run(find_command("marketing"), book, sheet=sheet, standing=sheet is not None)
        assert (report.counts["actions"], report.counts["cost"]) == (1, 1000)


def test_invoices_of_a_template_that_no_program_has_computed_are_read(tmp_path):
    book = FileBook.open(WORKBOOKS / "fr/risque-client.xlsx", tmp_path / "r.xlsx")
    report = run(find_command("treasury"), book)
    assert report.counts == {"receivable": 8, "payable": 0}


@pytest.mark.parametrize(
    ("command", "file", "sentence"),
    [
        ("treasury", "risque-client-vide.xlsx", "Ce classeur est un modèle, « Risque client »"),
        ("marketing", "budget-marketing-vide.xlsx", "ou le modèle « Budget marketing » rempli"),
        ("marketing-treasury", "budget-marketing-vide.xlsx", "Pas de paiements marketing dans"),
        ("simulate", "tresorerie.xlsx", "n'a encore ni encaissement ni décaissement"),
        ("simulate", "risque-client.xlsx", "n'est pas un budget de trésorerie d'xlcrm"),
        ("marketing-actual", "budget-marketing.xlsx", "regardées : aucune hors du plan d'actions"),
    ],
)
def test_a_template_that_is_empty_or_another_is_no_success(command, file, sentence):
    with pytest.raises(XlcrmError, match=sentence):
        run(find_command(command), FileBook.open(WORKBOOKS / "fr" / file))
