"""Answers of a satisfaction survey, counted by segment: NPS, CSAT, CES, reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlcrm import cells
from xlcrm.commands.job import Job
from xlcrm.commands.marketing_columns import Row, note, rows_of
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.texts import Text, listed

SURVEY_LABELS: dict[str, tuple[str, ...]] = {
    key: tuple(names.split("|"))
    for key, names in {
        "segment": "segment|classe|classe rfm|rfm class|persona|type|type client|profil",
        "nps": "nps|note nps|recommandation|note de recommandation|recommanderiez vous|"
        "recommend|nps score",
        "csat": "csat|satisfaction|note de satisfaction|satisfaction globale|note csat",
        "ces": "ces|effort|facilite|note ces|facilite d achat|ease",
        "reason": "motif|raison|motif d insatisfaction|raison principale|reason",
    }.items()
}
_ALL = Text("Ensemble", "All customers")
# What a note may be, from the lowest to the highest, and where satisfied or easy begins.
_SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


@dataclass(frozen=True, slots=True)
class Survey:
    """Counts by segment, in the order of their size, and the reasons, the most frequent first."""

    segments: list[str]
    counts: dict[str, list[int]]
    reasons: list[tuple[str, int]]


def read_survey(job: Job, asked: str | None, taken: Sequence[str] = ()) -> Survey | None:
    """The survey of a sheet; None where no sheet holds one and none was asked for.

    Notes outside their scale are anomalies, and do not count.
    """
    if asked and asked not in job.book.sheets():
        raise RequestError(
            fr=f"Pas de feuille « {asked} » dans {job.book.name} ; il y a : "
            f"{listed(job.book.sheets())}.",
            en=f'No sheet "{asked}" in {job.book.name}; there are: {listed(job.book.sheets())}.',
        )
    names = [asked] if asked else [name for name in job.book.sheets() if name not in taken]
    found = [rows_of(job.book.read(name), SURVEY_LABELS, (frozenset(_SCALES),)) for name in names]
    best = max(found, key=lambda rows: len(rows[0].labels) if rows else 0, default=[])
    return _count(job, best) if best else None


def _count(job: Job, rows: list[Row]) -> Survey:
    by_segment: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    for row in rows:
        segment = cells.to_text(row.cells.get("segment")) or _ALL.in_(job.lang)
        kinds = [kind for key in _SCALES if (kind := _kind(job, row, key))]
        answered = "satisfied" in kinds or "unsatisfied" in kinds or "judged" in kinds
        by_segment[segment].update(kinds)
        by_segment[segment]["answers"] += bool(answered or kinds)
        for kind in kinds:
            if kind.startswith("effort_"):
                by_segment[segment][kind.removeprefix("effort_")] += 1
        reason = cells.to_text(row.cells.get("reason"))
        if reason:
            reasons[reason] += 1
    names = sorted(by_segment, key=lambda name: -by_segment[name]["answers"])
    keys = ("promoters", "passives", "detractors", "satisfied", "answers", "easy", "hard")
    counts = {key: [by_segment[name][key] for name in names] for key in keys}
    return Survey(names, counts, reasons.most_common())


def _kind(job: Job, row: Row, key: str) -> str | None:
    """What a note says; None for a blank or for a note that is none."""
    value: Any = row.cells.get(key)
    low, high = _SCALES[key]
    try:
        number = cells.to_number(value)
    except ArgumentError:
        number = None
        if not cells.is_blank(value):
            note(job, row, key, Text("Note illisible : non comptée.", "Unreadable note."))
        return None
    if number is None:
        return None
    if not low <= number <= high:
        problem = Text(
            f"Note hors de l'échelle {low} à {high} : non comptée.",
            f"Note outside the scale {low} to {high}: not counted.",
        )
        note(job, row, key, problem)
        return None
    if key == "nps":
        return "promoters" if number >= 9 else "detractors" if number <= 6 else "passives"
    if key == "csat":
        return "satisfied" if number >= 4 else "unsatisfied"
    middle = (low + high) / 2
    return "effort_easy" if number > middle else "effort_hard" if number < middle else "judged"
