"""The VBA of the add-in, run by an interpreter that is not Excel.

What that interpreter does not know is replaced: the caller of a cell, the language of Office, the
DLL of xlwings. Everything else runs as it stands in the file.
"""

import re
from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication

import xlcrm.commands
import xlcrm.templates  # noqa: F401  fills the catalogue
from xlcrm.catalogue import FUNCTIONS
from xlcrm.front.ribbon import read_typed
from xlcrm.front.ribbon_layout import ribbon_controls, ribbon_templates
from xlcrm.front.vba import Module, modules

_XLWINGS = """
Public LastCommand As String
Public Answer As Variant
Public Broken As Boolean

Public Function XLPy() As Object
    If Broken Then Err.Raise 1000, Description:="no Python"
    Set XLPy = New FakeServer
End Function

Public Function RunPython(command As String)
    LastCommand = command
End Function
"""
_SERVER = """
Public Function CallUDF(module_name, name, arguments, book, caller)
    CallUDF = Answer
    If IsEmpty(Answer) Then CallUDF = module_name & "|" & name & "|" & UBound(arguments)
End Function
"""
_CONTROL = """
Public ID As String
Public Tag As String
"""


def _readable(module: Module, office_language: int = 1036) -> str:
    """The module without what the interpreter does not know."""
    text = module.text
    text = re.sub(r"Private WithEvents", "Private", text)
    text = re.sub(r"^(\s*#\w[^'\n]*)'.*$", r"\1", text, flags=re.MULTILINE)
    text = text.replace("Application.Caller", 'Range("A1")')
    return re.sub(r"Application\.LanguageSettings\.LanguageID\(\w+\)", str(office_language), text)


def excel(office_language: int = 1036, probe: str = "") -> ExcelApplication:
    """An Excel in memory with our modules, a stand-in for xlwings, and a module of the test."""
    app = ExcelApplication()
    app.add_workbook()
    for module in modules("ActiveWorkbook"):
        if module.name.startswith("Xlcrm"):
            app.add_module(_readable(module, office_language), name=module.name)
    app.add_module(_XLWINGS, name="xlwings")
    app.add_module(_SERVER, name="FakeServer", kind="class")
    app.add_module(_CONTROL, name="FakeControl", kind="class")
    app.add_module(probe, name="Probe")
    return app


def test_every_module_can_be_read() -> None:
    app = ExcelApplication()
    app.add_workbook()
    kinds = {"standard": "standard", "class": "class", "workbook": "document"}
    for module in modules("ActiveWorkbook"):
        app.add_module(_readable(module), name=module.name, kind=kinds[module.kind])
    assert app.run("GetBaseName", "a.xlsm") == "a"


def _call(name: str, count: int) -> str:
    return f"{name}({', '.join(['1'] * count)})"


def test_every_function_hands_its_arguments_to_python() -> None:
    names = [(n, len(e.params)) for e in FUNCTIONS.values() for n in dict.fromkeys((e.en, e.fr))]
    lines = ["Function All() As String"]
    lines += [f"    All = All & {_call(name, count)} & vbLf" for name, count in names]
    app = excel(probe="\n".join([*lines, "End Function"]))
    expected = [f"xlcrm.front.udfs|{name}|{count - 1}" for name, count in names]
    assert str(app.run("All")).split("\n")[:-1] == expected


_ERRORS = """
Function Shown(ByVal value As Variant) As String
    Shown = "text " & TypeName(value)
    If IsError(value) Then Shown = "error " & CLng(value)
End Function
Function OfCell(ByVal given As String) As String
    Answer = given
    OfCell = Shown({call})
End Function
Function OfTable() As String
    Dim table(1 To 2, 1 To 2), result
    table(1, 1) = Chr$(1) & "#N/A": table(1, 2) = 5
    table(2, 1) = "abc": table(2, 2) = Chr$(1) & "#VALUE!"
    Answer = table
    result = {call}
    OfTable = Shown(result(1, 1)) & "," & result(1, 2) & "," & result(2, 1)
    OfTable = OfTable & "," & Shown(result(2, 2))
End Function
Function OfRow() As String
    Dim result
    Answer = Array("abc", Chr$(1) & "#NUM!")
    result = {call}
    OfRow = result(0) & "," & Shown(result(1))
End Function
Function OfFailure() As String
    Broken = True
    OfFailure = Shown({call}) & "," & XlcrmLastFailure()
End Function
"""


def test_sentinels_become_error_values() -> None:
    entry = next(e for e in FUNCTIONS.values() if e.params)
    app = excel(probe=_ERRORS.replace("{call}", _call(entry.en, len(entry.params))))
    assert app.run("OfCell", "\x01#VALUE!") == "error 2015"
    assert app.run("OfCell", "\x01#N/A") == "error 2042"
    assert app.run("OfCell", "#N/A") == "text String"
    assert app.run("OfTable") == "error 2042,5,abc,error 2015"
    assert app.run("OfRow") == "abc,error 2036"
    assert app.run("OfFailure") == "error 2015,no Python"


_RIBBON = """
Function Asked(ByVal callback As String, ByVal id As String, ByVal tag As String) As Variant
    Dim control As New FakeControl, answer As Variant
    control.ID = id
    control.Tag = tag
    Select Case callback
        Case "label": XlcrmGetLabel control, answer
        Case "summary": XlcrmGetSupertip control, answer
        Case "enabled": XlcrmGetEnabled control, answer
        Case "visible": XlcrmGetVisible control, answer
        Case "count": XlcrmGetItemCount control, answer
    End Select
    Asked = answer
End Function
Function Item(ByVal index As Integer) As String
    Dim control As New FakeControl, label As Variant, tip As Variant, id As Variant
    Dim icon As Variant
    XlcrmGetItemImage control, index, icon
    XlcrmGetItemLabel control, index, label
    XlcrmGetItemSupertip control, index, tip
    XlcrmGetItemID control, index, id
    Item = id & "|" & icon & "|" & label & "|" & tip
End Function
Function Clicked(ByVal tag As String) As String
    Dim control As New FakeControl
    control.Tag = tag
    XlcrmOnAction control
    Clicked = LastCommand
End Function
Function WithOptions(ByVal id As String, ByVal tag As String) As String
    Dim control As New FakeControl
    LastCommand = ""
    control.ID = id
    control.Tag = tag
    XlcrmOnOptions control
    WithOptions = LastCommand
End Function
Function Chosen(ByVal index As Integer) As String
    Dim control As New FakeControl
    XlcrmOnTemplate control, "xlcrmTemplate" & index, index
    Chosen = LastCommand
End Function
"""


@pytest.mark.parametrize(
    ("office", "lang"), [(1036, "fr"), (3084, "fr"), (1033, "en"), (1031, "en")]
)
def test_labels_are_in_the_language_of_office(office: int, lang: Any) -> None:
    app = excel(office, _RIBBON)
    for control in ribbon_controls():
        assert app.run("Asked", "label", control.id, "") == control.label.in_(lang)
        assert app.run("Asked", "summary", control.id, "") == control.summary.in_(lang)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_gallery_offers_every_template(lang: Any) -> None:
    app = excel(1036 if lang == "fr" else 1033, _RIBBON)
    templates = ribbon_templates()
    assert app.run("Asked", "count", "", "") == len(templates)
    for index, entry in enumerate(templates):
        shown = f"xlcrmTemplate{index}|{entry.icon}|{entry.label.in_(lang)}"
        assert app.run("Item", index) == f"{shown}|{entry.summary.in_(lang)}"
        assert f"run('template:{entry.name}', '{lang}', '')" in str(app.run("Chosen", index))


def test_a_click_runs_python() -> None:
    command = excel(probe=_RIBBON).run("Clicked", "clean:data")
    assert command == "from xlcrm.front.ribbon import run; run('clean', 'fr', '')"


def test_options_are_asked_for_and_reach_python_safely() -> None:
    app = excel(probe=_RIBBON)
    typed = 'mois=12 | client="L\'été" & 10 €'
    app.answer_dialogs(typed, "")
    command = str(app.run("WithOptions", "xlcrm_treasury_options", "treasury:data"))
    coded = command.rpartition(", '")[2].removesuffix("')")
    assert command.startswith("from xlcrm.front.ribbon import run; run('treasury', 'fr', '")
    assert read_typed(coded) == {"mois": "12", "client": '"L\'été" & 10 €'}
    assert app.run("WithOptions", "xlcrm_treasury_options", "treasury:data") == ""


def test_why_tells_first_why_python_was_not_reached() -> None:
    entry = next(e for e in FUNCTIONS.values() if e.params)
    call = _call(entry.en, len(entry.params))
    probe = f"{_RIBBON}\nSub Fail()\n    Dim x\n    Broken = True\n    x = {call}\nEnd Sub\n"
    app = excel(probe=probe + f"Sub Work()\n    Dim x\n    Broken = False\n    x = {call}\nEnd Sub")
    app.run("Fail")
    app.answer_dialogs(1)
    assert "run('why', 'fr', '')" in str(app.run("Clicked", "why:data"))
    assert [str(dialog) for dialog in app.dialogs if "no Python" in str(dialog)] != []
    shown = len(app.dialogs)
    app.run("Work")
    app.run("Clicked", "why:data")
    assert len(app.dialogs) == shown


def test_a_button_is_grey_where_there_is_nothing_to_act_on() -> None:
    app = excel(probe=_RIBBON)
    assert app.run("Asked", "enabled", "x", "clean:data") is False
    assert app.run("Asked", "enabled", "x", "help:") is True
    app.sheet(1).set_value("A1", "Nom")
    assert app.run("Asked", "enabled", "x", "clean:data") is False
    app.sheet(1).set_value("A2", "Zoé")
    assert app.run("Asked", "enabled", "x", "clean:data") is True
    assert app.run("Asked", "enabled", "x", "undo:result") is False
    app.add_named_range("xlcrm_role_contacts", "=Sheet1!$A$1")
    assert app.run("Asked", "enabled", "x", "undo:result") is True


def test_the_tab_shows_where_the_add_in_is_not() -> None:
    assert excel(probe=_RIBBON).run("Asked", "visible", "xlcrmTab", "") is True
