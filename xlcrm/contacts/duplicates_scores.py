"""From findings to points: the score of each pair, and what refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xlcrm.contacts.duplicates_compare import Findings
from xlcrm.contacts.duplicates_criteria import FINDINGS
from xlcrm.contacts.duplicates_rules import MatchingRules


@dataclass(frozen=True, slots=True)
class Scoring:
    """Rules as arrays: points and refusals by finding."""

    points: Mapping[str, np.ndarray]
    vetoes: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, rules: MatchingRules) -> Scoring:
        points, vetoes = {}, {}
        for criterion, findings in FINDINGS.items():
            given = [rules.points.get((criterion, f), 0.0) for f in findings]
            points[criterion] = np.array([p or 0.0 for p in given])
            vetoes[criterion] = np.array([p is None for p in given])
        return cls(points, vetoes)

    def may_reach(self, found: Findings, least: float) -> np.ndarray:
        """Whether each pair can still reach a score once everything is compared."""
        total = np.zeros(len(next(iter(found.values()))))
        for criterion, points in self.points.items():
            # Of e-mails and phones only the equal ones are found first.
            first = FINDINGS[criterion].index("typo") if criterion in ("email", "phone") else 0
            later = points[first:] if first else points
            best = max(later.max(), 0.0)
            levels = found.get(criterion)
            if levels is None:
                total += best
            elif later is not points:
                total += np.where(levels > 0, points[levels], best)
            else:
                total += points[levels]
        return np.asarray(total >= least)

    def tempting(self, found: Findings) -> np.ndarray:
        """Whether each pair shares an e-mail, a phone or a birth date."""
        return np.asarray((found["email"] > 0) | (found["phone"] > 0) | (found["birth_date"] == 1))

    def total(self, found: Findings) -> np.ndarray:
        """The points of each pair, which may be below 0 or above 100."""
        parts = [self.points[criterion][levels] for criterion, levels in found.items()]
        return np.asarray(np.sum(parts, axis=0))

    def refused(self, found: Findings) -> np.ndarray:
        """Whether something refuses each pair."""
        out = np.zeros(len(next(iter(found.values()))), bool)
        for criterion, levels in found.items():
            out |= self.vetoes[criterion][levels]
        return out
