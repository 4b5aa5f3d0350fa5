"""Dédoublonner and Fusionner: who is the same person, why, and the base with one row each."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlcrm import cells
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.catalogue import command
from xlcrm.commands.job import Job
from xlcrm.commands.settings import naming, settings_sheet, settings_tables
from xlcrm.commands.source import Source, contacts
from xlcrm.commands.tables import contact_table, label_of, records
from xlcrm.contacts.cleaning import clean_table
from xlcrm.contacts.duplicates import Duplicates, find_duplicates
from xlcrm.contacts.duplicates_rules import DEFAULT_RULES, HEADER, MatchingRules, read_rules
from xlcrm.contacts.merge import default_rules, merge_groups
from xlcrm.texts import Text

_SHOWN = ("civility", "first_name", "last_name", "company", "email", "phone", "mobile",
          "address", "postcode", "town")  # fmt: skip
_MOST_PAIRS = 5000


@command(
    "dedupe",
    "dedoublonner",
    group="contacts",
    label=Text(fr="Dédoublonner", en="Find duplicates"),
    summary=Text(
        fr="Trouve les lignes qui sont une même personne ou société, avec un score et la raison ; "
        "ménages et homonymes restent séparés. Rien n'est supprimé.",
        en="Finds the rows that are one person or company, with a score and the reason; "
        "households and homonyms stay apart. Nothing is deleted.",
    ),
    icon="RemoveDuplicates",
    order=40,
)
def dedupe(job: Job) -> None:
    """Find duplicates in the cleaned contacts, by rules that stand on an editable sheet."""
    source = contacts(job, "clean", "single_view")
    frame = clean_table(source.frame).frame
    job.book.progress(0.3, job.text("Comparaison…", "Comparing…"))
    found = find_duplicates(frame, matching_rules(job), job.lang)
    job.messages.extend(found.notes)
    job.results.append(_groups_sheet(job, source, frame, found))
    job.results.append(_pairs_sheet(job, source, frame, found))
    _count(job, found)


@command(
    "merge",
    "fusionner",
    group="contacts",
    label=Text(fr="Fusionner", en="Merge"),
    summary=Text(
        fr="Fait une base avec une seule ligne par personne : la meilleure valeur de chaque champ, "
        "les autres gardées, le refus de contact le plus strict. Rien n'est perdu.",
        en="Makes a base with one row per person: the best value of each field, the others kept, "
        "the strictest refusal of contact. Nothing is lost.",
    ),
    icon="MergeCells",
    order=50,
)
def merge(job: Job) -> None:
    """Merge the certain duplicates; the source rows of each value are listed."""
    source = contacts(job, "clean", "single_view")
    frame = clean_table(source.frame).frame
    job.book.progress(0.3, job.text("Comparaison…", "Comparing…"))
    found = find_duplicates(frame, matching_rules(job), job.lang)
    merged = merge_groups(
        frame, found.rows["group"], default_rules() | {"customer_id": "all"}, job.lang
    )
    start = [int(i) for i in merged.frame.index]
    base = Source(
        merged.frame.drop(columns=["others", "merged_from"]).reset_index(drop=True),
        [source.sheets[i] for i in start],
        [source.rows[i] for i in start],
        source.labels,
    )
    t = job.text
    after = [
        (Column(t("Autres valeurs", "Other values")), merged.frame["others"].tolist()),
        (Column(t("Lignes fusionnées", "Rows merged"), "integer"), _ints(merged, "merged_from")),
    ]
    job.results.append(
        ResultSheet(
            name=t("Base fusionnée", "Merged base"),
            role="merged",
            title=t("Base fusionnée : une ligne par contact", "Merged base: one row per contact"),
            notes=[
                t(
                    "La colonne « Autres valeurs » garde ce qui n'a pas été retenu ; « Fusion "
                    "(détail) » dit d'où vient chaque valeur.",
                    'Column "Other values" keeps what did not survive; "Merge (detail)" says '
                    "where each value comes from.",
                )
            ],
            tables=[contact_table(base, base.frame, job.lang, after=after, name="xlcrm_base")],
        )
    )
    job.results.append(_provenance_sheet(job, source, merged.provenance))
    job.count("rows", Text(fr="contact(s) lu(s)", en="contact(s) read"), len(frame))
    job.count("merged", Text(fr="ligne(s) fusionnée(s)", en="row(s) merged"), len(merged.archive))
    job.count(
        "contacts", Text(fr="contact(s) unique(s)", en="single contact(s)"), len(merged.frame)
    )


def matching_rules(job: Job) -> MatchingRules:
    """The rules on the user's sheet, or the default ones, then written for the user to edit."""
    edited = settings_tables(job, "matching_rules", [HEADER])
    if edited is not None:
        with naming(edited[0]):
            return read_rules(edited[0].rows)
    labels = [text.in_(job.lang) for text in HEADER]
    columns = [Column(labels[0]), Column(labels[1], width=60), Column(labels[2], "flag")]
    t = job.text
    settings_sheet(
        job,
        "matching_rules",
        t("Règles de doublons", "Matching rules"),
        t("Règles de rapprochement", "Matching rules"),
        [
            t(
                "Les points s'additionnent ; « refus » interdit de réunir deux lignes.",
                'Points add up; "refuse" forbids putting two rows together.',
            )
        ],
        [Table(columns, DEFAULT_RULES.rows(job.lang))],
    )
    return DEFAULT_RULES


def _ints(merged: Any, column: str) -> list[int]:
    return [int(n) for n in merged.frame[column]]


def _count(job: Job, found: Duplicates) -> None:
    groups = found.groups
    verdicts = found.pairs["verdict"]
    job.count("rows", Text(fr="contact(s) comparé(s)", en="contact(s) compared"), len(found.rows))
    job.count("groups", Text(fr="groupe(s) de doublons", en="group(s) of duplicates"), len(groups))
    job.count(
        "duplicates",
        Text(fr="ligne(s) en trop", en="surplus row(s)"),
        sum(len(group) - 1 for group in groups),
    )
    job.count(
        "review",
        Text(fr="paire(s) à vérifier", en="pair(s) to check"),
        int((verdicts == "review").sum()),
    )
    job.count(
        "refused",
        Text(
            fr="rapprochement(s) refusé(s) (ménages, homonymes)",
            en="refused match(es) (households, homonyms)",
        ),
        int((verdicts == "refused").sum()),
    )


def _groups_sheet(job: Job, source: Source, frame: Any, found: Duplicates) -> ResultSheet:
    t = job.text
    order = [position for group in found.groups for position in group]
    picked = found.rows.iloc[order]
    before: list[tuple[Column, list[Any]]] = [
        (Column(t("Groupe", "Group"), "integer"), [int(n) for n in picked["group"]]),
        (Column(t("Score", "Score"), "points", rule="bar"), _scores(picked["score"])),
        (Column(t("Pourquoi", "Why"), width=45), picked["reason"].tolist()),
    ]
    return ResultSheet(
        name=t("Doublons", "Duplicates"),
        role="duplicates",
        title=t("Groupes de doublons", "Groups of duplicates"),
        notes=[
            t(
                "Chaque groupe est une seule personne ou société. « Fusionner » en fait une ligne.",
                'Each group is one person or company. "Merge" makes one row of it.',
            )
        ],
        tables=[
            contact_table(
                source,
                frame[[c for c in _SHOWN if c in frame]],
                job.lang,
                before=before,
                positions=order,
                name="xlcrm_doublons",
            )
        ],
    )


def _scores(column: Any) -> list[float | None]:
    return [None if v is None or v != v else round(float(v)) for v in column]


def _pairs_sheet(job: Job, source: Source, frame: Any, found: Duplicates) -> ResultSheet:
    """What a person should look at: the pairs near the limit, and those refused with the veto."""
    t = job.text
    names = _who(frame)
    pairs = found.pairs[found.pairs["verdict"] != "duplicate"]
    to_check_first = pairs["verdict"].eq("refused").argsort(kind="stable")
    pairs = pairs.iloc[to_check_first].head(_MOST_PAIRS)
    verdicts = {"review": t("à vérifier", "to check"), "refused": t("refusé", "refused")}
    rows = [
        [
            verdicts[p.verdict],
            round(float(p.score)),
            names[p.left],
            names[p.right],
            p.reason,
            p.veto,
            source.sheets[p.left],
            source.rows[p.left],
            source.sheets[p.right],
            source.rows[p.right],
        ]
        for p in records(pairs)
    ]
    columns = [
        Column(t("Avis", "Verdict")),
        Column(t("Score", "Score"), "points", rule="bar"),
        Column(t("Contact A", "Contact A")),
        Column(t("Contact B", "Contact B")),
        Column(t("Ce qui se ressemble", "What is alike"), width=45),
        Column(t("Ce qui sépare", "What tells them apart"), width=45),
        Column(t("Source A", "Source A")),
        Column(t("Ligne A", "Row A"), "integer"),
        Column(t("Source B", "Source B")),
        Column(t("Ligne B", "Row B"), "integer"),
    ]
    labels = [column.label for column in columns]
    return ResultSheet(
        name=t("Paires à vérifier", "Pairs to check"),
        role="pairs",
        title=t("Paires à vérifier, et rapprochements refusés", "Pairs to check, and refused"),
        notes=[
            t(
                "Un refus veut dire : mêmes coordonnées, mais deux personnes (ménage, homonyme…).",
                "Refused means: same details, but two persons (household, homonym…).",
            )
        ],
        tables=[Table(columns, rows, keys=(tuple(labels[2:4] + labels[6:]), tuple(labels[2:4])))],
    )


def _who(frame: Any) -> list[str]:
    """A short name for each row: first and last name, else company, else e-mail."""
    columns = [c for c in ("first_name", "last_name", "company", "email") if c in frame]
    lists = [frame[c].tolist() for c in columns]
    return [
        " ".join(str(v) for v in values[:3] if v is not None and v == v) or str(values[-1] or "")
        for values in zip(*lists, strict=True)
    ]


def _shown(value: Any) -> str:
    """A value set aside as a cell would show it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else cells.to_text(value) or ""


def _provenance_sheet(job: Job, source: Source, provenance: Any) -> ResultSheet:
    t = job.text
    rows = [
        [
            int(p.row) + 1,
            label_of(p.column, source, job.lang),
            p.value,
            source.sheets[p.source],
            source.rows[p.source],
            " | ".join(_shown(o) for o in p.others),
        ]
        for p in records(provenance)
        if p.others
    ][:50_000]
    columns = [
        Column(t("Contact n°", "Contact no"), "integer"),
        Column(t("Colonne", "Column")),
        Column(t("Valeur retenue", "Value kept")),
        Column(t("Source", "Source")),
        Column(t("Ligne", "Row"), "integer"),
        Column(t("Valeurs écartées", "Values set aside"), width=45),
    ]
    labels = [column.label for column in columns]
    return ResultSheet(
        name=t("Fusion (détail)", "Merge (detail)"),
        role="merge_detail",
        title=t("Là où les lignes fusionnées différaient", "Where merged rows differed"),
        tables=[Table(columns, rows, keys=((labels[3], labels[4], labels[1]),))],
    )
