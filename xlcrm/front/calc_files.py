"""The files of the LibreOffice extension that the catalogue writes: types, names, menu, toolbar.

LibreOffice reads the text of `functions.idl` as it stands: no compiler is needed. A function is a
method of its own name; its texts stand in CalcAddIns.xcu in both languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm import __version__
from xlcrm.catalogue import FUNCTIONS, FunctionEntry, Param
from xlcrm.front.ribbon_layout import Control, ribbon_groups, ribbon_templates
from xlcrm.texts import LANGUAGES, Lang, Text

IDENTIFIER = "org.xlcrm.calc"
ADDIN = f"{IDENTIFIER}.AddIn"
PROTOCOL = f"{IDENTIFIER}:"
TOOLBAR = f"{IDENTIFIER}.toolbar"
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_SCHEMA = (
    'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)
RELINK = Control(
    "xlcrm_tool_relink",
    Text(fr="Relier les fonctions", en="Link the functions"),
    Text(
        fr="Remet en marche les formules de xlcrm d'un classeur venu d'Excel.",
        en="Brings the xlcrm formulas of a workbook from Excel back to work.",
    ),
    task="relink",
)


def names() -> Iterator[tuple[str, FunctionEntry, Lang]]:
    """Every name that a cell may use, with its entry and its language."""
    for entry in sorted(FUNCTIONS.values(), key=lambda e: e.en):
        yield entry.en, entry, "en"
        if entry.fr != entry.en:
            yield entry.fr, entry, "fr"


def idl() -> str:
    """The interface of the add-in, in UNO's own language."""
    rows = "sequence< sequence< any > >"
    methods = [
        f"    {rows} {name}( "
        + ", ".join(f"[in] any a{n}" for n, _ in enumerate(entry.params, 1))
        + " );"
        for name, entry, _ in names()
    ]
    return "\n".join(
        [
            "module org { module xlcrm { module calc {",
            "interface XFunctions : com::sun::star::uno::XInterface",
            "{",
            *methods,
            "};",
            "}; }; };",
            "",
        ]
    )


def calc_add_ins() -> str:
    """Names, descriptions and arguments of the functions, for the wizard."""
    functions = "\n".join(_function(name, entry, lang) for name, entry, lang in names())
    inner = f'<node oor:name="{ADDIN}" oor:op="replace">{_node("AddInFunctions", functions)}</node>'
    return _component("CalcAddIns", "org.openoffice.Office", _node("AddInInfo", inner))


def _function(name: str, entry: FunctionEntry, lang: Lang) -> str:
    other = entry.en if lang == "fr" else entry.fr
    summary = entry.summary
    if other != name:
        summary = Text(fr=f"{summary.fr} (= {other})", en=f"{summary.en} (= {other})")
    params = "".join(_param(n, p) for n, p in enumerate(entry.params, 1))
    return (
        f'<node oor:name="{name}" oor:op="replace">'
        f"{_value('DisplayName', name)}{_values('Description', summary)}"
        f"{_value('Category', 'Add-In')}"
        '<prop oor:name="CompatibilityName"><value xml:lang="en-US">'
        f"{name}</value></prop>{_node('Parameters', params)}</node>"
    )


def _param(position: int, param: Param) -> str:
    label = Text(fr=param.fr, en=param.name)
    return (
        f'<node oor:name="a{position}" oor:op="replace">{_values("DisplayName", label)}'
        f"{_values('Description', param.help)}</node>"
    )


def protocol_handler() -> str:
    handler = (
        f'<node oor:name="{IDENTIFIER}.Commands" oor:op="replace">'
        f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop>'
        "</node>"
    )
    return _component("ProtocolHandler", "org.openoffice.Office", _node("HandlerSet", handler))


def jobs() -> str:
    """What runs when a document is opened or saved."""
    job = f'<node oor:name="{IDENTIFIER}.Events" oor:op="replace">'
    job += f"{_value('Service', f'{IDENTIFIER}.Events')}</node>"
    events = "".join(
        f'<node oor:name="{event}" oor:op="fuse"><node oor:name="JobList">'
        f'<node oor:name="{IDENTIFIER}.Events" oor:op="replace"/></node></node>'
        for event in ("OnLoad", "OnSaveDone", "OnSaveAsDone", "OnCopyToDone")
    )
    return _component("Jobs", "org.openoffice.Office", _node("Jobs", job) + _node("Events", events))


def addons() -> str:
    """The menu xlcrm, with a submenu for each group, and the toolbar."""
    groups = [
        (group.head.label, _buttons(group.buttons) if group.buttons else _templates())
        for group in ribbon_groups()
    ]
    tools, last = groups[-1]
    groups[-1] = (tools, [*last, _button(RELINK)])
    submenus = "".join(
        _entry(f"N{n:02}", _values("Title", label) + _node("Submenu", _numbered(buttons)))
        for n, (label, buttons) in enumerate(groups, 1)
    )
    menu = (
        f'<node oor:name="{IDENTIFIER}" oor:op="replace">{_value("Title", "xlcrm")}'
        f"{_value('Context', _SPREADSHEET)}{_node('Submenu', submenus)}</node>"
    )
    toolbar = f'<node oor:name="{TOOLBAR}" oor:op="replace">{_numbered(_bar())}</node>'
    inner = _node("OfficeMenuBar", menu) + _node("OfficeToolBar", toolbar)
    return _component("Addons", "org.openoffice.Office", _node("AddonUI", inner))


def _bar() -> list[str]:
    """The buttons of the toolbar, with a line between the groups."""
    found: list[str] = []
    for group in ribbon_groups():
        if group.buttons:
            found += ([_value("URL", "private:separator")] if found else []) + _buttons(
                group.buttons
            )
    return found


def window_state() -> str:
    """The toolbar stands below those of Calc; LibreOffice alone would let it float."""
    props = (
        '<prop oor:name="Docked"><value>true</value></prop>'
        '<prop oor:name="DockingArea"><value>0</value></prop>'
        '<prop oor:name="DockPos"><value>0,3</value></prop>'
        '<prop oor:name="Visible"><value>true</value></prop>'
        f"{_value('UIName', 'xlcrm')}"
    )
    state = f'<node oor:name="private:resource/toolbar/addon_{TOOLBAR}" oor:op="replace">'
    inner = _node("States", f"{state}{props}</node>")
    return _component("CalcWindowState", "org.openoffice.Office.UI", _node("UIElements", inner))


def labels() -> str:
    """What each button says, for the list of what can be undone."""
    found = {
        button.task: {lang: button.label.in_(lang) for lang in LANGUAGES}
        for group in ribbon_groups()
        for button in group.buttons
    }
    return json.dumps(found, ensure_ascii=False, indent=0)


def _buttons(controls: Sequence[Control]) -> list[str]:
    return [_button(control) for control in controls]


def _button(control: Control) -> str:
    return (
        f"{_value('URL', PROTOCOL + control.task)}{_values('Title', control.label)}"
        f"{_value('Target', '_self')}{_value('Context', _SPREADSHEET)}"
    )


def _templates() -> list[str]:
    return [
        f"{_value('URL', f'{PROTOCOL}template:{entry.name}')}{_values('Title', entry.label)}"
        f"{_value('Target', '_self')}{_value('Context', _SPREADSHEET)}"
        for entry in ribbon_templates()
    ]


def _numbered(entries: Sequence[str]) -> str:
    """Nodes in their order: LibreOffice sorts them by name."""
    return "".join(_entry(f"N{n:03}", entry) for n, entry in enumerate(entries, 1))


def _entry(name: str, content: str) -> str:
    return f'<node oor:name="{name}" oor:op="replace">{content}</node>'


def description() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:d="http://openoffice.org/extensions/description/2006">\n'
        f'<identifier value="{IDENTIFIER}"/><version value="{__version__}"/>\n'
        '<dependencies><OpenOffice.org-minimal-version value="4.1" d:name="LibreOffice 7.4"/>'
        "</dependencies>\n"
        '<display-name><name lang="en">xlcrm: customer base and budgets</name>'
        '<name lang="fr">xlcrm : base clients et budgets</name></display-name>\n'
        "</description>\n"
    )


def manifest() -> str:
    kinds = {
        "functions.idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
        "xlcrm_component.py": "application/vnd.sun.star.uno-component;type=Python",
        "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
        "ProtocolHandler.xcu": "application/vnd.sun.star.configuration-data",
        "Jobs.xcu": "application/vnd.sun.star.configuration-data",
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        "CalcWindowState.xcu": "application/vnd.sun.star.configuration-data",
    }
    entries = "\n".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in kinds.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n'
        f"{entries}\n</manifest:manifest>\n"
    )


def _component(name: str, package: str, content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:component-data {_SCHEMA} oor:name="{name}" oor:package="{package}">'
        f"{content}</oor:component-data>\n"
    )


def _node(name: str, content: str) -> str:
    return f'<node oor:name="{name}">{content}</node>'


def _value(name: str, value: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(value)}</value></prop>'


def _values(name: str, text: Text) -> str:
    """A text in both languages; English is also what other languages see."""
    values = "".join(
        f'<value xml:lang="{lang}">{escape(text.in_(lang))}</value>' for lang in LANGUAGES
    )
    return f'<prop oor:name="{name}">{values}</prop>'
