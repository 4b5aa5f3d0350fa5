"""The command line: the same catalogue, without a spreadsheet program."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlcrm
from xlcrm import cells
from xlcrm.books.opening import ENDINGS
from xlcrm.calling import call
from xlcrm.catalogue import (
    FUNCTIONS,
    GROUPS,
    TEMPLATES,
    commands_in_order,
    find_command,
    find_function,
    find_template,
)
from xlcrm.errors import ArgumentError, RequestError, SourceError, XlcrmError
from xlcrm.front.usage import Parser
from xlcrm.texts import LANGUAGES, Lang, Text, listed

DONE, REFUSED, USAGE = 0, 1, 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; 0 done, 1 cannot be served (one sentence on stderr), 2 usage."""
    for stream in (sys.stdout, sys.stderr):  # accents also where the console says otherwise
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = [_file_name(text, before) for before, text in pairwise(["", *given])]
    lang = _language(arguments)
    options = _parser(lang).parse_args(arguments)
    if not getattr(options, "do", None):
        _parser(lang).print_help()
        return USAGE
    try:
        if signal.getsignal(signal.SIGINT) is xlcrm.interrupted:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return int(options.do(options, lang) or DONE)
    except XlcrmError as error:
        print(error.in_(lang), file=sys.stderr)
    except KeyboardInterrupt:
        sentence = Text(
            fr="Interrompu : rien n'a été modifié.", en="Interrupted: nothing was changed."
        )
        print(f"\n{sentence.in_(lang)}", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MemoryError:
        sentence = Text(
            fr="Pas assez de mémoire pour ce fichier ; rien n'a été modifié.",
            en="Not enough memory for this file; nothing was changed.",
        )
        print(sentence.in_(lang), file=sys.stderr)
    except Exception:  # noqa: BLE001  the outermost frame: a user never sees a traceback
        from xlcrm.front.log import front_logger, log_path

        front_logger().exception("xlcrm %s", " ".join(arguments))
        sentence = Text(
            fr="Erreur imprévue de xlcrm ; rien n'a été modifié. Détail dans {path}, à joindre à "
            "un signalement.",
            en="Unexpected error of xlcrm; nothing was changed. Details in {path}, to send with "
            "a report.",
        )
        print(sentence.format(path=log_path()).in_(lang), file=sys.stderr)
    return REFUSED


def _file_name(argument: str, before: str) -> str:
    """A workbook whose name begins with a dash is no option: `-base.xlsx` is `./-base.xlsx`."""
    path = Path(argument)
    if not argument.startswith("-") or path.suffix.casefold() not in ENDINGS:
        return argument
    holds_option = "=" in argument or argument.startswith("-o")  # --output=b.xlsx, -ob.xlsx
    is_file = before in ("-o", "--output") or path.is_file() or not holds_option
    return f"./{argument}" if is_file else argument


def _language(arguments: list[str]) -> Lang:
    """The language asked for with --lang, else XLCRM_LANG, else French."""
    asked = os.environ.get("XLCRM_LANG", "fr")
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return "en" if asked == "en" else "fr"


def _parser(lang: Lang) -> Parser:
    def t(fr: str, en: str) -> str:
        return en if lang == "en" else fr

    parser = Parser(
        lang=lang,
        prog="xlcrm",
        description=t(
            "Base clients et budgets, dans le tableur.",
            "Customer base and budgets, right inside the spreadsheet.",
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"xlcrm {xlcrm.__version__}",
        help=t("montre la version", "shows the version"),
    )
    parts = parser.add_subparsers(metavar=t("COMMANDE", "COMMAND"))

    def add(name: str, do: Callable[..., Any], help_fr: str, help_en: str) -> Any:
        text = t(help_fr, help_en)
        part = parts.add_parser(name, lang=lang, help=text, description=text)
        part.set_defaults(do=do)
        part.add_argument("--lang", choices=LANGUAGES, default=None, help=t("langue", "language"))
        return part

    file, folder = t("FICHIER", "FILE"), t("DOSSIER", "FOLDER")
    result = t("où écrire le résultat", "where to write the result")

    demo = add(
        "demo", _demo, "Tout le travail sur la base d'exemple.", "The main job on the sample base."
    )
    demo.add_argument("folder", nargs="?", default="xlcrm-demo", metavar=folder)

    run = add("run", _run, "Lance une commande sur un fichier.", "Runs a command on a file.")
    run.add_argument(
        "command",
        metavar=t("COMMANDE", "COMMAND"),
        help=t("son nom : xlcrm list commands", "its name: xlcrm list commands"),
    )
    run.add_argument("file", metavar=file, help=t(".xlsx, .xlsm ou .csv", ".xlsx, .xlsm or .csv"))
    run.add_argument("-o", "--output", metavar=file, help=result)
    force = t("remplace le fichier de -o", "replaces the file of -o")
    run.add_argument("--force", action="store_true", help=force)
    run.add_argument(
        "--sheet",
        metavar=t("FEUILLE", "SHEET"),
        help=t("la feuille à lire", "the sheet to read"),
    )
    run.add_argument(
        "--set",
        action="append",
        default=[],
        metavar=t("clé=valeur", "key=value"),
        help=t("une option de la commande", "an option of the command"),
    )
    run.add_argument(
        "--as-of", metavar=t("AAAA-MM-JJ", "YYYY-MM-DD"), help=t("date d'arrêté", "as-of date")
    )
    run.add_argument(
        "--json", metavar=file, help=t("écrit le rapport en JSON", "writes the report as JSON")
    )

    undo = add(
        "undo",
        _undo,
        "Retire d'un classeur les feuilles de résultat de xlcrm.",
        "Removes the result sheets of xlcrm from a workbook.",
    )
    undo.add_argument("file", metavar=file)
    undo.add_argument("-o", "--output", metavar=file, help=result)
    undo.add_argument("--force", action="store_true", help=force)
    undo.add_argument(
        "--all", action="store_true", help=t("les réglages aussi", "the settings sheets too")
    )

    one = add("call", _call, "Calcule une fonction.", "Computes one function.")
    one.add_argument("function", metavar=t("FONCTION", "FUNCTION"))
    one.add_argument("--json", metavar="[args]", default="[]", dest="arguments")

    every = add("list", _list, "Ce qui existe.", "What there is.")
    every.add_argument("what", nargs="?", choices=["functions", "commands", "templates"])

    sheet = add("template", _template, "Écrit un modèle de classeur.", "Writes a template.")
    sheet.add_argument("name", metavar=t("NOM", "NAME"))
    sheet.add_argument("-o", "--output", metavar=file, help=result)
    sheet.add_argument("--force", action="store_true", help=force)
    sheet.add_argument(
        "--teacher", action="store_true", help=t("la version du formateur", "the teacher's copy")
    )
    sheet.add_argument("--variant", metavar="V", help=t("l'exemple voulu", "the example wanted"))

    doctor = add("doctor", _doctor, "Vérifie l'installation.", "Checks the installation.")
    doctor.add_argument("--json", action="store_true", dest="as_json")

    install = add("install", _install, "Installe dans le tableur.", "Installs into the program.")
    install.add_argument("--libreoffice", action="store_true")
    install.add_argument("--remove", action="store_true", help=t("désinstalle", "uninstalls"))

    build = add("build", _build, "Construit les fichiers livrés.", "Builds the delivered files.")
    build.add_argument("folder", nargs="?", default=".", metavar=folder)
    build.add_argument("--check", action="store_true", help=t("compare seulement", "only compares"))
    return parser


def _demo(options: argparse.Namespace, lang: Lang) -> None:
    from xlcrm.front.demo import run_demo

    run_demo(Path(options.folder), lang)


def _run(options: argparse.Namespace, lang: Lang) -> None:
    import xlcrm.commands  # noqa: F401  fills the catalogue
    from xlcrm.books.file import FileBook
    from xlcrm.commands.job import run
    from xlcrm.front.terminal import print_report, progress_bar

    entry = find_command(options.command)
    as_of = _date(options.as_of) if options.as_of else None
    settings = dict(_pair(text) for text in options.set)
    output = Path(options.output) if options.output else None
    if options.json:
        _check_report(Path(options.json))
    book = FileBook.open(Path(options.file), output, lang, options.force)
    book.on_progress = progress_bar()
    report = run(entry, book, lang=lang, as_of=as_of, sheet=options.sheet, options=settings)
    if options.json:
        _write_json(Path(options.json), report.as_json())
    print_report(report, entry, book.output, lang)
    for told in book.told:
        print(f"  {told}")


def _undo(options: argparse.Namespace, lang: Lang) -> None:
    from xlcrm.books.file import FileBook
    from xlcrm.commands.companions import drop_companions
    from xlcrm.commands.settings import settings_roles

    path = Path(options.file)
    book = FileBook.open(path, lang=lang)
    kept = set() if options.all else settings_roles(book)
    roles = [role for role in book.made() if role not in kept]
    if not roles:
        raise RequestError(
            fr="Rien à annuler : {name} n'a pas de feuille de résultat de xlcrm.",
            en="Nothing to undo: {name} has no result sheet of xlcrm.",
            name=path.name,
        )
    book = FileBook.open(path, options.output or path, lang, options.force)
    gone, left = book.drop(roles), list[str]()
    if book.output.resolve() == path.resolve():  # else the results stay, and what goes with them
        beside, left = drop_companions(path)
        gone += beside
    told = Text(fr="Supprimé : {names}.", en="Removed: {names}.")
    print(told.format(names=listed(gone, lang, most=40)).in_(lang))
    print(Text(fr=f"Fichier : {book.output}", en=f"File: {book.output}").in_(lang))
    if left:
        told = Text(
            fr="À côté, rest(e|ent), car ouvert(s) ou modifié(s) depuis : {names}.",
            en="Beside it, left because open or changed since: {names}.",
        ).agree({}, len(left))
        print(told.format(names=listed(left, lang, most=40)).in_(lang))


def _check_report(path: Path) -> None:
    if not path.resolve().parent.is_dir() or path.is_dir():
        raise _no_report(path)
    if path.suffix.casefold() in ENDINGS:
        raise SourceError(
            fr=f"Le rapport serait écrit dans {path.name}, qui est un nom de classeur. Donnez par "
            "exemple --json rapport.json.",
            en=f"The report would be written to {path.name}, which is the name of a workbook. Give "
            "for instance --json report.json.",
        )


def _write_json(path: Path, content: Any) -> None:
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError:
        raise _no_report(path) from None


def _no_report(path: Path) -> SourceError:
    return SourceError(
        fr="Le rapport {path} ne peut pas être écrit : le dossier n'existe pas ou est protégé. "
        "Choisissez-en un autre.",
        en="The report {path} cannot be written: the folder does not exist or is protected. "
        "Choose another one.",
        path=path,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise ArgumentError(
            fr=f"--set attend clé=valeur, pas « {text} ».",
            en=f'--set expects key=value, not "{text}".',
        )
    return name.strip(), value


def _date(text: str) -> date:
    try:
        day = cells.to_date(text)
    except ArgumentError:
        day = None
    if day is None:
        raise ArgumentError(
            fr=f"--as-of attend une date, par exemple 2026-11-21, pas « {text} ».",
            en=f'--as-of expects a date, such as 2026-11-21, not "{text}".',
        )
    return day


def _call(options: argparse.Namespace, lang: Lang) -> None:
    entry = find_function(options.function)
    if os.environ.get("XLCRM_LANG") is None and options.lang is None:
        lang = "en" if options.function.upper().removeprefix("CRM_") == entry.en[4:] else "fr"
    try:
        arguments = json.loads(options.arguments)
    except RecursionError:
        raise ArgumentError(
            fr="--json attend une liste JSON de deux niveaux au plus : des lignes de cellules.",
            en="--json expects a JSON list of two levels at most: rows of cells.",
        ) from None
    except json.JSONDecodeError as error:
        raise ArgumentError(
            fr="--json attend une liste JSON, par exemple '[\"06 12\"]' "
            f"(illisible au caractère {error.pos + 1}).",
            en="--json expects a JSON list, such as '[\"06 12\"]' "
            f"(unreadable at character {error.pos + 1}).",
        ) from None
    if not isinstance(arguments, list):
        arguments = [arguments]
    if _holds_object(arguments):
        raise ArgumentError(
            fr="--json attend des valeurs et des listes, par exemple '[[\"06 12\"]]', "
            "pas un objet { }.",
            en="--json expects values and lists, such as '[[\"06 12\"]]', not an object { }.",
        )
    print(json.dumps(call(entry, arguments, lang), ensure_ascii=False, default=_json_value))


def _holds_object(value: Any) -> bool:
    if isinstance(value, list):
        return any(_holds_object(part) for part in value)
    return isinstance(value, dict)


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(type(value).__name__)


def _list(options: argparse.Namespace, lang: Lang) -> None:
    import xlcrm.commands
    import xlcrm.templates  # noqa: F401

    def line(name: str, other: str, summary: Text) -> None:
        print(f"  {name:<28} {other:<28} {summary.in_(lang)}")

    for what, entries in (
        ("functions", list(FUNCTIONS.values())),
        ("commands", list(commands_in_order())),
        ("templates", list(TEMPLATES.values())),
    ):
        if options.what not in (None, what):
            continue
        for group, label in GROUPS.items():
            of_group = [e for e in entries if e.group == group]
            if of_group:
                print(f"{what} – {label.in_(lang)}")
            for entry in of_group:
                names = (entry.fr, entry.key) if lang == "fr" else (entry.key, entry.fr)
                line(*names, entry.summary)


def _template(options: argparse.Namespace, lang: Lang) -> None:
    import xlcrm.templates  # noqa: F401
    from xlcrm.front.templates import write_template

    entry = find_template(options.name)
    path = write_template(
        entry,
        options.output,
        lang,
        teacher=options.teacher,
        variant=options.variant,
        force=options.force,
    )
    print(path)


def _doctor(options: argparse.Namespace, lang: Lang) -> int:
    from xlcrm.front.doctor import print_checks

    return print_checks(lang, as_json=options.as_json)


def _install(options: argparse.Namespace, lang: Lang) -> None:
    if options.libreoffice:
        from xlcrm.front.libreoffice import install_libreoffice, uninstall_libreoffice

        print((uninstall_libreoffice if options.remove else install_libreoffice)(lang))
    else:
        from xlcrm.front.install import install_excel, uninstall_excel

        print((uninstall_excel if options.remove else install_excel)(lang))


def _build(options: argparse.Namespace, lang: Lang) -> int:
    from xlcrm.front.build import build_all

    folder = Path(options.folder)
    if not folder.is_dir():
        raise RequestError(
            fr=f"Pas de dossier « {folder} ».",
            en=f'No folder "{folder}".',
        )
    return build_all(folder, lang, check=options.check)


if __name__ == "__main__":
    sys.exit(main())
