"""Sheets that list people who opted out, died, or whose letters came back: read to bar them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS
from xlcrm.commands.customers import loosened, numbers_of
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.refusal_channels import channel_column, refused_channels
from xlcrm.commands.sheet_names import refusal_of
from xlcrm.commands.source import Source, read_source
from xlcrm.contacts.answers import is_opposed
from xlcrm.contacts.blanks import fold
from xlcrm.contacts.cleaning import clean_table
from xlcrm.contacts.emails import suggestion_for
from xlcrm.contacts.phones import phone_kind, read_phone
from xlcrm.errors import SourceError
from xlcrm.texts import Text, listed

Key = tuple[str, str]  # what a person is known by: ("email", "a@b.fr")

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"[+(]?\d[\d .()/-]{7,20}")
_PARTS = re.compile(r"\s*[;|:]\s*")
_REACHED_BY = ("email", "phone", "mobile", "customer_id")
_HOLDS_PHONES = {"phone", "mobile", "comment", "full_address"}
_OTHER_VALUES = ("Autres valeurs", "Other values")  # what a merge set aside
_UNREAD = Text(
    fr="liste d'opposition : ligne sans e-mail, téléphone, N° client ni nom complet, pas appliquée",
    en="list of refusals: row without e-mail, phone, customer ID or full name, not applied",
)
_COMMENT = Text(
    fr="commentaire à lire avant d'envoyer : un refus ?",
    en="comment to read before sending: a refusal?",
)


Person = tuple[frozenset[Key], frozenset[str]]  # by what, and the channels that are refused


@dataclass(frozen=True, slots=True)
class RefusalList:
    """A list by its sheet: who stands on each row, and the channels that the row refuses."""

    sheet: str
    hidden: bool
    people: list[Person]

    def keys(self, channel: str) -> frozenset[Key]:
        """What those who refuse a channel are known by."""
        return frozenset().union(*(who for who, refused in self.people if channel in refused))


def refusal_lists(job: Job) -> list[RefusalList]:
    """The lists of a workbook; rows that tell of nobody go to the anomalies."""
    hidden = job.book.hidden()
    return [
        _read_list(job, sheet, refuses, sheet in hidden)
        for sheet in [*job.book.sheets(), *hidden]
        if (refuses := refusal_of(sheet))
    ]


def barred(job: Job, frame: pd.DataFrame, channel: str) -> dict[int, str]:
    """The contacts of a base who are on a list that bars the channel: position -> why.

    Tells which lists were applied, and which could not be read.
    """
    lists = refusal_lists(job)
    kinds = {kind for found in lists for kind, _ in found.keys(channel)}
    known = _base_keys(frame, "name" in kinds) if kinds else []
    reasons: dict[int, str] = {}
    for found in lists:
        keys = found.keys(channel)
        there = [i for i, of_one in enumerate(known) if keys & of_one]
        _tell(job, found, len(there), channel)
        why = job.text(f"Sur la liste « {found.sheet} »", f'On the list "{found.sheet}"')
        reasons |= {i: why for i in there if i not in reasons}
    return reasons


def same_address(
    job: Job, frame: pd.DataFrame, refused: Collection[int], channel: str
) -> dict[int, str]:
    """The contacts who have the e-mail or the mobile of one who refused: position -> why.

    A landline and a letter box are those of a household, a switchboard that of a company. What a
    merge set aside is still of who refused.
    """
    if channel == "post":
        return {}
    keys = [{key for key in found if _is_own(key, channel)} for found in _reach_keys(frame)]
    known = _base_keys(frame.iloc[sorted(refused)], False)
    theirs = {key for found in known for key in found if _is_own(key, channel)}
    why = job.text(
        f"Même {'adresse e-mail' if channel == 'email' else 'mobile'} qu'un contact qui a refusé",
        f"Same {'e-mail address' if channel == 'email' else 'mobile'} as a contact who refused",
    )
    return {i: why for i, found in enumerate(keys) if found & theirs}


def _is_own(key: Key, channel: str) -> bool:
    kind, text = key
    return kind == "email" if channel == "email" else kind == "phone" and is_mobile(text)


def is_mobile(number: str) -> bool:
    """Mobile, or one of those kept for fiction that look it (06 39 98 ...)."""
    return phone_kind(number) == "mobile" or number.startswith(("06", "07"))


def note_comments(job: Job, source: Source, frame: pd.DataFrame, kept: Sequence[int]) -> None:
    """Tell the contacts on a target whose comment may be a refusal: nobody but a person can say."""
    if "comment" not in frame:
        return
    comments = frame["comment"].tolist()
    found = [i for i in kept if (text := cells.to_text(comments[i])) and refusal_of(text)]
    for i in found:
        label = source.label("comment", job.lang, i)
        job.anomalies.append(
            Anomaly(**source.place(i), column=label, value=comments[i], problem=_COMMENT)
        )
    if found:
        job.say(
            "{n} contact(s) de la cible (porte|portent) un commentaire qui parle de refus, de décès "
            "ou de NPAI : voir Anomalies avant d'envoyer.",
            "{n} contact(s) of the target with a comment about a refusal, a death or returned mail: "
            "see Anomalies before sending.",
            n=len(found),
        )


def _tell(job: Job, found: RefusalList, there: int, channel: str) -> None:
    read = sum(bool(who) for who, _ in found.people)
    hidden = Text(fr=" (feuille masquée)", en=" (hidden sheet)") if found.hidden else ""
    if not read:
        job.say(
            "ATTENTION : la feuille « {sheet} »{hidden} a l'air d'une liste de refus, mais n'a ni e-mail, "
            "ni téléphone, ni N° client, ni nom complet : elle n'est pas appliquée.",
            'WARNING: sheet "{sheet}"{hidden} looks like a list of refusals, but has no e-mail, phone, '
            "customer ID or full name: it is not applied.",
            sheet=found.sheet,
            hidden=hidden,
        )
    elif not any(channel in refused for _, refused in found.people):
        job.say(
            "Liste « {sheet} »{hidden} : sans effet sur ce canal.",
            'List "{sheet}"{hidden}: without effect on this channel.',
            sheet=found.sheet,
            hidden=hidden,
        )
    else:
        job.say(
            "Liste « {sheet} »{hidden} appliquée : {read} ligne(s) lue(s) sur {rows}, {there} contact(s) "
            "de la base.",
            'List "{sheet}"{hidden} applied: {read} row(s) read of {rows}, {there} contact(s) of the base.',
            sheet=found.sheet,
            hidden=hidden,
            read=read,
            rows=len(found.people),
            there=there,
        )


def _read_list(job: Job, sheet: str, refuses: str, hidden: bool) -> RefusalList:
    people: list[Person] = []
    unread: list[Anomaly] = []
    strange: list[str] = []
    for row, who, said in _people(job, sheet, refuses):
        channels, understood = refused_channels(refuses, said)
        people.append((who, channels))
        if not understood:
            strange.append(str(said).strip())
        if not who:
            unread.append(Anomaly(sheet, row, "", None, _UNREAD))
    if not hidden or len(unread) < len(people):  # a hidden one may hold the choices of a cell
        job.anomalies.extend(unread)
    if strange:
        job.say(
            "Liste « {sheet} » : canal non compris ({words}) ; ces refus valent pour tous les canaux.",
            'List "{sheet}": channel not understood ({words}); these refusals hold for every channel.',
            sheet=sheet,
            words=listed(dict.fromkeys(strange)),
        )
    return RefusalList(sheet, hidden, people)


def _people(job: Job, sheet: str, refuses: str) -> Iterator[tuple[int, frozenset[Key], Any]]:
    """The row number and the keys of everyone on a list, which may have no header, and what its
    column of channels says."""
    try:
        source = read_source(job.book, sheet)
    except SourceError:
        grid = job.book.read(sheet)
        for number, row in enumerate(grid.rows, grid.top):
            if who := frozenset(_written_in(row)):
                yield number, who, None
        return
    headless = frozenset(_written_in(source.labels.values()))
    if headless:
        yield min(source.rows) - 1, headless, None
    channels = channel_column(source)
    said = source.frame[refuses].tolist() if refuses in source.frame else None
    for i, who in enumerate(_list_keys(source.frame, refuses, bool(headless))):
        if said is None or is_opposed(said[i]):
            yield source.rows[i], who, channels[i]


def _list_keys(typed: pd.DataFrame, refuses: str, headless: bool) -> Iterator[frozenset[Key]]:
    """What a row is known by; a name counts only where no column of keys says better.

    The landline of someone who died is that of the household: it counts where it stands alone.
    """
    frame = clean_table(typed).frame
    for keys, found, names in zip(
        _reach_keys(frame), _elsewhere(typed, frame, headless), _name_keys(frame), strict=True
    ):
        known = keys | found
        if refuses == "deceased":
            own = {key for key in known if key[0] != "phone" or is_mobile(key[1])}
            yield frozenset(own or names or known)
        else:
            yield frozenset(known if keys else known | names)


def _elsewhere(typed: pd.DataFrame, frame: pd.DataFrame, headless: bool) -> Iterator[set[Key]]:
    """The e-mails of the other columns, and the phones of those that may have some.

    Nine digits are a SIREN or a file number as well: in a column of no known meaning a phone
    begins with 0 or +, unless what stands for the header is a row of the list.
    """
    known = [c for c in _REACHED_BY if c in frame and c != "email"]  # of e-mails, fillers as well
    columns = [c for c in typed.columns if c not in known]
    sure = [headless or c in _HOLDS_PHONES for c in columns]
    for row in typed[columns].itertuples(index=False):
        yield {
            (kind, text)
            for column, value, surely in zip(columns, row, sure, strict=True)
            for kind, text in _written_in([value])
            if kind == "email" or surely or (column not in COLUMNS and _begins_as_phone(value))
        }


def _begins_as_phone(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lstrip("(").startswith(("0", "+"))


def _base_keys(frame: pd.DataFrame, names: bool) -> list[set[Key]]:
    found = _reach_keys(frame)
    if names:
        found = [a | b for a, b in zip(found, _name_keys(frame), strict=True)]
    for label in _OTHER_VALUES:
        if label in frame:
            for keys, text in zip(found, frame[label], strict=True):
                keys.update(_written_in(_PARTS.split(cells.to_text(text) or "")))
    for keys in found:
        keys.update([("email", guess) for kind, mail in keys if (guess := _guess(kind, mail))])
    return found


def _guess(kind: str, text: str) -> str | None:
    """The address that was meant by one that is probably misspelt: to refuse is the safe side."""
    return suggestion_for(text) if kind == "email" else None


def _reach_keys(frame: pd.DataFrame) -> list[set[Key]]:
    found: list[set[Key]] = [set() for _ in range(len(frame))]
    for column in _REACHED_BY:
        if column in frame:
            for keys, value in zip(found, frame[column], strict=True):
                keys.update(_key(column, part) for part in numbers_of(value))
    return found


def _key(column: str, part: str) -> Key:
    if column == "email":
        return "email", part.casefold()
    return (column, loosened(fold(part))) if column == "customer_id" else ("phone", part)


def _name_keys(frame: pd.DataFrame) -> list[set[Key]]:
    """First and last name in any order; a company where nobody is named."""
    blank = [None] * len(frame)
    columns = (frame.get(c, blank) for c in ("first_name", "last_name", "company"))
    found = []
    for values in zip(*columns, strict=True):
        first, last, company = (fold(cells.to_text(value) or "") for value in values)
        person = " ".join(sorted(f"{first} {last}".split())) if first and last else ""
        name = person or ("" if last else company)
        found.append({("name", name)} if name else set())
    return found


def _written_in(values: Sequence[Any] | Any) -> Iterator[Key]:
    """The e-mails and phones that stand in any cells."""
    for value in values:
        if isinstance(value, (str, int, float)) and (text := cells.to_label(value)):
            yield from (("email", mail.casefold()) for mail in _EMAIL.findall(text))
            if "@" in text and (guess := suggestion_for(text)):
                yield "email", guess
            if "@" not in text and _PHONE.fullmatch(text):
                for part in (read_phone(text).value or "").split(";"):
                    if part.strip():
                        yield "phone", part.strip()
