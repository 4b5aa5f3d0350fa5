"""What a click on the ribbon runs: `run('clean', 'fr')`, called by the VBA through RunPython.

It finds the workbook that called, runs the task, and tells the user in one message. Screen and
calculation come back as they were, also after a failure, and nobody ever sees a traceback.
"""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings as xw

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm.books.live import LiveBook, documents_folder, quiet, show
from xlcrm.catalogue import find_command, find_template
from xlcrm.commands.job import Report
from xlcrm.commands.job import run as run_command
from xlcrm.commands.settings import settings_roles
from xlcrm.errors import RequestError, XlcrmError
from xlcrm.front.log import front_logger, log_path, user_folder
from xlcrm.front.templates import template_path, write_template
from xlcrm.front.why import explain
from xlcrm.texts import Lang, Text, listed

logger = front_logger()
_MOST_COUNTS = 8
_TEMPLATE = "template:"


def run(task: str, lang: Lang = "fr", typed: str = "") -> None:
    """Run a task for the workbook that called; whatever happens, the user gets a sentence.

    `typed` are options as the user wrote them, in hexadecimal, four digits for a character: on
    the way here they pass through a command line.
    """
    xl = xw.Book.caller()
    book = LiveBook(xl, lang)
    try:
        message = do(task, xl, book, lang, read_typed(typed))
    except XlcrmError as error:
        message = error.in_(lang)
    except Exception:  # the outermost frame: Excel would show the traceback
        logger.exception("task %s", task)
        message = _unforeseen(lang)
    finally:
        _clear_status(xl)
    if message:
        book.tell(message)


def do(
    task: str, xl: xw.Book, book: LiveBook, lang: Lang, options: dict[str, str] | None = None
) -> str | None:
    """Do a task on an open workbook of any spreadsheet program; gives what to tell the user.

    None where the task shows something itself. Raises XlcrmError with the workbook as it was.
    """
    if task.startswith(_TEMPLATE):
        _open_template(task.removeprefix(_TEMPLATE), xl, lang)
        return None
    tools: dict[str, Callable[[xw.Book, LiveBook, Lang], str | None]] = {
        "undo": _undo,
        "journal": _journal,
        "why": _why,
        "help": _help,
        "doctor": _doctor,
    }
    if task in tools:
        return tools[task](xl, book, lang)
    return _command(task, xl, book, lang, options or {})


def read_typed(coded: str) -> dict[str, str]:
    """Options as they were typed: `mois=12 | canal=téléphone`.

    >>> read_typed("".join(f"{ord(c):04X}" for c in "mois=12| feuilles = Salon ; Été"))
    {'mois': '12', 'feuilles': 'Salon ; Été'}
    """
    text = "".join(chr(int(coded[i : i + 4], 16)) for i in range(0, len(coded), 4))
    options = {}
    for part in filter(None, map(str.strip, text.split("|"))):
        name, sign, value = part.partition("=")
        if not sign:
            raise RequestError(
                fr="« {part} » : écrivez les options ainsi : nom=valeur | nom=valeur.",
                en='"{part}": write the options so: name=value | name=value.',
                part=part,
            )
        options[name.strip()] = value.strip()
    return options


def _command(task: str, xl: xw.Book, book: LiveBook, lang: Lang, options: dict[str, str]) -> str:
    entry = find_command(task)
    sheet = book.active()
    with quiet(xl.app):
        report = run_command(
            entry,
            book,
            lang=lang,
            sheet=sheet if sheet in book.sheets() else None,
            standing=True,
            options=options,
        )
    if report.sheets:
        show(xl.sheets[report.sheets[0]])
    return summary(report, entry.label, lang)


def summary(report: Report, label: Text, lang: Lang) -> str:
    """What a command did, as the message that the user reads when it is done."""
    from xlcrm.front.terminal import number

    seconds = number(round(report.seconds, 1), lang)
    lines = [f"{label.in_(lang)} ({seconds} s)"]
    for key, text in list(report.labels.items())[:_MOST_COUNTS]:
        lines.append(f"  {number(report.counts[key], lang)} {text}")
    lines += report.messages
    sheets = Text(fr="Feuilles : {names}", en="Sheets: {names}")
    lines.append(sheets.format(names=listed(report.sheets, lang)).in_(lang))
    return "\n".join(lines)


def _undo(xl: xw.Book, book: LiveBook, lang: Lang) -> str:
    """Remove the results; settings stay, because the user has worked on them."""
    made, kept = book.made(), settings_roles(book)
    roles = [role for role in made if role not in kept]
    names = [made[role] for role in roles]
    if not names:
        raise RequestError(
            fr="Rien à annuler : ce classeur n'a pas de feuille de résultat de xlcrm.",
            en="Nothing to undo: this workbook has no result sheet of xlcrm.",
        )
    question = Text(
        fr="Supprimer {names} ? Vos propres feuilles et vos réglages restent.",
        en="Remove {names}? Your own sheets and your settings stay.",
    )
    asked = question.format(names=listed(names, lang)).in_(lang)
    if xl.app.alert(asked, title="xlcrm", buttons="ok_cancel") == "cancel":
        return Text(fr="Rien n'a été supprimé.", en="Nothing was removed.").in_(lang)
    book.drop(roles)
    done = Text(fr="Supprimé : {names}.", en="Removed: {names}.")
    return done.format(names=listed(names, lang)).in_(lang)


def _journal(xl: xw.Book, book: LiveBook, lang: Lang) -> str | None:
    made = book.made()
    name = made.get("journal") or made.get("anomalies")
    if name is None:
        raise RequestError(
            fr="Pas encore de Journal : lancez d'abord une commande, par exemple « Nettoyer ».",
            en='No Journal yet: first run a command, such as "Clean".',
        )
    show(xl.sheets[name])
    return None


def _why(xl: xw.Book, book: LiveBook, lang: Lang) -> str:
    selection = xl.selection
    if selection is None:
        raise RequestError(
            fr="Sélectionnez d'abord la cellule à expliquer.",
            en="First select the cell to explain.",
        )
    cell = selection[0, 0]
    formula = cell.formula
    text = formula if isinstance(formula, str) and formula.startswith("=") else None
    return explain(book, cell.sheet.name, cell.row, cell.column, text, lang)


def _help(xl: xw.Book, book: LiveBook, lang: Lang) -> None:
    """Open the reference of this version in the browser."""
    from xlcrm.front.help_page import help_page

    folder = user_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    path = folder / f"aide-{lang}.html"
    path.write_text(help_page(lang), encoding="utf-8")
    webbrowser.open(path.as_uri())


def _doctor(xl: xw.Book, book: LiveBook, lang: Lang) -> str:
    from xlcrm.front.doctor import checks, report_text

    return report_text(checks(), lang)


def _open_template(name: str, xl: xw.Book, lang: Lang) -> None:
    entry = find_template(name)
    folder = documents_folder()
    path = _unused(folder / template_path(entry, lang), {b.name.casefold() for b in xl.app.books})
    write_template(entry, path, lang)
    xl.app.books.open(str(path))


def _unused(path: Path, opened: set[str]) -> Path:
    """The path itself, or with (2), (3)… where a file or an open workbook has that name."""
    number, candidate = 2, path
    while candidate.exists() or candidate.name.casefold() in opened:
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


def _unforeseen(lang: Lang) -> str:
    text = Text(
        fr="Une erreur que xlcrm n'avait pas prévue l'a arrêté ; vos feuilles n'ont pas changé. "
        "Le détail est noté dans {path} : joignez ce fichier à votre message.",
        en="An error that xlcrm did not foresee stopped it; your sheets have not changed. The "
        "details are in {path}: please attach that file to your report.",
    )
    return text.format(path=log_path()).in_(lang)


def _clear_status(xl: xw.Book) -> None:
    app: Any = xl.app
    try:
        app.status_bar = False
    except NotImplementedError:
        return
