"""The command line: what it prints, what it refuses and with which exit code."""

import json
import subprocess
import sys
import unicodedata
import zipfile

import openpyxl
import pytest
import xlsxwriter

from xlcrm.catalogue import COMMANDS
from xlcrm.front.cli import main

ROWS = [
    ["Civ", "Nom", "Prénom", "Tél", "Mail", "CP", "Ville"],
    ["mr", "DURAND", "jean", 612345678.0, "JEAN.DURAND@ORANGE.FR", 1000.0, "BOURG EN BRESSE"],
    ["Mme", "Petit", "Léa", "06 12 34 56 79", "lea.petit@free.fr", "75011", "Paris"],
    ["Mlle", "=1+1", "Zoé", "néant", "zoe@gmial.com", "75011", "Paris"],
]


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "base.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("Clients")
    for r, row in enumerate(ROWS):
        sheet.write_row(r, 0, row)
    book.close()
    return path


def run(capsys, *argv):
    code = main([str(a) for a in argv])
    out = capsys.readouterr()
    return code, out.out, out.err


def values(path, sheet):
    return [list(r) for r in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_clean_writes_a_result_and_leaves_the_source(base, tmp_path, capsys):
    before = base.read_bytes()
    out = tmp_path / "out.xlsx"
    code, told, _ = run(capsys, "run", "clean", base, "-o", out)
    assert code == 0
    assert base.read_bytes() == before
    assert "Nettoyer" in told
    assert str(out) in told
    rows = values(out, "Contacts nettoyés")
    header = next(r for r in rows if "Nom" in r)
    first = dict(zip(header, rows[rows.index(header) + 1], strict=True))
    assert (first["Civilité"], first["Prénom"], first["Nom"]) == ("M.", "Jean", "Durand")
    assert (first["Téléphone"], first["E-mail"]) == ("06 12 34 56 78", "jean.durand@orange.fr")
    assert (first["Code postal"], first["Ville"]) == ("01000", "Bourg-en-Bresse")
    assert (first["Source"], first["Ligne"]) == ("Clients", 2)


def test_a_cell_that_begins_with_an_equals_sign_stays_text(base, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    run(capsys, "run", "unify", base, "-o", out)
    sheet = openpyxl.load_workbook(out)["Vue unique"]
    found = [c for row in sheet.iter_rows() for c in row if c.value == "=1+1"]
    assert [c.data_type for c in found] == ["s"]


def test_undo_gives_the_workbook_back(base, tmp_path, capsys):
    out, bare = tmp_path / "out.xlsx", tmp_path / "bare.xlsx"
    run(capsys, "run", "clean", base, "-o", out)
    run(capsys, "run", "quality", out, "-o", out)
    code, told, _ = run(capsys, "undo", out, "-o", bare)
    assert code == 0
    assert told.startswith("Supprimé : Contacts nettoyés, Bilan du nettoyage, ")
    assert openpyxl.load_workbook(bare).sheetnames == ["Clients", "Poids de qualité"]
    assert "Qualité" in openpyxl.load_workbook(out).sheetnames
    code, told, _ = run(capsys, "undo", out, "--all", "--lang", "en")
    assert (code, told.splitlines()[-1]) == (0, f"File: {out}")
    with zipfile.ZipFile(out) as now, zipfile.ZipFile(base) as before:
        assert {n: now.read(n) for n in now.namelist()} == {
            n: before.read(n) for n in before.namelist()
        }
    code, _, told = run(capsys, "undo", out)
    assert (code, told) == (
        1,
        "Rien à annuler : out.xlsx n'a pas de feuille de résultat de xlcrm.\n",
    )


def test_the_report_as_json(base, tmp_path, capsys):
    report = tmp_path / "report.json"
    run(
        capsys, "run", "nettoyer", base, "-o", tmp_path / "o.xlsx", "--json", report, "--lang", "en"
    )
    content = json.loads(report.read_text("utf-8"))
    assert list(content) == ["command", "sheets", "counts", "anomalies", "messages", "seconds"]
    assert content["command"] == "clean"
    assert content["sheets"][0] == "Clean contacts"
    assert content["counts"]["rows"] == 3
    assert {"sheet", "row", "column", "value", "problem"} == set(content["anomalies"][0])


@pytest.mark.parametrize(
    ("argv", "fr"),
    [
        (["run", "netoyer", "{base}"], "Pas de commande « netoyer » ; il y a : "),
        (["run", "clean", "{base}", "--sheet", "Client"], "il y a : Clients."),
        (["run", "clean", "{base}", "--set", "x=1"], "n'a pas d'option « x »"),
        (["run", "clean", "{base}", "--set", "x"], "--set attend clé=valeur"),
        (
            ["run", "clean", "{base}", "--as-of", "31/02/2026"],
            "--as-of attend une date, par exemple",
        ),
        (["run", "clean", "absent.xlsx"], "absent.xlsx"),
        (["run", "score", "{base}"], "Pas d'achats"),
        (["call", "PHONE_NUMBER"], "Pas de fonction « PHONE_NUMBER »"),
        (["call", "CRM_TELEPHON"], "CRM_TELEPHONE_TYPE"),
        (["call", "CRM_TELEPHONE", "--json", "{"], "liste JSON"),
        (["call", "CRM_TELEPHONE", "--json", "[[{}]]"], "pas un objet"),
        (["call", "CRM_TELEPHONE", "--json", "[]"], "prend de 1 à"),
        (["template", "absent"], "Pas de modèle « absent »"),
        (["template", "bfr", "-o", "bfr.pdf"], "donnez bfr.xlsx au lieu de bfr.pdf"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(argv, fr, base, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, told, error = run(capsys, *[a.replace("{base}", str(base)) for a in argv])
    assert (code, told) == (1, "")
    assert fr in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["base.xlsx"]


@pytest.mark.parametrize("argv", [["walk"], ["run"], ["run", "clean"], ["list", "cats"]])
def test_wrong_usage_is_2(argv, capsys):
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2
    assert capsys.readouterr().err != ""


def test_no_argument_shows_the_help(capsys):
    code, told, _ = run(capsys)
    assert code == 2
    assert "Base clients et budgets" in told


@pytest.mark.parametrize(
    ("argv", "result"),
    [
        (["call", "CRM_TELEPHONE", "--json", '["06.12.34.56.78"]'], "06 12 34 56 78"),
        (["call", "phone", "--json", '["06.12.34.56.78"]'], "06 12 34 56 78"),
        (
            ["call", "CRM_PHONE", "--json", '[[["0612345678"],[null]]]'],
            [["06 12 34 56 78"], [None]],
        ),
    ],
)
def test_call(argv, result, capsys):
    code, told, _ = run(capsys, *argv)
    assert code == 0
    assert json.loads(told) == result


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_list_names_every_command(lang, capsys):
    code, told, _ = run(capsys, "list", "commands", "--lang", lang)
    assert code == 0
    assert all(c.name in told and c.fr in told for c in COMMANDS.values())


def test_interrupted_says_that_nothing_changed(base, tmp_path, capsys, monkeypatch):
    def stop(job):
        raise KeyboardInterrupt

    entry = COMMANDS["clean"]
    monkeypatch.setitem(
        COMMANDS,
        "clean",
        type(entry)(**{**{f: getattr(entry, f) for f in entry.__slots__}, "func": stop}),
    )
    code, _, error = run(capsys, "run", "clean", base, "-o", tmp_path / "o.xlsx")
    assert code == 130
    assert "rien n'a été modifié" in error
    assert sorted(p.name for p in tmp_path.iterdir()) == ["base.xlsx"]


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path, capsys):
    path = tmp_path / "base.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Vue").write_row(0, 0, ["Nom"])
    hidden = book.add_worksheet("Archive")
    hidden.write_column(0, 0, ["Nom", "DURAND", "PETIT"])
    hidden.hide()
    book.close()
    out = tmp_path / "out.xlsx"
    code, told, _ = run(capsys, "run", "clean", path, "--sheet", "Archive", "-o", out)
    assert (code, told.splitlines()[1].split()) == (0, ["2", "contacts", "lus"])


def test_the_report_has_the_punctuation_of_its_language(base, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    _, french, _ = run(capsys, "run", "clean", base, "-o", out)
    _, english, _ = run(capsys, "run", "clean", base, "-o", out, "--lang", "en")
    assert f"  Fichier : {out}" in french.splitlines()
    assert f"  File: {out}" in english.splitlines()
    assert " :" not in english


def test_a_folder_that_is_there_is_not_said_to_be_missing(base, capsys):
    code, _, error = run(capsys, "run", "clean", base, "-o", "/proc/out.xlsx")
    assert code == 1
    assert "n'existe pas" not in error


def test_anomalies_are_counted_in_the_right_number(base, tmp_path, capsys):
    _, told, _ = run(capsys, "run", "clean", base, "-o", tmp_path / "o.xlsx")
    assert "  2 anomalies, feuille « Anomalies »" in told
    path = tmp_path / "une.csv"
    path.write_text("Nom;E-mail\nDurand;a@gmial.com\n", "utf-8")
    _, told, _ = run(capsys, "run", "clean", path, "-o", tmp_path / "o.xlsx")
    assert "  1 anomalie, feuille « Anomalies »" in told
    _, told, _ = run(capsys, "run", "clean", path, "-o", tmp_path / "p.xlsx", "--lang", "en")
    assert '  1 anomaly, sheet "Anomalies"' in told


def test_a_report_that_has_no_folder_is_refused_before_the_work(base, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    code, told, error = run(
        capsys, "run", "clean", base, "-o", out, "--json", tmp_path / "absent" / "report.json"
    )
    assert (code, told) == (1, "")
    assert "ne peut pas être écrit : le dossier n'existe pas ou est protégé" in error
    assert not out.exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["run"], "xlcrm run : il manque : COMMANDE, FICHIER."),
        (["run", "--lang", "en"], "xlcrm run: missing: COMMAND, FILE."),
        (["bidon"], "« bidon » n'existe pas ; il y a : demo, run,"),
        (["run", "nettoyer", "a.xlsx", "--sheet"], "--sheet attend une valeur."),
        (["undo", "a.xlsx", "--rien"], "xlcrm undo : inconnu : --rien.\n"),
        (["run", "nettoyer", "a.xlsx", "--sheeet", "x"],
         "inconnu : --sheeet. Vouliez-vous dire « --sheet » ?"),
        (["run", "clean", "a.xlsx", "--sheeet=x", "--lang", "en"],
         'unknown: --sheeet. Did you mean "--sheet"?'),
        (["--versoin"], "xlcrm : inconnu : --versoin. Vouliez-vous dire « --version » ?"),
        (["run", "nettoyer", "a.xlsx", "b.xlsx"], "inconnu : b.xlsx.\n"),
        (["undo", "a.xlsx", "--all=oui"], "--all ne prend pas de valeur (« oui »)."),
        (["run", "nettoyer", "a.xlsx", "--s", "x"], "--s peut vouloir dire --sheet, --set."),
    ],
)  # fmt: skip
def test_a_wrong_line_is_answered_in_the_language(line, told, capsys):
    with pytest.raises(SystemExit) as ended:
        main(line)
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert told in shown
    assert shown.startswith("Usage: " if "en" in line else "Utilisation : ")


@pytest.mark.parametrize("before", [[], ["--"], ["--force"]])
def test_a_workbook_whose_name_begins_with_a_dash(base, capsys, monkeypatch, before):
    monkeypatch.chdir(base.parent)
    base.rename("-o base.xlsx")
    assert run(capsys, "run", "clean", *before, "-o base.xlsx")[0] == 0
    assert run(capsys, "run", "clean", "./-o base.xlsx", "-o", "-out.xlsx")[0] == 0
    assert run(capsys, "undo", "-out.xlsx", "-oundone.xlsx")[0] == 0
    assert workbooks(base.parent) == [
        "-o base-xlcrm.xlsx",
        "-o base.xlsx",
        "-out.xlsx",
        "undone.xlsx",
    ]


def test_the_help_is_in_the_language(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["run", "--help"])
    assert ended.value.code == 0
    french = capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["run", "--help", "--lang", "en"])
    english = capsys.readouterr().out
    assert "Lance une commande sur un fichier." in french
    assert "montre cette aide" in french
    assert "Runs a command on a file." in english
    assert not {"show", "usage", "positional"} & set(french.split())


def test_a_template_that_was_filled_is_not_replaced(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["template", "bfr"]) == 0
    assert main(["template", "bfr", "-o", "budget"]) == 0
    assert capsys.readouterr().out.split() == ["bfr.xlsx", "bfr-2.xlsx", "budget.xlsx"]


def test_an_output_that_somebody_may_have_worked_in_is_not_replaced(base, tmp_path, capsys):
    other, bare = tmp_path / "autre.xlsx", tmp_path / "autre"
    with xlsxwriter.Workbook(str(other)) as book:
        book.add_worksheet("Notes").write(0, 0, "à garder")
    before = other.read_bytes()
    for output in (other, bare):
        code, _, told = run(capsys, "run", "clean", base, "-o", output)
        assert code == 1
        assert told == (
            "autre.xlsx existe déjà ; ce n'est pas un résultat de xlcrm, ou il a été modifié "
            "depuis : il n'est pas remplacé. Donnez un autre nom après -o, ou ajoutez --force pour le remplacer.\n"
        )
    assert run(capsys, "template", "bfr", "-o", other)[0] == 1
    assert other.read_bytes() == before
    assert run(capsys, "run", "clean", base, "-o", other, "--force")[0] == 0
    assert run(capsys, "run", "quality", base, "-o", other)[0] == 0  # a result left as it was
    assert "Notes" not in openpyxl.load_workbook(other).sheetnames
    assert run(capsys, "run", "clean", base, "-o", base)[0] == 0  # the source, named


def test_the_report_replaces_no_workbook(base, capsys):
    before = base.read_bytes()
    code, _, told = run(capsys, "run", "clean", base, "--json", base)
    assert (code, base.read_bytes()) == (1, before)
    assert told.startswith("Le rapport serait écrit dans base.xlsx, qui est un nom de classeur.")


@pytest.fixture
def bills(tmp_path):
    """A workbook of invoices whose treasury budget stands beside its results."""
    path = tmp_path / "ventes.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Factures clients")
        sheet.write_row(0, 0, ["Facture", "Client", "Date", "Échéance", "Montant TTC"])
        sheet.write_row(1, 0, ["F1", "Roux", 46300, 46330, 120])
    main(["run", "treasury", str(path), "--set", "debut=2026-10-01"])
    return tmp_path


def workbooks(folder):
    return sorted(path.name for path in folder.glob("*.xlsx"))


def test_undo_removes_what_commands_wrote_beside_and_nothing_else(bills, capsys):
    assert workbooks(bills) == ["ventes-tresorerie.xlsx", "ventes-xlcrm.xlsx", "ventes.xlsx"]
    of_others = (
        "ventes-lille-tresorerie.xlsx",
        "ventes-tresorerie-notes.xlsx",
        "a-tresorerie.xlsx",
    )
    for name in of_others:
        run(capsys, "template", "tresorerie", "-o", bills / name)
    (bills / "ventes-dashboard.xlsx").write_bytes((bills / "ventes.xlsx").read_bytes())
    _, told, _ = run(capsys, "undo", bills / "ventes-xlcrm.xlsx")
    assert told.splitlines()[0].endswith(", ventes-tresorerie.xlsx.")
    assert len(told.splitlines()) == 2
    assert workbooks(bills) == sorted(
        [*of_others, "ventes-dashboard.xlsx", "ventes-xlcrm.xlsx", "ventes.xlsx"]
    )


def test_undo_leaves_and_names_a_workbook_that_was_saved_since(bills, capsys):
    beside = bills / "ventes-tresorerie.xlsx"
    openpyxl.load_workbook(beside).save(beside)
    _, told, _ = run(capsys, "undo", bills / "ventes-xlcrm.xlsx")
    assert told.splitlines()[-1] == (
        "À côté, reste, car ouvert ou modifié depuis : ventes-tresorerie.xlsx."
    )
    assert beside.exists()


def test_undo_leaves_a_workbook_saved_by_a_program_that_keeps_its_properties(bills, capsys):
    beside = bills / "ventes-tresorerie.xlsx"
    with zipfile.ZipFile(beside) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(beside, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    run(capsys, "undo", bills / "ventes-xlcrm.xlsx")
    assert beside.exists()


def test_undo_leaves_a_workbook_that_has_results_of_its_own(bills, capsys):
    beside = bills / "ventes-tresorerie.xlsx"
    assert run(capsys, "run", "simulate", beside, "-o", beside)[0] == 0
    run(capsys, "undo", bills / "ventes-xlcrm.xlsx")
    assert beside.exists()


def test_undo_into_another_file_leaves_all_beside(bills, capsys):
    run(capsys, "undo", bills / "ventes-xlcrm.xlsx", "-o", bills / "sans.xlsx")
    assert (bills / "ventes-tresorerie.xlsx").exists()


@pytest.mark.parametrize("asked", ["clients", "CLIENTS", " Clïents "])
def test_a_sheet_is_found_by_its_letters(base, tmp_path, capsys, asked):
    code, told, _ = run(capsys, "run", "clean", base, "--sheet", asked)
    assert code == 0
    assert "3  contacts lus" in told


@pytest.mark.parametrize(
    ("argv", "question"),
    [
        (["run", "netoyer", "BASE"], "Vouliez-vous dire « nettoyer » ?"),
        (["run", "clean", "BASE", "--sheet", "cleints"], "Vouliez-vous dire « Clients » ?"),
        (["run", "target", "BASE", "--set", "cannal=x"], "Vouliez-vous dire « canal » ?"),
        (["run", "target", "BASE", "--set", "canal=telefone"], "Vouliez-vous dire « téléphone » ?"),
        (["template", "tresorrie"], "Vouliez-vous dire « tresorerie » ?"),
        (["call", "CRM_TELEFONE"], "Vouliez-vous dire « CRM_TELEPHONE » ?"),
        (["run", "clena", "BASE", "--lang", "en"], 'Did you mean "clean"?'),
    ],
)
def test_a_mistyped_name_is_guessed(base, capsys, argv, question):
    code, _, told = run(capsys, *(base if a == "BASE" else a for a in argv))
    assert (code, told.strip()[-len(question) :]) == (1, question)


def test_the_channel_is_told_in_french(base, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    run(capsys, "run", "target", base, "--set", "channel=phone", "-o", out)
    notes = [row[0] for row in values(out, "Cible")[:4] if row[0]]
    assert [note for note in notes if str(note).startswith("Canal : téléphone, le ")]


def test_ctrl_c_while_loading_is_one_sentence():
    script = (
        "import signal, sys\nsys.argv = ['xlcrm', 'list']\nimport xlcrm\n"
        "signal.raise_signal(signal.SIGINT)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (130, b"")
    assert ended.stderr.decode() == "\nInterrompu : rien n'a été modifié.\n"


@pytest.mark.parametrize(
    ("command", "template", "told"),
    [
        ("score", "tresorerie", "Ce classeur est un modèle, « Budget de trésorerie » : il calcule "
         "seul à partir de ses cellules de saisie. « Scorer (RFM) » se lance sur une base avec une "
         "feuille d'achats (N° client, Date d'achat, Montant)."),
        ("treasury", "credit-court-terme", "Ce classeur est un modèle, « Crédit à court terme » : "
         "il calcule seul à partir de ses cellules de saisie. « Budget de trésorerie » se lance "
         "sur une liste de factures (Tiers, Échéance, Montant TTC)."),
        ("marketing", "bfr", "Ce classeur est un modèle, « Besoin en fonds de roulement » : il "
         "calcule seul à partir de ses cellules de saisie. « Budget marketing » se lance sur une "
         "liste d'actions (Action, Coût externe), ou le modèle « Budget marketing » rempli."),
    ],
)  # fmt: skip
def test_a_template_is_not_what_a_command_works_on(tmp_path, capsys, command, template, told):
    path = tmp_path / "modele.xlsx"
    run(capsys, "template", template, "-o", path)
    assert run(capsys, "run", command, path) == (1, "", f"{told}\n")


def test_a_template_of_ours_needs_no_recalculation_for_its_command(tmp_path, capsys):
    path = tmp_path / "t.xlsx"
    run(capsys, "template", "tresorerie", "-o", path, "--variant", "exemple")
    code, told, _ = run(capsys, "run", "simulate", path)
    assert code == 0
    assert "jamais été calculées" not in told
    assert "Feuilles : Scénarios comparés" in told


BEYOND = (
    "achats.xlsx ne peut pas être calculé au {day} : une date ou un montant est démesuré. Cherchez "
    "dans les feuilles une année comme 9999, un montant comme 1E+300, ou changez la date d'arrêté.\n"
)


@pytest.mark.parametrize(
    ("command", "day"), [("dashboard", "31/12/9999"), ("marketing", "21/11/2026")]
)
def test_absurd_dates_and_amounts_are_one_sentence(tmp_path, capsys, command, day):
    path = tmp_path / "achats.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        purchases = book.add_worksheet("Achats")
        rows = [["N° client", "Date d'achat", "Montant"], *[["2", "2026-01-01", 1e308]] * 2]
        for number, row in enumerate(rows):
            purchases.write_row(number, 0, row)
        actions = book.add_worksheet("Actions")
        for number, row in enumerate([["Action", "Coût externe"], *[["Salon", 1e308]] * 2]):
            actions.write_row(number, 0, row)
    code, _, error = run(capsys, "run", command, path, "--as-of", day)
    assert (code, error) == (1, BEYOND.format(day=day))


def test_a_name_that_no_file_can_have(base, capsys):
    code, _, told = run(capsys, "run", "clean", base, "-o", base.with_name("y" * 300 + ".xlsx"))
    assert code == 1
    assert told.startswith(f"« {'y' * 40}… » ne peut pas être le nom d'un fichier. Donnez un")


def test_accents_may_be_spelled_otherwise_on_the_disk(base, capsys):
    shown, stored = (unicodedata.normalize(form, "été.xlsx") for form in ("NFC", "NFD"))
    base.rename(base.with_name(stored))
    assert run(capsys, "run", "clean", base.with_name(shown))[0] == 0


def test_a_workbook_of_charts_alone(tmp_path, capsys):
    path = tmp_path / "g.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, chart = book.add_worksheet("d"), book.add_chart({"type": "line"})
        chart.add_series({"values": "=d!$A$1:$A$2"})
        shown = book.add_chartsheet("G")
        shown.set_chart(chart)
        shown.activate()
        shown.set_first_sheet()
        sheet.hide()
    code, _, told = run(capsys, "run", "clean", path)
    assert (code, told) == (
        1,
        "g.xlsx n'a aucune feuille de calcul visible : ses feuilles sont masquées, ou ne portent "
        "que des graphiques. Affichez celle des données, enregistrez, puis relancez.\n",
    )


def test_twin_codes_and_a_second_cost_column_are_told(tmp_path, capsys):
    path = tmp_path / "actions.xlsx"
    rows = [
        ["Code", "Action", "Budget", "Coût externe"], ["A1", "Salon", 500, 100], ["A1", "Mailing"],
    ]  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Actions")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    _, told, _ = run(capsys, "run", "marketing", path, "--as-of", "2026-11-21")
    assert (
        "Colonne « Budget » non lue : une autre colonne dit la même chose "
        "(Code, Action, Coût externe)." in told
    )
    report = tmp_path / "r.json"
    run(capsys, "run", "marketing", path, "--as-of", "2026-11-21", "--json", report)
    found = json.loads(report.read_text("utf-8"))["anomalies"]
    assert {
        "sheet": "Actions", "row": 3, "column": "Code", "value": "A1",
        "problem": "Même code qu'à la ligne 2 : le réalisé ne les distingue pas.",
    } in found  # fmt: skip
