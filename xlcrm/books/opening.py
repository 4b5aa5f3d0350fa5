"""What a file is, by its content, and whether it can be read at all."""

from __future__ import annotations

import difflib
import unicodedata
import zipfile
from enum import Enum
from pathlib import Path

from xlcrm.errors import SourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".tab")
_PACKAGE_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods")
ENDINGS = (*_PACKAGE_ENDINGS, ".xls", *_TEXT_ENDINGS)
_MOST_BYTES = 4 << 30  # of all parts together, unpacked: a million rows take about 1 GB
# A part beyond this size that shrinks more than this is no sheet: a million equal rows shrink
# about 40 times, a bomb about 1000 times.
_SUSPECT_BYTES, _SUSPECT_RATIO = 64 << 20, 250


class Format(Enum):
    """How the content of a file is read."""

    OOXML = "ooxml"  # .xlsx .xlsm: a package that results can be added to
    VALUES = "values"  # .xls .xlsb .ods: values only
    TEXT = "text"  # .csv .txt .tsv
    HTML = "html"  # a web page that was named .xls


def recognise(path: Path) -> Format:
    """What a file is. Raises SourceError for everything that cannot be read."""
    check_there(path)
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise _error(
            path,
            f"n'est pas un classeur que xlcrm sait lire ; il lit : {', '.join(ENDINGS)}.",
            f"is not a workbook that xlcrm can read; it reads: {', '.join(ENDINGS)}.",
        )
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except PermissionError as error:
        raise _error(
            path,
            "ne peut pas être lu : il est ouvert ailleurs ou vous n'y avez pas droit. Fermez-le "
            "dans l'autre programme, ou copiez-le dans un de vos dossiers.",
            "cannot be read: it is open elsewhere or you have no right to it. Close it in the "
            "other program, or copy it to a folder of yours.",
        ) from error
    if not start:
        raise _error(
            path,
            "est vide (0 octet). Téléchargez-le ou enregistrez-le de nouveau.",
            "is empty (0 bytes). Download it or save it again.",
        )
    if start.startswith(b"PK"):
        return _recognise_package(path)
    if start.startswith(_OLE):
        return _recognise_ole(path)
    return _recognise_text(path, start, ending)


def check_parts(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse an archive that would unpack to more than a workbook ever holds."""
    total = 0
    for info in archive.infolist():
        if info.flag_bits & 0x1:
            raise locked(path)
        total += info.file_size
        ratio = info.file_size / max(1, info.compress_size)
        if total > _MOST_BYTES or (info.file_size > _SUSPECT_BYTES and ratio > _SUSPECT_RATIO):
            raise _error(
                path,
                "se déplie en une taille anormale : il est piégé ou abîmé. Ne l'ouvrez pas ; "
                "demandez un nouvel export à la personne qui vous l'a envoyé.",
                "unpacks to an abnormal size: it is a trap or damaged. Do not open it; ask the "
                "person who sent it for a new export.",
            )


def locked(path: Path) -> SourceError:
    """The error for a workbook that asks for a password."""
    return _error(
        path,
        "est protégé par un mot de passe. Ouvrez-le dans Excel, Fichier > Informations > "
        "Protéger le classeur > Chiffrer avec mot de passe, effacez le mot de passe, enregistrez.",
        "is protected by a password. Open it in Excel, File > Info > Protect Workbook > Encrypt "
        "with Password, clear the password, save.",
    )


def damaged(path: Path) -> SourceError:
    """The error for a workbook that is cut short or broken."""
    return _error(
        path,
        "est incomplet ou abîmé. Téléchargez-le de nouveau, ou ouvrez-le dans Excel ou "
        "LibreOffice, acceptez la réparation et enregistrez-le au format .xlsx.",
        "is incomplete or damaged. Download it again, or open it in Excel or LibreOffice, accept "
        "the repair and save it as .xlsx.",
    )


def as_written(path: Path) -> Path:
    """The path with its accents as the disk spells them: é as one sign, or as e and an accent."""
    if path.name and not path.exists() and path.parent.is_dir():
        spelled = unicodedata.normalize("NFC", path.name)
        for there in path.parent.iterdir():
            if unicodedata.normalize("NFC", there.name) == spelled:
                return there
    return path


def check_there(path: Path) -> None:
    """Raise SourceError for a path that is no file, with the names that are alike."""
    if path.is_dir():
        raise _error(
            path,
            "est un dossier, pas un fichier. Donnez le nom d'un classeur de ce dossier.",
            "is a folder, not a file. Give the name of a workbook in that folder.",
        )
    if path.is_file():
        return
    folder = path.parent
    if not folder.is_dir():
        raise _error(
            path,
            f"est introuvable : le dossier {folder} n'existe pas.",
            f"is not there: the folder {folder} does not exist.",
        )
    there = sorted(p.name for p in folder.iterdir() if p.suffix.casefold() in ENDINGS)
    near = difflib.get_close_matches(path.name, there, n=5, cutoff=0.5) or there[:5]
    names = ", ".join(near)
    raise _error(
        path,
        f"est introuvable ; ce dossier contient : {names}."
        if near
        else f"est introuvable, et le dossier {folder.resolve()} ne contient aucun classeur.",
        f"is not there; this folder has: {names}."
        if near
        else f"is not there, and the folder {folder.resolve()} has no workbook.",
    )


def _recognise_package(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            check_parts(archive, path)
            names = {info.filename.replace("\\", "/").lstrip("/") for info in archive.infolist()}
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, SourceError):
            raise
        raise damaged(path) from error
    if b"opendocument.spreadsheet" in kind:
        return Format.VALUES
    if any(name.casefold().endswith("xl/workbook.bin") for name in names):
        return Format.VALUES
    if any(name.casefold() == "[content_types].xml" for name in names):
        return Format.OOXML
    raise _error(
        path,
        "est une archive zip, pas un classeur. Décompressez-la, puis donnez le classeur "
        "qu'elle contient.",
        "is a zip archive, not a workbook. Unpack it, then give the workbook that is in it.",
    )


def _recognise_ole(path: Path) -> Format:
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise locked(path)
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return Format.VALUES
    raise _error(
        path,
        "n'est pas un classeur, mais un autre document Office. Ouvrez-le et enregistrez le "
        "tableau au format .xlsx.",
        "is not a workbook but another Office document. Open it and save the table as .xlsx.",
    )


def _recognise_text(path: Path, start: bytes, ending: str) -> Format:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    page = head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style"))
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise _error(
            path,
            "est une feuille de calcul XML de 2003. Ouvrez-la dans Excel ou LibreOffice et "
            "enregistrez-la au format .xlsx.",
            "is an XML spreadsheet of 2003. Open it in Excel or LibreOffice and save it as .xlsx.",
        )
    if ending in _PACKAGE_ENDINGS or (page and ending != ".xls"):
        what_fr, what_en = "un texte ou un fichier coupé", "a text or a file cut short"
        if page or head.startswith(b"%pdf"):
            what_fr, what_en = ("une page web", "a web page") if page else ("un PDF", "a PDF")
        raise _error(
            path,
            f"n'est pas un classeur {ending} mais {what_fr} qui en porte le nom. Téléchargez-le "
            "de nouveau, ou donnez-lui sa vraie extension (.csv pour un texte).",
            f"is not an {ending} workbook but {what_en} under that name. Download it again, or "
            "give it its true ending (.csv for a text).",
        )
    if page:
        return Format.HTML
    if head.startswith(b"%pdf") or (b"\x00" in start and not _is_utf16(start)):
        raise _error(
            path,
            "n'est ni un classeur ni un texte. Enregistrez le tableau au format .xlsx ou .csv.",
            "is neither a workbook nor a text. Save the table as .xlsx or .csv.",
        )
    return Format.TEXT


def _is_utf16(start: bytes) -> bool:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    zeros = max(start[0::2].count(0), start[1::2].count(0))
    return zeros > 0.4 * len(start) / 2 and start.count(0) < 0.6 * len(start)


def _error(path: Path, fr: str, en: str) -> SourceError:
    name = path.name or str(path)
    return SourceError(fr=f"{name} {fr}", en=f"{name} {en}")
