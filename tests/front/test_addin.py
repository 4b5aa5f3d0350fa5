"""The built add-in and macro workbooks, checked without Excel."""

import io
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from open_xml_sdk import sdk_errors
from openxml_audit import FileFormat, OpenXmlValidator
from xmlschema import XMLSchema

import xlcrm.commands
import xlcrm.templates  # noqa: F401  fills the catalogue
from xlcrm.catalogue import COMMANDS, FUNCTIONS, GROUPS, TEMPLATES
from xlcrm.front.addin import addin_bytes, ribbon, with_macros
from xlcrm.front.macro_check import check_macros
from xlcrm.front.package import read_parts
from xlcrm.front.ribbon_layout import options_entry, ribbon_controls, ribbon_groups
from xlcrm.front.vba import Module, literal, modules, too_long

_CASES = Path(__file__).parents[1] / "cases" / "office"
_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The add-in and a macro twin, as files."""
    folder = tmp_path_factory.mktemp("built")
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("Données")
        book.add_worksheet("L'été").write("A1", "é")
    paths = {".xlam": folder / "xlcrm.xlam", ".xlsm": folder / "twin.xlsm"}
    paths[".xlam"].write_bytes(addin_bytes())
    paths[".xlsm"].write_bytes(with_macros(plain.getvalue()))
    return paths


def test_two_builds_give_the_same_bytes(files: dict[str, Path]) -> None:
    assert addin_bytes() == files[".xlam"].read_bytes()


def test_the_add_in_is_small(files: dict[str, Path]) -> None:
    assert files[".xlam"].stat().st_size < 500_000


@pytest.mark.parametrize("suffix", [".xlam", ".xlsm"])
def test_the_linter_finds_nothing(files: dict[str, Path], suffix: str) -> None:
    assert check_macros(read_parts(files[suffix].read_bytes()), suffix) == []


@pytest.mark.parametrize("suffix", [".xlam", ".xlsm"])
def test_openxml_audit_finds_nothing(files: dict[str, Path], suffix: str) -> None:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(files[suffix]))
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("suffix", [".xlam", ".xlsm"])
def test_the_open_xml_sdk_finds_nothing(files: dict[str, Path], suffix: str) -> None:
    assert sdk_errors(files[suffix]) == []


def _as_stored(module: Module) -> str:
    """The lines of a module without the head that a project adds, as olevba gives them."""
    lines = module.text.splitlines()
    while lines and re.match(r"Attribute VB_\w+ = ", lines[0]):
        lines.pop(0)
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(
    ("suffix", "workbook"), [(".xlam", "ActiveWorkbook"), (".xlsm", "ThisWorkbook")]
)
def test_olevba_reads_the_sources_back_exactly(
    files: dict[str, Path], suffix: str, workbook: Any
) -> None:
    with warnings.catch_warnings():  # of the parser that olevba is made with
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

    stored = {
        Path(name).stem: re.sub(r"\A(Attribute VB_\w+ = [^\r\n]*\r\n)+", "", source)
        for _, _, name, source in VBA_Parser(str(files[suffix])).extract_macros()
    }
    expected = {module.name: _as_stored(module) for module in modules(workbook)}
    assert {name: stored[name] for name in expected} == expected
    assert {name for name in stored if name not in expected and stored[name]} == set()


def test_no_module_is_larger_than_one_that_people_edit() -> None:
    assert {m.name: len(m.text) for m in modules("ActiveWorkbook") if len(m.text) > 60_000} == {}


def test_no_line_is_longer_than_vba_takes() -> None:
    assert {m.name: too_long(m.text) for m in modules("ActiveWorkbook") if too_long(m.text)} == {}


def test_the_ribbon_is_valid_against_its_schema() -> None:
    schema = XMLSchema(str(_CASES / "customui14.xsd"))
    assert [str(error) for error in schema.iter_errors(ribbon())] == []


def test_the_ribbon_follows_the_order_of_the_work() -> None:
    heads = [group.head.id.removeprefix("xlcrm_group_") for group in ribbon_groups()]
    assert [h for h in heads if h != "templates"] == [h for h in GROUPS if h in heads]
    assert heads[-1] == "tools"
    contacts = next(g for g in ribbon_groups() if g.head.id == "xlcrm_group_contacts")
    orders = [COMMANDS[button.task].order for button in contacts.buttons]
    assert orders == sorted(orders)


def test_every_command_has_its_button() -> None:
    tasks: dict[str, list[str]] = {}
    for button in ElementTree.fromstring(ribbon()).iter(f"{_UI}button"):
        action = button.get("onAction", "")
        tasks.setdefault(action, []).append(button.get("tag", "").partition(":")[0])
    assert sorted(set(COMMANDS)) == sorted(t for t in tasks["XlcrmOnAction"] if t in COMMANDS)
    assert len(tasks["XlcrmOnAction"]) == len(set(tasks["XlcrmOnAction"]))
    assert tasks["XlcrmOnOptions"] == [t for t in tasks["XlcrmOnOptions"] if COMMANDS[t].options]
    assert set(tasks["XlcrmOnOptions"]) == {c.name for c in COMMANDS.values() if c.options}


def test_the_question_for_options_fits_into_its_box() -> None:
    questions = [options_entry(c).summary for c in ribbon_controls() if c.options]
    assert max(len(q.in_(lang)) for q in questions for lang in ("fr", "en")) <= 1000


def test_every_icon_is_one_that_excel_2016_has() -> None:
    known = set((_CASES / "excel_2016_icons.txt").read_text().split())
    icons = {c.id: c.icon for c in ribbon_controls() if c.icon}
    icons |= {entry.name: entry.icon for entry in TEMPLATES.values()}
    assert {control: icon for control, icon in icons.items() if icon not in known} == {}


def test_every_text_fits_into_the_wizard() -> None:
    longest = {
        (entry.en, lang): max(
            len(text.in_(lang)) for text in (entry.summary, *(p.help for p in entry.params))
        )
        for entry in FUNCTIONS.values()
        for lang in ("fr", "en")
    }
    assert {key: length for key, length in longest.items() if length > 255} == {}


def test_xlwings_own_generator_writes_the_same_functions() -> None:
    """The text that xlwings itself generates for our module, in a process where it can."""
    script = Path(__file__).with_name("xlwings_wrappers.py")
    path = os.pathsep.join([str(script.parent), str(script.parents[1])])
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    theirs = _functions(_for_excel(done.stdout))
    wrappers = [m.text for m in modules("ActiveWorkbook") if m.name.startswith("XlcrmFunctions")]
    ours = _functions("\n".join(wrappers))
    assert ours == theirs
    assert len(ours) == len({n for e in FUNCTIONS.values() for n in (e.en, e.fr)})


def _for_excel(source: str) -> str:
    """Only the branch that is compiled in Excel."""
    return re.sub(r"#If App = .*?\n(.*?)#Else.*?#End If\n", r"\1", source, flags=re.DOTALL)


def _functions(source: str) -> dict[str, list[str]]:
    """The lines of each function, without what makes real error values of ours."""
    source = re.sub(r"XlcrmResult\((XLPy\.CallUDF\(.*\))\)", r"\1", source)
    source = source.replace("XlcrmFailure(Err.Description)", "Err.Description")
    found = re.findall(r"^Function (\w+)\(.*?^End Function", source, re.MULTILINE | re.DOTALL)
    bodies = re.findall(r"^(Function \w+\(.*?^End Function)", source, re.MULTILINE | re.DOTALL)
    return {
        name: [line.strip() for line in body.splitlines() if line.strip()]
        for name, body in zip(found, bodies, strict=True)
    }


def test_letters_with_accents_come_back(files: dict[str, Path]) -> None:
    from pyopenvba.apps.excel import ExcelApplication

    text = 'Numéro « "05" » : {œuvre} – 10 €'
    app = ExcelApplication()
    app.add_workbook()
    cells = next(m for m in modules("ActiveWorkbook") if m.name == "XlcrmCells")
    app.add_module(cells.text, name="XlcrmCells")
    app.add_module(
        f"Function Coded() As String\n    Coded = XlcrmDecode({literal(text)})\nEnd Function\n",
        name="Probe",
    )
    assert app.run("Coded") == text
