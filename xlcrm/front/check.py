"""One thing that the doctor looked at: what it found, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xlcrm.texts import Lang, Text

Status = Literal["ok", "info", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and what to do about it."""

    key: str
    status: Status
    found: Text
    remedy: Text | None = None

    def as_json(self, lang: Lang) -> dict[str, str | None]:
        remedy = self.remedy.in_(lang) if self.remedy else None
        found = self.found.in_(lang)
        return {"key": self.key, "status": self.status, "found": found, "remedy": remedy}


def ok(key: str, fr: str, en: str, **values: object) -> Check:
    return Check(key, "ok", Text(fr=fr, en=en).format(**values))


def info(key: str, fr: str, en: str, **values: object) -> Check:
    return Check(key, "info", Text(fr=fr, en=en).format(**values))


def bad(key: str, found: Text, remedy: Text, status: Status = "problem") -> Check:
    return Check(key, status, found, remedy)
