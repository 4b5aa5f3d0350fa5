"""Write a template where the user wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlcrm.books.saving import building, free_path, in_the_way
from xlcrm.catalogue import TemplateEntry, Variant
from xlcrm.errors import RequestError, SourceError
from xlcrm.texts import Lang, listed, meant


def template_path(
    entry: TemplateEntry, lang: Lang, teacher: bool = False, variant: Variant | None = None
) -> str:
    """The file name of a template, or of a variant of it, in a language."""
    stem = entry.fr if lang == "fr" else entry.name
    if variant is not None:
        stem = f"{stem}-{variant.fr if lang == 'fr' else variant.name}"
    suffix = {"fr": "-formateur", "en": "-teacher"}[lang] if teacher else ""
    return f"{stem}{suffix}.xlsx"


def write_template(
    entry: TemplateEntry,
    output: str | Path | None,
    lang: Lang,
    *,
    teacher: bool = False,
    variant: str | None = None,
    force: bool = False,
) -> Path:
    """Write a template and give its path: as asked, else under a name that is free.

    Raises RequestError for a teacher's copy or a variant that the template does not have,
    SourceError where the file cannot be written, is asked to be no .xlsx, or is already there
    and not to be replaced by `force`.
    """
    if teacher and not entry.has_teacher_copy:
        raise RequestError(
            fr=f"Le modèle « {entry.fr} » n'a pas de version formateur.",
            en=f'Template "{entry.name}" has no teacher\'s copy.',
        )
    path = _place(Path(output) if output else Path(), template_path(entry, lang, teacher))
    if path.exists() and not force:
        raise in_the_way(path)
    arguments: dict[str, Any] = {}
    if variant is not None:
        arguments["variant"] = _variant(entry, variant)
    with building(path):
        entry.build(path, lang, teacher, **arguments)
    return path


def _place(wanted: Path, name: str) -> Path:
    if wanted.is_dir():
        return free_path(wanted / name)
    if not wanted.suffix:
        wanted = wanted.with_name(f"{wanted.name}.xlsx")
    if wanted.suffix.casefold() != ".xlsx":
        good = wanted.with_suffix(".xlsx").name
        raise SourceError(
            fr=f"Un modèle est un fichier .xlsx : donnez {good} au lieu de {wanted.name}.",
            en=f"A template is an .xlsx file: give {good} in the place of {wanted.name}.",
        )
    return wanted


def _variant(entry: TemplateEntry, written: str) -> str:
    for variant in entry.variants:
        if written.casefold() in (variant.name, variant.fr):
            return variant.name
    raise RequestError(
        fr=f"Le modèle « {entry.fr} » n'a pas d'exemple « {written} » ; il y a : "
        f"{listed(v.fr for v in entry.variants) or '(aucun)'}."
        + meant(written, [v.fr for v in entry.variants]),
        en=f'Template "{entry.name}" has no example "{written}"; there are: '
        f"{listed(v.name for v in entry.variants) or '(none)'}."
        + meant(written, [v.name for v in entry.variants], "en"),
    )
