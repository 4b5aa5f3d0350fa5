"""The workbooks that commands write beside a base, and which of them somebody has worked in."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from pathlib import Path, PurePath

from xlcrm.books.saving import is_untouched_result
from xlcrm.commands.job import Job
from xlcrm.templates.builder import AUTHOR, CREATED
from xlcrm.texts import LANGUAGES, Text

# What the name of the base is followed by.
_SUFFIXES = {
    "treasury": Text(fr="tresorerie", en="treasury"),
    "marketing": Text(fr="budget-marketing", en="marketing-budget"),
    "prospecting": Text(fr="plan-prospection", en="prospecting-plan"),
    "dashboard": Text(fr="tableau-de-bord", en="dashboard"),
}
_AUTHOR = re.compile(rf"<dc:creator\b[^>]*>{AUTHOR}<".encode())
# How the properties of a template end; a program that saves it writes its own, and the time.
_TIME = f'xsi:type="dcterms:W3CDTF">{CREATED:%Y-%m-%dT%H:%M:%SZ}</dcterms:'
_AS_WRITTEN = (
    f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy><dcterms:created {_TIME}created>"
    f"<dcterms:modified {_TIME}modified></cp:coreProperties>"
).encode()
_UNDATED = (1980, 1, 1, 0, 0, 0)


def companion_name(job: Job, kind: str) -> str:
    """The file that goes with the results; one of ours keeps its name."""
    stem, suffix = PurePath(job.book.name).stem, _SUFFIXES[kind].in_(job.lang)
    return f"{stem}.xlsx" if stem.endswith(suffix) else f"{stem}-{suffix}.xlsx"


def drop_companions(path: Path) -> tuple[list[str], list[str]]:
    """Remove what commands wrote beside a workbook with results, such as `base-tresorerie.xlsx`.

    Gives the names of the files that went, and of those that stay: open, or saved since.
    """
    gone: list[str] = []
    kept: list[str] = []
    stems = {path.stem, re.sub(r"-xlcrm(-\d+)?$", "", path.stem)}
    for beside in sorted(path.parent.glob("*.xlsx")):
        if beside.stem in stems or not _may_belong(beside.stem, stems):
            continue
        core = _core(beside)
        if _AUTHOR.search(core):
            has_results = is_untouched_result(beside)  # a command was run on it
            stays = has_results or not _as_written(beside, core) or not _removed(beside)
            (kept if stays else gone).append(beside.name)
    return gone, kept


def _core(path: Path) -> bytes:
    with suppress(OSError, KeyError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        return archive.read("docProps/core.xml")
    return b""


def _as_written(path: Path, core: bytes) -> bool:
    """Whether no program has saved a template: one that leaves the properties dates the parts."""
    with zipfile.ZipFile(path) as archive:
        is_dated = any(part.date_time != _UNDATED for part in archive.infolist())
    return core.endswith(_AS_WRITTEN) and not is_dated


def _removed(path: Path) -> bool:
    with suppress(OSError):
        path.unlink()
        return True
    return False


def _may_belong(name: str, stems: set[str]) -> bool:
    """Whether a name is that of a companion, or of a second one: `base-tresorerie-2`."""
    plain = re.sub(r"-\d+$", "", name)
    suffixes = [text.in_(lang) for text in _SUFFIXES.values() for lang in LANGUAGES]
    return any(
        plain == f"{stem}-{suffix}" or (plain == stem and stem.endswith(suffix))
        for stem in stems
        for suffix in suffixes
    )
