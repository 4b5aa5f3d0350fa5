"""The VBA of the add-in: our sources, the wrappers made from the catalogue, xlwings' module.

Only ASCII, because a VBA project keeps its text in the code page of one country: letters with
accents stand in braces (`{E9}`), and XlcrmDecode puts them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from xlcrm.catalogue import FunctionEntry
from xlcrm.errors import SourceError
from xlcrm.front.places import PROJECT, macros_folder
from xlcrm.front.ribbon_layout import ribbon_controls, ribbon_templates
from xlcrm.front.udfs import argument_names, function_names
from xlcrm.texts import LANGUAGES, Lang

UDF_MODULE = "xlcrm.front.udfs"
Workbook = Literal["ActiveWorkbook", "ThisWorkbook"]
_SOURCES = ("XlcrmCells.bas", "XlcrmRibbon.bas")
# A procedure of VBA compiles to at most 64 kB, and so, to be safe, stays a module.
_IN_ONE_SUB = 30
_IN_ONE_MODULE = 80
_LONGEST_LINE = 1000  # VBA takes 1,023 characters


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project; `text` has no attribute lines but those that are code."""

    name: str
    kind: Literal["standard", "class", "workbook"]
    text: str


def modules(workbook: Workbook) -> list[Module]:
    """Every module of a project, in a fixed order."""
    folder = macros_folder()
    made = [
        Module("ThisWorkbook", "workbook", _read(folder / "ThisWorkbook.cls")),
        Module("xlwings", "standard", xlwings_module()),
        Module("Dictionary", "class", _without_preamble(_package_text("addin/Dictionary.cls"))),
    ]
    made += [Module(Path(n).stem, "standard", _read(folder / n)) for n in _SOURCES]
    made += functions_modules(workbook)
    made.append(Module("XlcrmTexts", "standard", texts_module()))
    return made + help_modules()


def xlwings_module() -> str:
    """The module of the installed xlwings, which must be of the version of its DLL."""
    text = _package_text("xlwings_custom_addin.bas")
    named = text.replace(
        'PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"'
    )
    if named == text:
        raise SourceError(
            fr="Le module VBA de xlwings n'a pas la forme attendue ; réinstallez xlwings 0.37.8.",
            en="The VBA module of xlwings is not as expected; install xlwings 0.37.8 again.",
        )
    return named


def functions_modules(workbook: Workbook) -> list[Module]:
    """A wrapper for every name of every function, in modules of a modest size."""
    texts = [wrapper(name, entry, lang, workbook) for name, entry, lang in function_names()]
    made = []
    for number, start in enumerate(range(0, len(texts), _IN_ONE_MODULE), 1):
        name = f"XlcrmFunctions{number}"
        head = f'Attribute VB_Name = "{name}"\nOption Explicit\n\n'
        made.append(
            Module(name, "standard", head + "\n".join(texts[start : start + _IN_ONE_MODULE]))
        )
    return made


def wrapper(name: str, entry: FunctionEntry, lang: Lang, workbook: Workbook) -> str:
    """The VBA function that a cell calls, as xlwings writes it, with real error values."""
    names = argument_names(entry, lang)
    declared = ", ".join(
        argument if param.required else f"Optional {argument}"
        for argument, param in zip(names, entry.params, strict=True)
    )
    call = (
        f'XLPy.CallUDF("{UDF_MODULE}", "{name}", Array({", ".join(names)}), '
        f"{workbook}, Application.Caller)"
    )
    return "\n".join(
        [
            f"Function {name}({declared})",
            "    If TypeOf Application.Caller Is Range Then On Error GoTo failed",
            f"    {name} = XlcrmResult({call})",
            "    Exit Function",
            "failed:",
            f"    {name} = XlcrmFailure(Err.Description)",
            "End Function",
            "",
        ]
    )


def texts_module() -> str:
    """The texts of the ribbon, in both languages."""
    lines = ['Attribute VB_Name = "XlcrmTexts"', "Option Explicit", "Option Private Module", ""]
    lines += _lookup("XlcrmControlText", "id As String", "id", _control_texts())
    lines += _lookup("XlcrmTemplateText", "index As Integer", "index", _template_texts())
    lines += [
        "Public Function XlcrmTemplateCount() As Integer",
        f"    XlcrmTemplateCount = {len(ribbon_templates())}",
        "End Function",
        "",
    ]
    return "\n".join(lines)


def _control_texts() -> Iterator[tuple[str, str]]:
    for control in ribbon_controls():
        for part, text in (("label", control.label), ("summary", control.summary)):
            for lang in LANGUAGES:
                yield f"{control.id}.{part}.{lang}", text.in_(lang)


def _template_texts() -> Iterator[tuple[str, str]]:
    for index, entry in enumerate(ribbon_templates()):
        for lang in LANGUAGES:
            yield f"{index}.name.{lang}", entry.name
            yield f"{index}.icon.{lang}", entry.icon
            yield f"{index}.label.{lang}", entry.label.in_(lang)
            yield f"{index}.summary.{lang}", entry.summary.in_(lang)


def _lookup(name: str, parameter: str, key: str, texts: Iterator[tuple[str, str]]) -> list[str]:
    lines = [
        f"Public Function {name}(ByVal {parameter}, ByVal part As String) As String",
        f'    Select Case {key} & "." & part & "." & XlcrmLanguage()',
    ]
    for place, text in texts:
        lines.append(f'        Case "{place}"')
        lines.append(f"            {name} = XlcrmDecode({literal(text)})")
    return [*lines, "    End Select", "End Function", ""]


def help_modules() -> list[Module]:
    """What describes the functions to the wizard, by their names in one language."""
    made = []
    calls: dict[Lang, list[str]] = {"fr": [], "en": []}
    for lang in LANGUAGES:
        entries = [(n, e) for n, e, of in function_names() if of == lang or e.en == e.fr]
        for start in range(0, len(entries), _IN_ONE_SUB):
            part = f"{lang.title()}{start // _IN_ONE_SUB + 1}"
            name = f"XlcrmHelp{part}"
            calls[lang].append(f"XlcrmDescribe{part}")
            lines = [f'Attribute VB_Name = "{name}"', "Option Explicit", "Option Private Module"]
            lines += ["", f"Public Sub XlcrmDescribe{part}()"]
            for function, entry in entries[start : start + _IN_ONE_SUB]:
                lines += _description(function, entry, lang)
            made.append(Module(name, "standard", "\n".join([*lines, "End Sub", ""])))
    lines = ['Attribute VB_Name = "XlcrmHelp"', "Option Explicit", "Option Private Module", ""]
    lines += ["Public Sub XlcrmDescribeAll()", '    If XlcrmLanguage() = "fr" Then']
    lines += [f"        {call}" for call in calls["fr"]]
    lines += ["    Else", *(f"        {call}" for call in calls["en"]), "    End If", "End Sub", ""]
    return [Module("XlcrmHelp", "standard", "\n".join(lines + _DESCRIBE)), *made]


def _description(name: str, entry: FunctionEntry, lang: Lang) -> list[str]:
    summary = literal(entry.summary.in_(lang))
    helps = [literal(param.help.in_(lang)) for param in entry.params]
    lines = [f'    XlcrmDescribe "{name}", _', f"        {summary}"]
    for text in helps:
        lines[-1] += ", _"
        lines.append(f"        {text}")
    return lines


_DESCRIBE = [
    "Public Sub XlcrmDescribe(ByVal name As String, ByVal summary As String, ParamArray helps())",
    "    Dim texts() As String, i As Long",
    "    On Error Resume Next",
    "    If UBound(helps) < 0 Then",
    '        Application.MacroOptions Macro:="\'" & ThisWorkbook.Name & "\'!" & name, '
    'Description:=XlcrmDecode(summary), Category:="xlcrm"',
    "    Else",
    "        ReDim texts(0 To UBound(helps))",
    "        For i = 0 To UBound(helps)",
    "            texts(i) = XlcrmDecode(helps(i))",
    "        Next i",
    '        Application.MacroOptions Macro:="\'" & ThisWorkbook.Name & "\'!" & name, '
    'Description:=XlcrmDecode(summary), Category:="xlcrm", ArgumentDescriptions:=texts',
    "    End If",
    "    Err.Clear",
    "End Sub",
    "",
]


def literal(text: str) -> str:
    """A VBA string of a text: ASCII, quotes doubled, other letters in braces.

    >>> literal('Numéro « "05" » {a}')
    '"Num{E9}ro {AB} ""05"" {BB} {7B}a}"'
    """
    coded = "".join(c if " " <= c <= "~" and c != "{" else f"{{{ord(c):X}}}" for c in text)
    return '"' + coded.replace('"', '""') + '"'


def _package_text(path: str) -> str:
    text = files("xlwings").joinpath(path).read_text("utf-8")
    return "\n".join(text.splitlines()) + "\n"


def _without_preamble(text: str) -> str:
    """A class without the lines (VERSION to END) that only an exported file has."""
    return text.partition("\nEND\n")[2]


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError as error:
        raise SourceError(
            fr=f"Source VBA introuvable : {path} ({error.strerror}).",
            en=f"VBA source not found: {path} ({error.strerror}).",
        ) from None


def too_long(text: str) -> list[int]:
    """The numbers of the lines that VBA would refuse for their length."""
    return [n for n, line in enumerate(text.splitlines(), 1) if len(line) > _LONGEST_LINE]
