"""Answers of a satisfaction survey, counted by segment: NPS, CSAT, CES, reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.commands.job import Job, named_sheet
from xlcrm.commands.marketing_columns import Row, note, rows_of
from xlcrm.errors import ArgumentError
from xlcrm.templates.dashboard.model import REASONS, SEGMENTS
from xlcrm.texts import Text

SURVEY_LABELS: dict[str, tuple[str, ...]] = {
    key: tuple(names.split("|"))
    for key, names in {
        "date": "date|date de reponse|date de la reponse|date reponse|repondu le|repondue le|"
        "date enquete|date de l enquete|horodateur|horodatage|timestamp|answered on|"
        "date of answer|survey date",
        "segment": "segment|classe|classe rfm|rfm class|persona|type|type client|profil",
        "nps": "nps|note nps|recommandation|note de recommandation|recommanderiez vous|"
        "recommend|nps score",
        "csat": "csat|satisfaction|note de satisfaction|satisfaction globale|note csat",
        "ces": "ces|effort|facilite|note ces|facilite d achat|ease",
        "reason": "motif|raison|motif d insatisfaction|motif de l insatisfaction|raison principale|"
        "raison d insatisfaction|reason|main reason|reason of dissatisfaction",
    }.items()
}
_ALL = Text("Ensemble", "All customers")
_OTHER_SEGMENTS = Text("Autres segments", "Other segments")
_OTHER_REASONS = Text("Autres motifs", "Other reasons")
_COUNTS = "promoters passives detractors satisfied answers easy neutral hard".split()
_REASON = "reason "  # keeps the words of reasons apart from those of segments
_HAPPY = frozenset({"promoters", "satisfied", "easy"})  # their reason is one of satisfaction
# What a note may be, from the lowest to the highest, and where satisfied or easy begins.
_SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


@dataclass(frozen=True, slots=True)
class Survey:
    """Counts by segment, in the order of their size, and the reasons of those who are not
    satisfied, the most frequent first; the last of a long list gathers what is left."""

    segments: list[str]
    answers: list[int]  # people with at least one valid note
    counts: dict[str, list[int]]
    reasons: list[tuple[str, int]]


def read_survey(job: Job, asked: str | None, taken: Sequence[str] = ()) -> Survey | None:
    """The survey of a sheet; None where no sheet holds one and none was asked for.

    Notes outside their scale are anomalies, and do not count.
    """
    names = (
        [named_sheet(job.book, asked)]
        if asked
        else [name for name in job.book.sheets() if name not in taken]
    )
    found = [rows_of(job.book.read(name), SURVEY_LABELS, (frozenset(_SCALES),)) for name in names]
    best = max(found, key=lambda rows: len(rows[0].labels) if rows else 0, default=[])
    return _count(job, best) if best else None


def _count(job: Job, rows: list[Row]) -> Survey:
    named: dict[str, str] = {}  # as first written: "Prix" and "prix" are one
    segments: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if _is_later(job, row):
            continue
        segment = cells.to_text(row.cells.get("segment")) or _ALL.in_(job.lang)
        kinds = [kind for key in _SCALES if (kind := _kind(job, row, key))]
        counts = segments[named.setdefault(fold(segment), segment)]
        counts.update(kinds)
        counts["people"] += bool(kinds)
        counts["answers"] += "satisfied" in kinds or "unsatisfied" in kinds
        reason = cells.to_text(row.cells.get("reason"))
        if reason and not _is_praise(row, kinds):
            reasons[named.setdefault(f"{_REASON}{fold(reason)}", reason)]["people"] += 1
    segments = _largest(segments, SEGMENTS, _OTHER_SEGMENTS.in_(job.lang))
    reasons = _largest(reasons, REASONS, _OTHER_REASONS.in_(job.lang))
    return Survey(
        list(segments),
        [counts["people"] for counts in segments.values()],
        {key: [counts[key] for counts in segments.values()] for key in _COUNTS},
        [(reason, counts["people"]) for reason, counts in reasons.items()],
    )


def _is_later(job: Job, row: Row) -> bool:
    """Whether an answer is dated after the as-of date, which is noted."""
    try:
        day = cells.to_date(row.cells.get("date"))
    except ArgumentError:
        note(job, row, "date", Text("Date illisible : réponse comptée.",
                                    "Unreadable date: the answer counts."))  # fmt: skip
        return False
    if day is None or day <= job.as_of:
        return False
    note(job, row, "date", Text("Réponse après la date d'arrêté : non comptée.",
                                "Answer after the as-of date: not counted."))  # fmt: skip
    return True


def _is_praise(row: Row, kinds: list[str]) -> bool:
    """Whether a reason is one of satisfaction: every note of the row is good, and the label does
    not ask why people are dissatisfied."""
    asked = fold(row.labels["reason"])
    return bool(kinds) and _HAPPY.issuperset(kinds) and "satisf" not in asked


def _largest(parts: dict[str, Counter[str]], most: int, rest: str) -> dict[str, Counter[str]]:
    """The parts in the order of their size; beyond `most`, the smallest are added up in `rest`."""
    ranked = sorted(parts.items(), key=lambda part: -part[1]["people"])
    if len(ranked) <= most:
        return dict(ranked)
    kept = dict(ranked[: most - 1])
    left = sum((counts for _, counts in ranked[most - 1 :]), Counter[str]())
    kept[rest] = kept.get(rest, Counter()) + left
    return kept


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
    return "easy" if number > middle else "hard" if number < middle else "neutral"
