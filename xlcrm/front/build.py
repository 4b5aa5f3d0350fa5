"""xlcrm build: the delivered files, made from code; with `--check` they are only compared.

The add-in, every template in both languages with its twin with macros, and the reference. The
same sources give the same files, so that a test can hold what is delivered against the code.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm.catalogue import TEMPLATES, TemplateEntry
from xlcrm.errors import SourceError
from xlcrm.front.addin import addin_bytes, with_macros
from xlcrm.front.macro_check import check_macros
from xlcrm.front.package import read_parts
from xlcrm.front.places import ADDIN
from xlcrm.front.reference import references
from xlcrm.front.templates import template_path
from xlcrm.texts import LANGUAGES, Lang, Text

Maker = Callable[[], bytes]
_WORKBOOKS = ("workbooks/fr", "workbooks/en")


def build_all(folder: Path, lang: Lang = "fr", check: bool = False) -> int:
    """Build everything below a folder, or compare it; 1 where a file is missing or differs."""
    made = dict(deliverables())
    wrong = [name for name, make in made.items() if not _treat(folder / name, make(), check)]
    stale = sorted(str(p.relative_to(folder).as_posix()) for p in _leftovers(folder, set(made)))
    if not check:
        for name in stale:
            (folder / name).unlink()
        text = Text(
            fr="{n} fichier(s) construit(s) dans {folder}", en="{n} file(s) built in {folder}"
        )
        print(text.format(n=len(made), folder=folder).in_(lang))
        return 0
    for name in wrong:
        text = Text(
            fr="{name} n'est pas à jour : lancez « xlcrm build ».",
            en='{name} is not up to date: run "xlcrm build".',
        )
        print(text.format(name=name).in_(lang))
    for name in stale:
        print(Text(fr="{name} est en trop.", en="{name} is left over.").format(name=name).in_(lang))
    return int(bool(wrong or stale))


def deliverables() -> Iterator[tuple[str, Maker]]:
    """Every delivered file: its path, and what makes its bytes."""
    yield f"macros/{ADDIN}", checked_addin
    for entry in TEMPLATES.values():
        for lang in LANGUAGES:
            yield from _workbooks(entry, lang)
    for name, text in references().items():
        yield name, text.encode


def checked_addin() -> bytes:
    """The add-in, once the linter has found nothing that Excel would refuse."""
    content = addin_bytes()
    if problems := check_macros(read_parts(content), ".xlam"):
        raise SourceError(
            fr="Excel refuserait le complément : {problems}",
            en="Excel would refuse the add-in: {problems}",
            problems="; ".join(problems),
        )
    return content


def _workbooks(entry: TemplateEntry, lang: Lang) -> Iterator[tuple[str, Maker]]:
    def plain(teacher: bool = False, variant: str | None = None) -> bytes:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / template_path(entry, lang, teacher)
            entry.build(path, lang, teacher, **({"variant": variant} if variant else {}))
            return path.read_bytes()

    path = f"workbooks/{lang}/{template_path(entry, lang)}"
    first = cache(plain)
    yield path, first
    yield path.removesuffix(".xlsx") + ".xlsm", lambda: with_macros(first())
    for variant in entry.variants[1:]:
        name = template_path(entry, lang, variant=variant)
        yield f"workbooks/{lang}/{name}", partial(plain, variant=variant.name)
    if entry.has_teacher_copy:
        yield f"workbooks/{lang}/{template_path(entry, lang, True)}", partial(plain, True)


def _treat(path: Path, content: bytes, check: bool) -> bool:
    """Write a file, or tell whether it is as it should be."""
    if check:
        return same_content(path.read_bytes() if path.exists() else b"", content)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise SourceError(
            fr="{path} ne peut pas être écrit ({why}).",
            en="{path} cannot be written ({why}).",
            path=path,
            why=error.strerror or error,
        ) from None
    return True


def same_content(one: bytes, other: bytes) -> bool:
    """Whether two files say the same; of workbooks, part by part, however they are compressed."""
    if one == other:
        return True
    try:
        return read_parts(one) == read_parts(other)
    except zipfile.BadZipFile:
        return False


def _leftovers(folder: Path, made: set[str]) -> Iterator[Path]:
    """Workbooks that no template makes any more."""
    for name in _WORKBOOKS:
        for path in (folder / name).glob("*.xls[xm]"):
            if f"{name}/{path.name}" not in made:
                yield path
