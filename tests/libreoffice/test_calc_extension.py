"""The extension itself: built the same twice, installed, upgraded, removed; workbooks travel."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from conftest import start_office

import xlcrm
from xlcrm.catalogue import FUNCTIONS, TEMPLATES, commands_in_order
from xlcrm.front import libreoffice
from xlcrm.front.calc_extension.environment import config_path, find_python
from xlcrm.front.libreoffice import (
    install_libreoffice,
    oxt_bytes,
    remember_python,
    uninstall_libreoffice,
)
from xlcrm.front.ribbon_layout import TOOLS
from xlcrm.texts import LANGUAGES

OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(io.BytesIO(oxt_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_are_the_same_bytes_and_small():
    first, second = oxt_bytes(), oxt_bytes()
    assert first == second
    assert len(first) < 1_000_000


def test_every_function_has_both_names_with_help_in_both_languages(parts):
    root = ElementTree.fromstring(parts["CalcAddIns.xcu"])
    found = {}
    for node in root.iter("node"):
        parameters = node.find(f"node[@{OOR}name='Parameters']")
        if parameters is not None:
            texts = {v.get(LANG) for prop in node.iter("prop") for v in prop.iter("value")}
            found[node.get(f"{OOR}name")] = (len(list(parameters)), texts)
    wanted = {
        name: (len(e.params), {"fr", "en", "en-US", None})
        for e in FUNCTIONS.values()
        for name in (e.en, e.fr)
    }
    assert found == wanted


def test_menu_and_toolbar_have_every_command_template_and_tool(parts):
    root = ElementTree.fromstring(parts["Addons.xcu"])
    urls = [
        value.text
        for prop in root.iter("prop")
        if prop.get(f"{OOR}name") == "URL"
        for value in prop.iter("value")
    ]
    tasks = {str(url).removeprefix("org.xlcrm.calc:") for url in urls} - {"private:separator"}
    assert tasks == {
        *(entry.name for entry in commands_in_order()),
        *(f"template:{name}" for name in TEMPLATES),
        *(tool.task for tool in TOOLS),
        "relink",
    }
    for prop in root.iter("prop"):
        if prop.get(f"{OOR}name") == "Title" and len(list(prop)) > 1:
            assert [v.get(LANG) for v in prop] == list(LANGUAGES)


def test_the_office_side_needs_no_new_python(parts):
    """Some packages of LibreOffice bring Python 3.8."""
    import ast

    for name, content in parts.items():
        if name.endswith(".py"):
            ast.parse(content.decode(), feature_version=(3, 8))


@pytest.mark.libreoffice
def test_install_upgrade_uninstall(home, tmp_path, monkeypatch):
    folder = tmp_path / "profile"
    assert "Redémarrez LibreOffice" in install_libreoffice("fr", folder)
    assert json.loads(config_path().read_text())["python"] == find_python()
    monkeypatch.setattr(xlcrm, "__version__", "0.1.1")
    monkeypatch.setattr("xlcrm.front.calc_files.__version__", "0.1.1")
    install_libreoffice("fr", folder)
    assert installed(folder) == {"org.xlcrm.calc": "0.1.1"}
    assert "n'est plus dans LibreOffice" in uninstall_libreoffice("fr", folder)
    assert installed(folder) == {}
    assert not config_path().exists()
    remember_python()


def installed(profile):
    """The extensions of the user in a profile, with their versions."""
    calc = start_office(profile)
    try:
        manager = calc.link.context.getByName(
            "/singletons/com.sun.star.deployment.ExtensionManager"
        )
        found = manager.getDeployedExtensions(
            "user", manager.createAbortChannel(), libreoffice._approving()
        )
        return {e.getIdentifier().Value: e.getVersion() for e in found}
    finally:
        calc.app.quit()


def test_a_workbook_of_excel_is_linked_on_load_and_saved_with_the_names_of_excel(calc, tmp_path):
    import xlsxwriter

    path = tmp_path / "excel.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Base")
        sheet.write_column("A1", ["06.12.34.56.78", "01 42 00 00 00"])
        sheet.write_formula("B1", "=CRM_TELEPHONE(A1)")
        sheet.write_formula("C1", '=IF(LEN(CRM_PHONE(A2))=14,"ok","no")')
        sheet.write_array_formula("D1:D2", "{=CRM_TELEPHONE(A1:A2)}")
        workbook.define_name("premier", "=Base!$B$1")
    book = calc.app.books.open(str(path))
    try:
        shown = book.sheets[0]["B1:D2"].options(err_to_str=True).value
        assert shown == [
            ["06 12 34 56 78", "ok", "06 12 34 56 78"],
            [None, None, "01 42 00 00 00"],
        ]
        book.sheets[0]["A1"].value = "06.00.00.00.00"
        book.save()
        book.sheets[0]["A1"].value = "06.11.11.11.11"
        book.save()  # a second time: the file was changed by us meanwhile
        with zipfile.ZipFile(path) as archive:
            text = archive.read("xl/worksheets/sheet1.xml").decode()
        assert re.findall(r"<f[^>]*>([^<]*)</f>", text) == [
            "CRM_TELEPHONE(A1)",
            'IF(LEN(CRM_PHONE(A2))=14,"ok","no")'.replace('"', "&quot;"),
            "CRM_TELEPHONE(A1:A2)",
        ]
        book.save(tmp_path / "calc.ods")
    finally:
        book.close()
    again = calc.app.books.open(str(tmp_path / "calc.ods"))
    try:
        assert again.sheets[0]["B1"].value == "06 11 11 11 11"
        assert again.sheets[0]["B1"].formula == "=CRM_TELEPHONE(A1)"
    finally:
        again.close()


def test_relink_by_hand(calc, sheet):
    outcome = calc.run("relink", sheet.book)
    assert (outcome.done, outcome.text) == (True, "0 formulas of xlcrm linked.")


def test_the_tools_work_in_calc(calc, sheet):
    from xlcrm.books.live import LiveBook

    book = sheet.book
    sheet["A1"].value = [["Nom", "Téléphone"], ["DURAND", "06.12.34.56.78"]]
    assert "Nothing to undo" in calc.run("undo", book).text
    assert "No Journal yet" in calc.run("journal", book).text
    assert calc.run("clean", book).done
    assert calc.run("journal", book).done
    assert book.sheets.active.name == "Journal"
    sheet.activate()
    sheet["B2"].select()
    why = calc.run("why", book)
    assert why.done
    assert "06 12 34 56 78" in why.text
    assert "LibreOffice" in calc.run("doctor", book).text
    assert calc.run("undo", book).text.startswith("Removed: ")
    assert LiveBook(book).made() == {}
    assert [s.name for s in book.sheets] == [sheet.name]
