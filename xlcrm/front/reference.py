"""The reference of functions, commands and templates, written from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm.catalogue import (
    FUNCTIONS,
    GROUPS,
    TEMPLATES,
    FunctionEntry,
    Param,
    Shape,
    commands_in_order,
)
from xlcrm.front.examples import example_of
from xlcrm.texts import LANGUAGES, Lang, Text

NAMES = {"fr": "docs/reference.fr.md", "en": "docs/reference.md"}
_SHAPES = {
    Shape.EACH: Text(fr="cellule ou plage", en="cell or range"),
    Shape.ONE: Text(fr="une valeur", en="one value"),
    Shape.LIST: Text(fr="liste de cellules", en="list of cells"),
    Shape.TABLE: Text(fr="tableau", en="table"),
}


def references() -> dict[str, str]:
    """The path and the text of the reference in each language."""
    return {NAMES[lang]: reference(lang) for lang in LANGUAGES}


def write_references(folder: Path) -> list[Path]:
    """Write the references below a folder, and give their paths."""
    paths = []
    for name, text in references().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def reference(lang: Lang) -> str:
    """The whole reference in one language, as Markdown."""
    return "\n".join(_lines(lang)) + "\n"


def _lines(lang: Lang) -> Iterator[str]:
    yield _t(lang, "# Référence de xlcrm", "# Reference of xlcrm")
    yield ""
    yield _t(
        lang,
        "Cette page est écrite par `xlcrm build` à partir du catalogue ; chaque fonction porte son "
        "nom français et son nom anglais, les deux marchent toujours.",
        "This page is written by `xlcrm build` from the catalogue; every function has its English "
        "and its French name, both always work.",
    )
    yield ""
    yield _t(lang, "## Fonctions", "## Functions")
    for group, label in GROUPS.items():
        of_group = [e for e in FUNCTIONS.values() if e.group == group]
        if of_group:
            yield from ("", f"### {label.in_(lang)}", "")
        for entry in sorted(of_group, key=lambda e: e.fr if lang == "fr" else e.en):
            yield from _function(entry, lang)
    yield _t(lang, "## Commandes", "## Commands")
    yield ""
    for command in commands_in_order():
        names = (command.fr, command.name) if lang == "fr" else (command.name, command.fr)
        yield f"**{command.label.in_(lang)}** – `xlcrm run {names[0]}` (`{names[1]}`)  "
        yield command.summary.in_(lang)
        yield ""
        yield from _rows(
            (o.fr if lang == "fr" else o.name, "", o.help.in_(lang)) for o in command.options
        )
    yield _t(lang, "## Modèles", "## Templates")
    yield ""
    for template in TEMPLATES.values():
        name = template.fr if lang == "fr" else template.name
        yield f"**{template.label.in_(lang)}** – `xlcrm template {name}`  "
        yield template.summary.in_(lang)
        variants = [v.fr if lang == "fr" else v.name for v in template.variants]
        if variants:
            yield _t(lang, "Exemples : ", "Examples: ") + ", ".join(f"`{v}`" for v in variants)
        yield ""


def _function(entry: FunctionEntry, lang: Lang) -> Iterator[str]:
    name, other = (entry.fr, entry.en) if lang == "fr" else (entry.en, entry.fr)
    sign = _t(lang, " ; ", ", ")
    arguments = sign.join(_argument(p, lang) for p in entry.params)
    same = "" if name == other else f" – `{other}`"
    yield f"**`={name}({arguments})`**{same}  "
    yield entry.summary.in_(lang)
    yield ""
    yield from _rows(
        (
            p.fr if lang == "fr" else p.name,
            _SHAPES[p.shape].in_(lang),
            p.help.in_(lang),
        )
        for p in entry.params
    )
    if found := example_of(entry, lang):
        holds = "".join(f" · {place} : {cells}" for place, cells in found.ranges.items())
        yield f"{_t(lang, 'Exemple', 'Example')} : `={found.formula}` → {found.shown}{holds}"
        yield ""


def _argument(param: Param, lang: Lang) -> str:
    name = param.fr if lang == "fr" else param.name
    return name if param.required else f"[{name}]"


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    listed = list(rows)
    for name, shape, text in listed:
        yield f"- `{name}`{f' ({shape})' if shape else ''} : {text}"
    if listed:
        yield ""


def _t(lang: Lang, fr: str, en: str) -> str:
    return en if lang == "en" else fr
