"""Where results go on disk: never over a user's work, and never half written."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from xlcrm.books.opening import ENDINGS
from xlcrm.errors import SourceError

_OWN_PART = "xl/worksheets/xlcrm"  # a spreadsheet program that saves the file renames it


def choose_output(path: Path, wanted: Path | None, ending: str, force: bool = False) -> Path:
    """Where the results go: as asked, else beside the source.

    Raises SourceError before any work is done for a place that is asked for and cannot be used,
    or holds another workbook than the source or a result that nobody has saved since; with
    `force`, that one is replaced.
    """
    if wanted is not None:
        _check_name(wanted)
    if wanted is None or wanted.is_dir():
        return _free_output(path, wanted or path.parent, ending)
    if not wanted.parent.is_dir():
        raise cannot_write(wanted, FileNotFoundError(errno.ENOENT, ""))
    if not os.access(wanted.parent, os.W_OK):
        raise cannot_write(wanted, PermissionError(errno.EACCES, ""))
    if not wanted.suffix:
        wanted = wanted.with_name(wanted.name + ending)
    if wanted.suffix.casefold() != ending:
        good = wanted.with_suffix(ending).name
        raise SourceError(
            fr=f"Le résultat de {path.name} doit être un fichier {ending} : donnez par exemple "
            f"{good} au lieu de {wanted.name}.",
            en=f"The result of {path.name} must be an {ending} file: give for instance {good} "
            f"in the place of {wanted.name}.",
        )
    if wanted.exists() and not (force or is_untouched_result(wanted) or _same(wanted, path)):
        raise in_the_way(wanted)
    return wanted


def _check_name(wanted: Path) -> None:
    try:
        wanted.stat()
    except (OSError, ValueError) as error:  # a name too long, a null in it
        if isinstance(error, OSError) and error.errno not in (errno.ENAMETOOLONG, errno.EINVAL):
            return  # not there yet, say
        short = f"{wanted.name[:40]}…".replace("\0", "")
        raise SourceError(
            fr=f"« {short} » ne peut pas être le nom d'un fichier. Donnez un nom plus court, sans "
            "caractère spécial.",
            en=f'"{short}" cannot be the name of a file. Give a shorter name, without '
            "special characters.",
        ) from None


def in_the_way(wanted: Path) -> SourceError:
    """Why a file that somebody may have worked in is not replaced."""
    return SourceError(
        fr=f"{wanted.name} existe déjà ; ce n'est pas un résultat de xlcrm, ou il a été modifié "
        "depuis : il n'est pas remplacé. Donnez un autre nom après -o, ou ajoutez --force pour le remplacer.",
        en=f"{wanted.name} already exists; it is no result of xlcrm, or was changed since: it is "
        "not replaced. Give another name after -o, or add --force to replace it.",
    )


def _stem(path: Path) -> str:
    return re.sub(r"-xlcrm(-\d+)?$", "", path.stem)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _free_output(path: Path, folder: Path, ending: str) -> Path:
    """`<name>-xlcrm.xlsx`; with a number where a user's work stands under that name.

    Of base.xlsx, base.ods and base.csv in a folder, the last two give base-ods-xlcrm.xlsx and
    base-csv-xlcrm.xlsx.
    """
    stem = _stem(path)
    kind = path.suffix.casefold()
    if kind not in (".xlsx", ".xlsm") and _has_twin(path):
        stem += f"-{kind[1:]}"
    number = 1
    while True:
        output = folder / f"{stem}-xlcrm{f'-{number}' if number > 1 else ''}{ending}"
        if not _same(output, path) and (not output.exists() or is_untouched_result(output)):
            return output
        number += 1


def _has_twin(path: Path) -> bool:
    """True beside another workbook or table of the same name."""
    alike = (p for p in path.parent.iterdir() if p.stem == path.stem and p != path)
    return any(p.suffix.casefold() in ENDINGS for p in alike)


def is_untouched_result(output: Path) -> bool:
    """True for a result that nobody has saved since xlcrm wrote it."""
    try:
        with zipfile.ZipFile(output) as archive:
            return any(name.startswith(_OWN_PART) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


@contextmanager
def replacing(output: Path) -> Iterator[IO[bytes]]:
    """A stream to a temporary file that takes the place of the output when all went well."""
    temporary = None
    try:
        number, temporary = tempfile.mkstemp(".tmp", f".{output.stem[:40]}-", output.parent)
        with os.fdopen(number, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(output))
        os.replace(temporary, output)
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise cannot_write(output, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _mode(output: Path) -> int:
    """The rights of the file that is replaced, else those of any new file."""
    try:
        return output.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def cannot_write(output: Path, error: OSError) -> SourceError:
    """Why a file could not be saved, and what to do, in a sentence."""
    folder = output.parent.resolve()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        fr = f"le disque est plein ({folder}). Faites de la place, puis relancez."
        en = f"the disk is full ({folder}). Make room, then try again."
    elif error.errno == errno.EFBIG:
        fr = f"il serait plus gros que ce que ce disque accepte ({folder}). Choisissez-en un autre."
        en = f"it would be larger than this disk allows ({folder}). Choose another one."
    elif isinstance(error, FileNotFoundError) and not folder.is_dir():
        fr = f"le dossier {folder} n'existe pas. Créez-le, ou donnez un autre nom de sortie."
        en = f"the folder {folder} does not exist. Create it, or give another output name."
    elif isinstance(error, (PermissionError, FileNotFoundError)) or error.errno == errno.EROFS:
        fr = (
            "il est ouvert dans un autre programme, ou vous n'avez pas le droit d'écrire dans "
            f"{folder}. Fermez-le, ou donnez une sortie dans un autre dossier."
        )
        en = (
            f"it is open in another program, or you may not write to {folder}. Close it, or give "
            "an output in another folder."
        )
    else:
        fr = f"le disque a refusé l'écriture ({folder} : {error.strerror or error})."
        en = f"the disk refused to write ({folder}: {error.strerror or error})."
    return SourceError(
        fr=f"{output.name} n'a pas pu être enregistré : {fr}",
        en=f"{output.name} could not be saved: {en}",
    )


@contextmanager
def building(path: Path) -> Iterator[None]:
    """What XlsxWriter raises where a new workbook cannot be saved, as a sentence."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as error:
        raise cannot_write(path, error.args[0]) from None
    except OSError as error:
        raise cannot_write(path, error) from None


def free_path(wanted: Path) -> Path:
    """A path under which nothing stands yet: the one wanted, or with a number."""
    found, number = wanted, 1
    while found.exists():
        number += 1
        found = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return found


def free_result(wanted: Path) -> Path:
    """A place for a result: the one wanted, or with a number where a user has worked in it."""
    return wanted if is_untouched_result(wanted) else free_path(wanted)


def attach_beside(path: Path, name: str, content: bytes) -> str:
    """Save a new file in the folder of another, under a name that is free there.

    Raises SourceError where nothing can be written.
    """
    target = free_path(path.parent / name)
    with replacing(target) as stream:
        stream.write(content)
    return str(target)
