"""Cibler: the list for an action, only those who may be contacted, with every exclusion counted."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from xlcrm.books.results import Chart, Column, ResultSheet, Table
from xlcrm.catalogue import Option, command
from xlcrm.columns import COLUMNS, fold
from xlcrm.commands.base import customer_base
from xlcrm.commands.job import Job
from xlcrm.commands.refusal_lists import barred, is_mobile, note_comments, same_address
from xlcrm.commands.source import Source
from xlcrm.commands.tables import contact_table
from xlcrm.commands.target_criteria import YES, channel_of, classes_of, matching, read_criteria
from xlcrm.commands.target_list import RESULT, noted_results
from xlcrm.contacts.consent import may_contact
from xlcrm.contacts.consent_rules import CHANNELS
from xlcrm.contacts.emails import suggestion_for
from xlcrm.texts import Text, listed

_ONE_DAY = re.compile(r" \((le )?\d\d/\d\d/\d{4}\)")
_ONE_CELL = re.compile(r"( : « .*»|: \".*\")$")
_BARRED = frozenset({"deceased", "opposed", "refused"})
_SOUNDS = re.compile(
    r"newsletter|\baccord|\baccept|consent|opt ?(in|out)|rgpd|gdpr|\bstop\b|desabon|desinscr|\boppos"
    r"|\brefus|unsubscr|blacklist|blocklist|\bne (pas|plus)\b|do not|bloctel|\bdeces|\bdecede|\bnpai"
)
Verdict: TypeAlias = dict[str, list[Any]]  # allowed, code and reason of each contact
_SHOWN = ("customer_id", "civility", "first_name", "last_name", "company", "email", "phone",
          "mobile", "address", "address_more", "postcode", "town", "country")  # fmt: skip


@command(
    "target",
    "cibler",
    group="customers",
    label=Text(fr="Cibler", en="Target"),
    summary=Text(
        fr="Fait la liste d'une action par classe et segment, avec seulement ceux que la loi "
        "permet de contacter par ce canal à cette date, et le motif de chaque exclusion.",
        en="Makes the list of an action by class and segment, with only those whom the law allows "
        "to contact by that channel on that date, and the reason of each exclusion.",
    ),
    icon="AdvancedFilterDialog",
    order=30,
    options=[
        Option(
            "channel",
            "canal",
            Text(fr="téléphone, e-mail, SMS ou courrier.", en="phone, e-mail, SMS or post."),
        ),
        Option(
            "classes",
            "classes",
            Text(
                fr="Les classes RFM voulues, séparées par « ; » (toutes par défaut).",
                en='The RFM classes wanted, separated by ";" (all by default).',
            ),
        ),
        Option(
            "segment",
            "segment",
            Text(
                fr="Un critère colonne=valeur, par exemple Ville=Nantes.",
                en="A criterion column=value, such as Town=Nantes.",
            ),
        ),
    ],
)
def target(job: Job) -> None:
    """The contacts of an action; criteria stand on an editable sheet."""
    criteria = read_criteria(job)
    updated, job.messages = job.messages, []  # of the settings, not of the list
    base = customer_base(job)
    source, frame = base.source, base.frame
    classes = classes_of(frame)
    on = criteria["day"]
    channel = channel_of(criteria["channel"])
    asked = matching(job, source, frame, classes, criteria)
    contract = criteria["contract"] == YES
    found = may_contact(
        frame,
        channel,
        on,
        contract=contract,
        similar_products=criteria["similar"] == YES,
        lang=job.lang,
    )
    verdict = {name: found[name].tolist() for name in ("allowed", "code", "reason")}
    listed_there = barred(job, frame, channel)
    _apply(verdict, listed_there, unless=_BARRED)
    refused = [i for i, code in enumerate(verdict["code"]) if code in ("opposed", "refused")]
    out = {*refused, *listed_there}
    _apply(verdict, same_address(job, frame, out, channel))
    _apply(verdict, _same_number(job, base.same, out))
    if f"consent_{channel}" not in frame and "no_consent" in verdict["code"]:
        job.say(
            "Pas de colonne « {label} » dans la base : personne n'y a donné d'accord.",
            'No column "{label}" in the base: nobody gave a consent there.',
            label=COLUMNS[f"consent_{channel}"].label,
        )
    _tell_unread(job, source, frame)
    reachable = _reachable(frame, channel)
    kept = [i for i in asked if verdict["allowed"][i] and reachable[i]]
    most = criteria["most"]
    if most and len(kept) > most:
        kept = _best_first(frame, kept)[: int(most)]
    note_comments(job, source, frame, kept)
    if channel == "email":
        _tell_misspelt(job, frame, kept)
    reasons = {i: _reason(job, verdict, reachable, channel, i) for i in asked}
    job.results.append(_target_sheet(job, source, frame, classes, kept, reasons, criteria))
    job.results.append(_excluded_sheet(job, source, frame, asked, kept, reasons))
    job.messages = updated + job.messages
    job.count("contacts", Text(fr="contact(s) de la base", en="contact(s) of the base"), len(frame))
    job.count("asked", Text(fr="dans la cible demandée", en="in the target asked for"), len(asked))
    job.count("kept", Text(fr="contactable(s), retenu(s)", en="may be contacted, kept"), len(kept))
    left_out = sorted(set(asked) - set(kept))
    excluded = Counter(_motive(reasons[i]) for i in left_out)
    for number, (reason, count) in enumerate(excluded.most_common(), 1):
        text = Text(fr=f"exclu(s) : {reason}", en=f"left out: {reason}")
        job.count(f"excluded_{number}", text, count)


def _tell_unread(job: Job, source: Source, frame: pd.DataFrame) -> None:
    """Columns of the user's that sound like a consent or a refusal, and are not read."""
    own = [source.label(c, job.lang) for c in source.unknown() if c in frame]
    if unread := [label for label in own if _SOUNDS.search(fold(label))]:
        job.say(
            "ATTENTION : {n} colonne(s) non lue(s) (parle|parlent) d'accord ou de refus : {names}. "
            "Renommez ce qui compte (Accord e-mail, Opposition…).",
            "WARNING: {n} column(s) not read (sounds|sound) like a consent or a refusal: {names}. "
            "Rename what counts (E-mail consent, Opt-out…).",
            n=len(unread),
            names=listed(unread, job.lang),
        )


def _tell_misspelt(job: Job, frame: pd.DataFrame, kept: list[int]) -> None:
    """Addresses of the target that will probably bounce."""
    emails = frame["email"].tolist()
    doubtful = [e for i in kept if (e := emails[i]) and suggestion_for(str(e))]
    if doubtful:
        job.say(
            "ATTENTION : {n} adresse(s) e-mail de la cible sans doute mal écrite(s) : {emails}. "
            "La correction proposée est dans « Anomalies » (Nettoyer).",
            "WARNING: {n} e-mail address(es) of the target probably misspelt: {emails}. The "
            'suggested correction stands in "Anomalies" (Clean).',
            n=len(doubtful),
            emails=listed(doubtful, most=5),
        )


def _apply(verdict: Verdict, reasons: dict[int, str], unless: frozenset[str] | None = None) -> None:
    """Leave out the contacts at these positions who would be allowed, or for a lesser reason.

    `unless`: the codes of the outcomes that say as much; without them only who is allowed.
    """
    for position, why in reasons.items():
        lesser = unless is not None and verdict["code"][position] not in unless
        if lesser or verdict["allowed"][position]:
            verdict["allowed"][position], verdict["reason"][position] = False, why


def _same_number(job: Job, same: dict[int, int], refused: set[int]) -> dict[int, str]:
    """The contacts with the customer ID of one who refused, likely one person: position -> why."""
    theirs = {same.get(at, at) for at in refused}
    why = job.text(
        "Même n° client qu'un contact qui a refusé", "Same customer ID as a contact who refused"
    )
    return {at: why for at in {*same, *same.values()} if same.get(at, at) in theirs}


def _reachable(frame: pd.DataFrame, channel: str) -> list[bool]:
    """Whether each contact has what the channel needs."""
    groups = {
        "phone": (("phone",), ("mobile",)),
        "sms": (("mobile",), ("phone",)),
        "email": (("email",),),
        "post": (("address", "postcode", "town"),),
    }[channel]
    found = [False] * len(frame)
    for keys in groups:
        if all(key in frame for key in keys):
            has = frame[list(keys)].notna().all(axis=1).tolist()
            if channel == "sms" and keys == ("phone",):
                mobiles = [
                    any(is_mobile(part.strip()) for part in str(v or "").split(";"))
                    for v in frame["phone"]
                ]
                has = [a and b for a, b in zip(has, mobiles, strict=True)]
            found = [a or bool(b) for a, b in zip(found, has, strict=True)]
    return found


def _best_first(frame: pd.DataFrame, kept: list[int]) -> list[int]:
    if "score" not in frame:
        return kept
    scores = pd.to_numeric(frame["score"], errors="coerce").fillna(-1).tolist()
    return sorted(kept, key=lambda i: -scores[i])


def _motive(reason: str) -> str:
    """A reason without what is of one contact, so that equal reasons are counted together."""
    return _ONE_CELL.sub("", _ONE_DAY.sub("", reason))


def _reason(job: Job, verdict: Verdict, reachable: list[bool], channel: str, i: int) -> str:
    if verdict["allowed"][i] and not reachable[i]:
        name = CHANNELS[channel].in_(job.lang)
        return job.text(f"Pas de coordonnée pour le canal {name}", f"No details for {name}")
    return str(verdict["reason"][i])


def _target_sheet(
    job: Job,
    source: Source,
    frame: pd.DataFrame,
    classes: list[str | None],
    kept: list[int],
    reasons: dict[int, str],
    criteria: dict[str, Any],
) -> ResultSheet:
    t = job.text
    day: date = criteria["day"]
    channel = criteria["channel"].in_(job.lang)
    after: list[tuple[Column, list[Any]]] = [
        (Column(t("Classe RFM", "RFM class")), [classes[i] for i in kept]),
        (Column(t("Pourquoi contactable", "Why allowed"), width=45), [reasons[i] for i in kept]),
        (
            Column(RESULT.in_(job.lang), "flag", width=18),
            noted_results(job, str(criteria["action"]), frame, kept),
        ),
    ]
    shown = frame[[c for c in _SHOWN if c in frame]]
    return ResultSheet(
        name=t("Cible", "Target"),
        role="target",
        title=f"{t('Cible', 'Target')} – {criteria['action']}",
        notes=[
            Text(
                fr="Canal : {channel}, le {day:%d/%m/%Y}. {n} contact(s) retenu(s).",
                en="Channel: {channel}, on {day:%d/%m/%Y}. {n} contact(s) kept.",
            )
            .format(channel=channel, day=day, n=len(kept))
            .in_(job.lang),
            *(message.in_(job.lang) for message in job.messages),
        ],
        tables=[
            contact_table(source, shown, job.lang, after=after, positions=kept, name="xlcrm_cible")
        ],
    )


def _excluded_sheet(
    job: Job,
    source: Source,
    frame: pd.DataFrame,
    asked: list[int],
    kept: list[int],
    reasons: dict[int, str],
) -> ResultSheet:
    t = job.text
    chosen = set(kept)
    out = [i for i in asked if i not in chosen]
    counted = Counter(_motive(reasons[i]) for i in out)
    summary = Table(
        [Column(t("Motif d'exclusion", "Reason left out"), width=60), Column("N", "integer")],
        [[reason, n] for reason, n in counted.most_common()] + [[t("Retenus", "Kept"), len(kept)]],
    )
    shown = frame[[c for c in ("first_name", "last_name", "company", "email") if c in frame]]
    before: list[tuple[Column, list[Any]]] = [
        (Column(t("Motif d'exclusion", "Reason left out"), width=60), [reasons[i] for i in out])
    ]
    detail = contact_table(source, shown, job.lang, before=before, positions=out)
    detail.title = t("Contacts exclus", "Contacts left out")
    return ResultSheet(
        name=t("Exclus", "Left out"),
        role="excluded",
        title=t("Pourquoi des contacts ne sont pas dans la cible", "Why contacts are left out"),
        tables=[summary, detail],
        charts=[Chart("bar", t("Motifs d'exclusion", "Reasons left out"), 0, (1,))],
    )
