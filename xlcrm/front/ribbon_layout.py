"""The ribbon, as data: groups in the order of the work, each with its buttons.

Commands and templates come from the catalogue; only the tools that no command is stand here. The
labels are no part of the XML: a VBA table gives them in the language of Office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

from xlcrm.catalogue import GROUPS, TEMPLATES, Option, TemplateEntry, commands_in_order
from xlcrm.texts import Lang, Text

Need = Literal["data", "result", ""]
_HOLE = "<!-- groups -->"
_LONGEST_QUESTION = 1000  # an InputBox shows about 1,024 characters
_INDENT = " " * 8


@dataclass(frozen=True, slots=True)
class Control:
    """A button or a group. `task` is what xlcrm.front.ribbon runs."""

    id: str
    label: Text
    summary: Text
    icon: str = ""
    task: str = ""
    needs: Need = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    head: Control
    buttons: tuple[Control, ...]


TOOLS: tuple[Control, ...] = (
    Control(
        "xlcrm_tool_undo",
        Text(fr="Annuler le résultat", en="Undo the result"),
        Text(
            fr="Supprime les feuilles que xlcrm a écrites dans ce classeur. Vos feuilles et vos "
            "réglages restent.",
            en="Removes the sheets that xlcrm wrote in this workbook. Your own sheets and your "
            "settings stay.",
        ),
        "Undo",
        "undo",
        "result",
    ),
    Control(
        "xlcrm_tool_journal",
        Text(fr="Journal", en="Journal"),
        Text(
            fr="Montre ce que xlcrm a corrigé, cellule par cellule, et selon quelle règle.",
            en="Shows what xlcrm corrected, cell by cell, and by which rule.",
        ),
        "ReviewTrackChangesMenu",
        "journal",
        "result",
    ),
    Control(
        "xlcrm_tool_why",
        Text(fr="Pourquoi ?", en="Why?"),
        Text(
            fr="Explique en une phrase la cellule sélectionnée : un score, une correction, un "
            "doublon, une valeur d'erreur.",
            en="Explains the selected cell in a sentence: a score, a correction, a duplicate, an "
            "error value.",
        ),
        "ErrorChecking",
        "why",
        "data",
    ),
    Control(
        "xlcrm_tool_help",
        Text(fr="Aide", en="Help"),
        Text(
            fr="Ouvre la liste des fonctions et des boutons, avec leurs exemples.",
            en="Opens the list of functions and buttons, with their examples.",
        ),
        "Help",
        "help",
    ),
    Control(
        "xlcrm_tool_doctor",
        Text(fr="Diagnostic", en="Check-up"),
        Text(
            fr="Vérifie l'installation de xlcrm et dit quoi faire si quelque chose manque.",
            en="Checks the installation of xlcrm and says what to do where something is missing.",
        ),
        "FileCompatibilityChecker",
        "doctor",
    ),
)
_TEMPLATES = Control(
    "xlcrm_group_templates",
    Text(fr="Modèles", en="Templates"),
    Text(
        fr="Ouvre un classeur prêt à l'emploi, à remplir : budgets, trésorerie, campagnes.",
        en="Opens a ready-made workbook to fill in: budgets, treasury, campaigns.",
    ),
    "TableInsertExcel",
)
GALLERY = Control("xlcrm_templates", _TEMPLATES.label, _TEMPLATES.summary, _TEMPLATES.icon)


def ribbon_groups() -> list[Group]:
    """The groups with their buttons; the gallery of templates stands before the tools."""
    commands: dict[str, list[Control]] = {group: [] for group in GROUPS}
    for entry in commands_in_order():
        commands[entry.group].append(
            Control(
                f"xlcrm_{entry.name.replace('-', '_')}",
                entry.label,
                entry.summary,
                entry.icon,
                entry.name,
                "data",
                entry.options,
            )
        )
    groups = [
        Group(Control(f"xlcrm_group_{key}", label, label), tuple(commands[key]))
        for key, label in GROUPS.items()
        if commands[key] and key != "tools"
    ]
    if TEMPLATES:
        groups.append(Group(_TEMPLATES, ()))
    tools = Control("xlcrm_group_tools", GROUPS["tools"], GROUPS["tools"])
    return [*groups, Group(tools, (*commands["tools"], *TOOLS))]


def ribbon_controls() -> list[Control]:
    """Everything that has a label: groups, buttons, the gallery, the entries for options."""
    controls = []
    for group in ribbon_groups():
        controls.append(group.head)
        controls.extend(group.buttons or (GALLERY,))
    return controls + [options_entry(c) for c in controls if c.options]


def options_entry(control: Control) -> Control:
    """The entry below a button that asks for options; its summary is the question."""
    return Control(
        f"{control.id}_options",
        Text(fr="Avec des options…", en="With options…"),
        Text(fr=_question(control, "fr"), en=_question(control, "en")),
        control.icon,
        control.task,
        control.needs,
    )


def _question(control: Control, lang: Lang) -> str:
    """What the box asks: the options with their usual values, in at most 1,000 characters."""
    head = Text(
        fr="{label} : options, séparées par « ; », par exemple {example}",
        en='{label}: options, separated by ";", such as {example}',
    )
    names = [o.fr if lang == "fr" else o.name for o in control.options]
    lines = [
        f"- {name}{_usual(option)} : {option.help.in_(lang)}"
        for name, option in zip(names, control.options, strict=True)
    ]
    example = f"{names[0]}={control.options[0].default or '…'}"
    question = head.format(label=control.label, example=example).in_(lang)
    return "\n".join([question, "", *lines])[:_LONGEST_QUESTION]


def _usual(option: Option) -> str:
    return f" ({option.default})" if option.default else ""


def ribbon_templates() -> list[TemplateEntry]:
    """The templates in the order of the gallery: by group, then as declared."""
    ranks = {group: rank for rank, group in enumerate(GROUPS)}
    return sorted(TEMPLATES.values(), key=lambda entry: ranks[entry.group])


def ribbon_xml(frame: str) -> str:
    """The customUI14 part: `frame` with the groups in its hole."""
    lines = []
    for group in ribbon_groups():
        lines.append(f'<group id={quoteattr(group.head.id)} getLabel="XlcrmGetLabel">')
        lines += [f"  {_button(button)}" for button in group.buttons] or [f"  {_gallery()}"]
        lines.append("</group>")
    return frame.replace(_HOLE, f"\n{_INDENT}".join(lines))


def _button(control: Control) -> str:
    if not control.options:
        return _plain_button(control, 'size="large" ', "XlcrmOnAction")
    entry = _plain_button(options_entry(control), "", "XlcrmOnOptions")
    return (
        f'<splitButton id="{control.id}_split" size="large" getEnabled="XlcrmGetEnabled" '
        f"tag={quoteattr(_tag(control))}>{_plain_button(control, '', 'XlcrmOnAction')}"
        f'<menu id="{control.id}_menu">{entry}</menu></splitButton>'
    )


def _plain_button(control: Control, size: str, action: str) -> str:
    return (
        f"<button id={quoteattr(control.id)} tag={quoteattr(_tag(control))} "
        f"imageMso={quoteattr(control.icon)} {size}{_TEXTS} "
        f'getEnabled="XlcrmGetEnabled" onAction="{action}"/>'
    )


def _tag(control: Control) -> str:
    return f"{control.task}:{control.needs}"


def _gallery() -> str:
    return (
        f'<gallery id="{GALLERY.id}" imageMso="{GALLERY.icon}" size="large" columns="1" '
        f'{_TEXTS} getItemCount="XlcrmGetItemCount" getItemImage="XlcrmGetItemImage" '
        'getItemID="XlcrmGetItemID" getItemLabel="XlcrmGetItemLabel" '
        'getItemSupertip="XlcrmGetItemSupertip" onAction="XlcrmOnTemplate"/>'
    )


_TEXTS = 'getLabel="XlcrmGetLabel" getScreentip="XlcrmGetScreentip" getSupertip="XlcrmGetSupertip"'
