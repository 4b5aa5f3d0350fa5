"""Why two rows are one contact, or are not, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from xlcrm.contacts.duplicates_compare import Findings
from xlcrm.contacts.duplicates_criteria import FINDINGS
from xlcrm.contacts.duplicates_rules import MatchingRules
from xlcrm.texts import Lang, Text

_BUT = Text(fr="{reasons} ; mais {doubts}", en="{reasons}; but {doubts}")


def sentence(findings: Iterable[tuple[str, str]], rules: MatchingRules, lang: Lang) -> str:
    """What speaks for one contact, the strongest first, then what speaks against it.

    >>> from xlcrm.contacts.duplicates_rules import DEFAULT_RULES
    >>> sentence([("last_name", "same"), ("email", "same"), ("town", "different")],
    ...          DEFAULT_RULES, "fr")
    'même e-mail, même nom ; mais villes différentes'
    """
    given = [(key[0], rules.points.get(key, 0.0), rules.texts[key].in_(lang)) for key in findings]
    given.sort(key=lambda item: (item[0] == "chance", -abs(item[1] or 0.0)))
    reasons = [text for _, points, text in given if points is not None and points > 0]
    against = [text for _, points, text in given if points is None]
    against += [text for _, points, text in given if points is not None and points < 0]
    if not reasons or not against:
        return ", ".join(reasons or against)
    return _BUT.in_(lang).format(reasons=", ".join(reasons), doubts=", ".join(against))


def sentences(found: Findings, rules: MatchingRules, lang: Lang) -> np.ndarray:
    """The sentence of each pair; equal findings are told once.

    What refuses a pair is told apart (see refusals), and how rare its names are no longer matters.
    """
    told = []
    patterns, back = _patterns(found)
    for keys in patterns:
        refused = any(rules.points.get(key, 0.0) is None for key in keys)
        kept = [key for key in keys if rules.points.get(key) is not None]
        kept = [key for key in kept if key[0] != "chance" or not refused]
        told.append(sentence(kept, rules, lang))
    return np.array(told, dtype=object)[back]


def refusals(found: Findings, rules: MatchingRules, lang: Lang) -> np.ndarray:
    """What refuses each pair; None where nothing does."""
    patterns, back = _patterns(found)
    told = []
    for keys in patterns:
        texts = [rules.texts[key].in_(lang) for key in keys if rules.points.get(key, 0.0) is None]
        told.append(", ".join(texts) or None)
    return np.array(told, dtype=object)[back]


def _patterns(found: Findings) -> tuple[list[list[tuple[str, str]]], np.ndarray]:
    """The distinct sets of findings, and for each pair the position of its own."""
    table = np.stack(list(found.values()), axis=1)
    rows, back = np.unique(table, axis=0, return_inverse=True)
    patterns = [
        [(name, FINDINGS[name][level]) for name, level in zip(found, row, strict=True) if level]
        for row in rows.tolist()
    ]
    return patterns, back.reshape(-1)
