"""The target list that a workbook holds, read by the commands that go on from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlcrm.books.book import Book
from xlcrm.columns import fold
from xlcrm.commands.source import Source, read_source
from xlcrm.contacts.consent_rules import CHANNELS
from xlcrm.texts import Text

_ACTION = re.compile(r"(?:Cible|Target) – (.+)")
_CHANNEL = re.compile(r"(?:Canal|Channel) ?: (.+?), (?:le|on) \d\d/\d\d/\d{4}")


@dataclass(frozen=True, slots=True)
class TargetList:
    """The contacts that the command "target" kept, its action, and its channel by key."""

    action: str
    channel: str | None
    source: Source


def target_list(book: Book) -> TargetList | None:
    """The list of the last run of "target"; None where it never ran.

    Raises SourceError where it kept nobody.
    """
    sheet = book.made().get("target")
    if sheet is None:
        return None
    heads = [str(value) for row in book.read(sheet).rows[:4] for value in row if value]
    action = next((found[1] for text in heads if (found := _ACTION.match(text))), "")
    channel = next((found[1] for text in heads if (found := _CHANNEL.match(text))), "")
    known = [key for key, text in CHANNELS.items() if fold(channel) in _words(key, text)]
    return TargetList(action, known[0] if known else None, read_source(book, sheet))


def _words(key: str, text: Text) -> tuple[str, ...]:
    return key, fold(text.fr), fold(text.en)
