"""The channels that a row of a list of refusals bars: by its list, and by a column "Canal"."""

from __future__ import annotations

import re
from typing import Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.commands.source import Source
from xlcrm.contacts.consent_rules import CHANNELS

_LABEL = re.compile(
    r"(canal|canaux|channels?|media)( (de )?(refuse|contact|oppose)e?s?)?"
    r"|(moyen|mode) de contact( refuse)?"
)
_EVERY = frozenset(CHANNELS)
_WORDS = {
    word: channels
    for words, channels in (
        ("telephone telephonique tel appel phone call fixe", frozenset({"phone"})),
        ("mobile portable gsm", frozenset({"phone", "sms"})),
        ("email mail courriel mel newsletter emailing", frozenset({"email"})),
        ("sms mms texto", frozenset({"sms"})),
        ("courrier poste postal post lettre letter papier", frozenset({"post"})),
        ("tous tout toute all every partout", _EVERY),
    )
    for word in words.split()
}
_LINKS = frozenset("e et and ou or le la les l de des du par canal canaux channel".split())


def refused_channels(refuses: str, said: Any = None) -> tuple[frozenset[str], bool]:
    """The channels that a row refuses, and whether what it says of them is understood.

    What is not understood bars every channel: a refusal is never lost. `refuses` is the column
    that the list stands for, as `refusal_of` gives it.

    >>> refused_channels("opposition_sms"), sorted(refused_channels("opposition", "SMS, e-mails")[0])
    ((frozenset({'sms'}), True), ['email', 'sms'])
    >>> refused_channels("opposition", "fax")[0] == set(CHANNELS)
    True
    """
    of_list = _EVERY
    if refuses not in ("opposition", "deceased"):
        channel = "post" if refuses == "returned" else refuses.removeprefix("opposition_")
        of_list = frozenset({channel})
    if cells.is_blank(said) or refuses == "deceased":
        return of_list, True
    words = [word for word in fold(str(said)).split() if word not in _LINKS]
    found = [_WORDS.get(word) or _WORDS.get(word.removesuffix("s")) for word in words]
    if None in found or not found:
        return _EVERY, False
    refused = frozenset(channel for channels in found for channel in channels or ())
    return (refused if refuses == "opposition" else refused | of_list), True


def channel_column(source: Source) -> list[Any]:
    """What the rows say of channels; nothing where there is no such column."""
    for column in source.frame.columns:
        if _LABEL.fullmatch(fold(source.labels[column])):
            return list(source.frame[column])
    return [None] * len(source.frame)
