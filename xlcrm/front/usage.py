"""The parser of the command line, with its own words in the language of the user."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from xlcrm.texts import Lang, Text, meant

_USAGE = Text(fr="Utilisation : ", en="Usage: ")
_ARGUMENTS = Text(fr="Arguments", en="Arguments")
_OPTIONS = Text(fr="Options", en="Options")
_HELP = Text(fr="montre cette aide", en="shows this help")
# What argparse says, in its words, and what is told instead.
_ERRORS = (
    (
        r"the following arguments are required: (.+)",
        Text(fr="il manque : {}.", en="missing: {}."),
    ),
    (
        r"argument (?:.+): invalid choice: '(.*)' \(choose from (.+)\)",
        Text(fr="« {} » n'existe pas ; il y a : {}.", en='"{}" does not exist; there are: {}.'),
    ),
    (
        r"unrecognized arguments: (.+) \(options: (.+)\)",
        Text(fr="inconnu : {}.", en="unknown: {}."),
    ),
    (
        r"argument (.+): expected one argument",
        Text(fr="{} attend une valeur.", en="{} expects a value."),
    ),
    (
        r"argument (.+): ignored explicit argument '(.*)'",
        Text(fr="{} ne prend pas de valeur (« {} »).", en='{} takes no value ("{}").'),
    ),
    (
        r"ambiguous option: (.+) could match (.+)",
        Text(fr="{} peut vouloir dire {}.", en="{} may mean {}."),
    ),
)


class Parser(argparse.ArgumentParser):
    """As argparse's; usage, help and errors speak French or English."""

    def __init__(self, *, lang: Lang, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self.lang = lang
        self._positionals.title = _ARGUMENTS.in_(lang)
        self._optionals.title = _OPTIONS.in_(lang)
        self.add_argument("-h", "--help", action="help", help=_HELP.in_(lang))

    def format_usage(self) -> str:
        formatter = self._get_formatter()
        self._add_usage(formatter)
        return formatter.format_help()

    def format_help(self) -> str:
        formatter = self._get_formatter()
        self._add_usage(formatter)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _add_usage(self, formatter: argparse.HelpFormatter) -> None:
        groups = self._mutually_exclusive_groups
        formatter.add_usage(self.usage, self._actions, groups, prefix=_USAGE.in_(self.lang))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuses what is unknown here, where the options are known that were meant."""
        found, unknown = super().parse_known_args(args, namespace)
        if not unknown:
            return found, unknown
        first = [name.partition("=")[0] for name in unknown if name.startswith("-")][:1]
        options = ", ".join(name for action in self._actions for name in action.option_strings)
        self.error(f"unrecognized arguments: {' '.join(first or unknown)} (options: {options})")

    def error(self, message: str) -> NoReturn:
        sign = " : " if self.lang == "fr" else ": "
        self.exit(2, f"{self.format_usage()}{self.prog}{sign}{told(message, self.lang)}\n")


def told(message: str, lang: Lang) -> str:
    """What argparse complains of, in one sentence of the language; as it is if it is new to us.

    >>> told("the following arguments are required: COMMANDE, FICHIER", "fr")
    'il manque : COMMANDE, FICHIER.'
    >>> told("argument NOM: invalid choice: 'x' (choose from 'fr', 'en')", "fr")
    "« x » n'existe pas ; il y a : fr, en."
    >>> told("argument COMMANDE: invalid choice: 'rnu' (choose from 'demo', 'run')", "fr")
    "« rnu » n'existe pas ; il y a : demo, run. Vouliez-vous dire « run » ?"
    """
    for pattern, sentence in _ERRORS:
        if found := re.fullmatch(pattern, message):
            parts = [part.replace("'", "") for part in found.groups()]
            told = sentence.in_(lang).format(*parts)
            return told + meant(parts[0], parts[1].split(", "), lang) if len(parts) > 1 else told
    return message
