"""Compare contacts column by column: from pairs of rows to findings, from findings to points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xlcrm.contacts.duplicates_keys import SIDE_BY_SIDE
from xlcrm.contacts.duplicates_names import FIRST, LAST, compare_first, compare_last
from xlcrm.contacts.duplicates_rules import MatchingRules
from xlcrm.contacts.phonetics import sound

if TYPE_CHECKING:
    import pandas as pd

# The findings of each criterion; position 0 is "not compared".
FINDINGS: dict[str, tuple[str, ...]] = {
    "last_name": LAST,
    "first_name": FIRST,
    "order": ("", "swapped"),
    "civility": ("", "different"),
    "birth_date": ("", "same", "close", "different"),
    "email": ("", "same", "shared", "typo", "local", "different"),
    "phone": ("", "same", "shared", "typo", "different"),
    "address": ("", "same", "near", "different"),
    "town": ("", "same", "near", "different"),
    "company": ("", "same", "near", "different"),
    "company_name": ("", "same", "near", "part", "different"),
    "siret": ("", "same", "siren", "different"),
}
_GENERIC = frozenset(
    "contact info accueil commercial compta comptabilite direction secretariat mairie bonjour "
    "hello admin service client clients vente ventes achat achats magasin boutique office sales".split()
)
_SHARED_BY = 4  # last names: from here on, one e-mail or phone says little about a person

Findings = dict[str, np.ndarray]


def compare_email(a: str, b: str) -> str:
    """How two e-mail keys agree.

    >>> compare_email("anne.petit@free.fr", "anne.petti@free.fr")
    'typo'
    >>> compare_email("jean.roux1@free.fr", "jean.roux2@free.fr")
    'different'
    """
    from rapidfuzz.distance import OSA

    if not a or not b:
        return ""
    (name_a, _, site_a), (name_b, _, site_b) = a.partition("@"), b.partition("@")
    if name_a == name_b:
        if site_a == site_b:
            return "shared" if name_a in _GENERIC else "same"
        if OSA.distance(site_a, site_b, score_cutoff=2) <= 2:
            return "typo"
        return "local" if len(name_a) >= 6 and name_a not in _GENERIC else "different"
    digits_a, digits_b = (tuple(filter(str.isdigit, n)) for n in (name_a, name_b))
    if site_a == site_b and digits_a == digits_b and min(len(name_a), len(name_b)) >= 6:
        most = 1 if len(name_a) < 10 else 2
        if OSA.distance(name_a, name_b, score_cutoff=most) <= most:
            return "typo"
    return "different"


def compare_birth(a: str, b: str) -> str:
    """How two birth dates (YYYYMMDD) agree: a digit off, or day and month the other way round.

    >>> compare_birth("19800503", "19800305"), compare_birth("19800503", "19910817")
    ('close', 'different')
    """
    from rapidfuzz.distance import OSA

    if not a or not b:
        return ""
    if a == b:
        return "same"
    if a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]:
        return "close"
    return "close" if OSA.distance(a, b, score_cutoff=1) <= 1 else "different"


def compare_street(a: str, b: str) -> str:
    """How two street keys agree.

    >>> compare_street("rue gare", "rue gare"), compare_street("rue gare", "rue grae")
    ('same', 'near')
    """
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    if a == b:
        return "same"
    return "near" if fuzz.token_sort_ratio(a, b) >= 82 else "different"


def compare_town(a: str, b: str) -> str:
    """How two town keys agree, a slip of the pen allowed."""
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    if a == b:
        return "same"
    return "same" if min(len(a), len(b)) > 3 and fuzz.ratio(a, b) >= 85 else "different"


def compare_company(a: str, b: str) -> str:
    """How two company keys agree.

    >>> compare_company("boulangerie etoile", "etoile boulangerie")
    'same'
    >>> compare_company("dupont fils", "dupont fils transports")
    'part'
    """
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    words_a, words_b = set(a.split()), set(b.split())
    if words_a == words_b or a.replace(" ", "") == b.replace(" ", ""):
        return "same"
    if fuzz.token_sort_ratio(a, b) >= 88:
        return "near"
    common = words_a & words_b
    if common in (words_a, words_b) and max(map(len, common), default=0) >= 4:
        return "part"
    return "different"


class Comparer:
    """The rows of a base, ready to be compared in pairs, many at a time."""

    def __init__(self, keys: pd.DataFrame) -> None:
        import pandas as pd

        self.size = len(keys)
        self.codes: dict[str, np.ndarray] = {}
        self.values: dict[str, np.ndarray] = {}
        for column in ("civ", "mail", "zip", "town", "number", "street", "dob", "siret", "siren"):
            self._encode(pd, column, [keys[column]])
        self._encode(pd, "company", [keys["company"]])
        names = ("first", "last", "birth", "hint")
        stacked = pd.concat([keys[name] for name in names], ignore_index=True)
        codes, values = pd.factorize(stacked)
        self.names = values.to_numpy(dtype=object)
        for i, name in enumerate(names):
            self.codes[name] = codes[i * self.size : (i + 1) * self.size]
        self.name_blank = self.names == ""
        self.sounds = pd.factorize(np.array([sound(v) if v else "" for v in self.names], object))[0]
        self.known = self._known_names(keys)
        phones = [keys[f"phone{i}"] for i in range(SIDE_BY_SIDE)]
        self._encode(pd, "phone", phones)
        self.kind = keys["kind"].to_numpy()
        last = self.sounds[self.codes["last"]]
        self.mail_shared = _shared(self.codes["mail"][:, None], last)
        self.phone_shared = _shared(self.codes["phone"], last)

    def _encode(self, pd: Any, name: str, columns: list[pd.Series]) -> None:
        """Codes of a column, 0 for a blank; several columns side by side share their codes."""
        stacked = pd.concat([pd.Series([""]), *columns], ignore_index=True)
        codes, values = pd.factorize(stacked)
        codes = codes[1:].reshape(len(columns), self.size).T
        self.codes[name] = codes[:, 0] if len(columns) == 1 else codes
        self.values[name] = values.to_numpy(dtype=object)

    def _known_names(self, keys: pd.DataFrame) -> np.ndarray:
        """First names that stand with three last names or more: no typing error."""
        import pandas as pd

        pairs = pd.DataFrame({"f": self.codes["first"], "l": self.sounds[self.codes["last"]]})
        counts = pairs.drop_duplicates()["f"].value_counts()
        known = np.zeros(len(self.names), bool)
        known[counts.index[counts >= 3].to_numpy()] = True
        return known

    def quick(self, left: np.ndarray, right: np.ndarray) -> Findings:
        """What can refuse a pair, and the plain equalities: names, title, birth, e-mail, phone."""
        found: Findings = {}
        found.update(self._names(left, right))
        civ_l, civ_r = self.codes["civ"][left], self.codes["civ"][right]
        found["civility"] = ((civ_l > 0) & (civ_r > 0) & (civ_l != civ_r)).astype(np.int8)
        found["birth_date"] = self._by_value("dob", left, right, compare_birth, "birth_date")
        mail_l, mail_r = self.codes["mail"][left], self.codes["mail"][right]
        same = (mail_l == mail_r) & (mail_l > 0)
        found["email"] = np.where(same, np.where(self.mail_shared[mail_l], 2, 1), 0).astype(np.int8)
        found["phone"] = self._phones(left, right)
        found["siret"] = self._siret(left, right)
        return found

    def rest(self, left: np.ndarray, right: np.ndarray, found: Findings) -> Findings:
        """The comparisons by likeness, for the pairs that nothing refused."""
        mail = self._by_value("mail", left, right, compare_email, "email")
        email = np.where((found["email"] == 2) & (mail == 1), 2, mail)
        town = self._town(left, right)
        persons = self.kind[left] == "p"
        company = self._by_value("company", left, right, compare_company, "company_name")
        as_company = np.array([0, 1, 2, 2, 3], np.int8)[company]  # a part is near enough there
        return {
            **found,
            "email": email.astype(np.int8),
            "town": town,
            "address": self._address(left, right, town),
            "company": np.where(persons, as_company, 0).astype(np.int8),
            "company_name": np.where(persons, 0, company).astype(np.int8),
        }

    def _by_value(
        self,
        name: str,
        left: np.ndarray,
        right: np.ndarray,
        compare: Callable[[str, str], str],
        criterion: str,
    ) -> np.ndarray:
        codes, values = self.codes[name], self.values[name]
        return _levels(codes[left], codes[right], values, compare, FINDINGS[criterion])

    def _names(self, left: np.ndarray, right: np.ndarray) -> Findings:
        first, last = self._straight("first", "first", left, right), self._last(left, right)
        initial, other = FIRST.index("initial"), FIRST.index("different")
        rows = np.flatnonzero(first == initial)
        hints = self._straight("hint", "hint", left[rows], right[rows])
        first[rows[hints == other]] = other
        swapped = np.zeros(len(left), np.int8)
        doubtful = np.flatnonzero((first == other) | (last == LAST.index("different")))
        a, b = left[doubtful], right[doubtful]
        for one, two in (("first", "last"), ("last", "first")):
            sound_alike = self._alike(one, two, a, b) | self._alike(two, one, a, b)
            rows, a1, b1 = doubtful[sound_alike], a[sound_alike], b[sound_alike]
            firsts = self._straight(one, two, a1, b1)
            lasts = self._name_levels(self.codes[two][a1], self.codes[one][b1], compare_last, LAST)
            good = (firsts > 0) & (firsts != other) & (lasts > 0) & (lasts != len(LAST) - 1)
            first[rows[good]], last[rows[good]] = firsts[good], lasts[good]
            swapped[rows[good]] = 1
        return {
            "last_name": last.astype(np.int8),
            "first_name": first.astype(np.int8),
            "order": swapped,
        }

    def _alike(self, one: str, two: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes[one][left], self.codes[two][right]
        return (self.sounds[a] == self.sounds[b]) & ~self.name_blank[a] & ~self.name_blank[b]

    def _straight(self, one: str, two: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return self._name_levels(
            self.codes[one][left], self.codes[two][right], compare_first, FIRST
        )

    def _last(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        last = self._name_levels(
            self.codes["last"][left], self.codes["last"][right], compare_last, LAST
        )
        weak = np.flatnonzero(last >= LAST.index("part"))
        a, b = left[weak], right[weak]
        born = self._alike("birth", "last", a, b) | self._alike("last", "birth", a, b)
        born |= self._alike("birth", "birth", a, b)
        last[weak[born]] = LAST.index("birth")
        return last

    def _name_levels(
        self, a: np.ndarray, b: np.ndarray, compare: Callable[..., str], order: tuple[str, ...]
    ) -> np.ndarray:
        both = self.known[a] & self.known[b]

        def scalar(x: str, y: str, known: bool) -> str:
            return compare(x, y, known) if compare is compare_first else compare(x, y)

        return _name_levels(a, b, self.names, both, scalar, order)

    def _phones(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes["phone"][left], self.codes["phone"][right]
        same = np.zeros(len(left), bool)
        shared = np.zeros(len(left), bool)
        for i in range(SIDE_BY_SIDE):
            for j in range(SIDE_BY_SIDE):
                equal = (a[:, i] == b[:, j]) & (a[:, i] > 0)
                same |= equal & ~self.phone_shared[a[:, i]]
                shared |= equal
        both = (a[:, 0] > 0) & (b[:, 0] > 0)
        near = both & ~shared
        near[near] = self._one_digit_off(a[near, 0], b[near, 0])
        out = np.select([same, shared, near, both], [1, 2, 3, 4], 0)
        return out.astype(np.int8)

    def _one_digit_off(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        digits = np.zeros((len(self.values["phone"]), 9), np.uint8)
        for i, number in enumerate(self.values["phone"]):
            digits[i, 9 - len(number) :] = np.frombuffer(number.encode(), np.uint8)
        return np.asarray((digits[a] != digits[b]).sum(axis=1) == 1)

    def _siret(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        (a, b), (c, d) = (
            (self.codes[name][left], self.codes[name][right]) for name in ("siret", "siren")
        )
        both_siret, both_siren = (a > 0) & (b > 0), (c > 0) & (d > 0)
        out = np.select(
            [both_siret & (a == b), both_siret, both_siren & (c == d), both_siren], [1, 3, 2, 3], 0
        )
        return np.where(self.kind[left] == "c", out, 0).astype(np.int8)

    def _town(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        town = self._by_value("town", left, right, compare_town, "town")
        zip_l, zip_r = self.codes["zip"][left], self.codes["zip"][right]
        both = (zip_l > 0) & (zip_r > 0)
        equal = both & (zip_l == zip_r)
        out = np.select([equal, both & (town == 1), both, town > 0], [1, 2, 3, town], 0)
        return out.astype(np.int8)

    def _address(self, left: np.ndarray, right: np.ndarray, town: np.ndarray) -> np.ndarray:
        street = self._by_value("street", left, right, compare_street, "address")
        number_l, number_r = self.codes["number"][left], self.codes["number"][right]
        both = (number_l > 0) & (number_r > 0)
        near = np.where(street > 0, np.maximum(street, 2), 0)
        number_apart = np.where(both & (number_l != number_r) & (street > 0), 3, near)
        out = np.where(number_l == number_r, street, number_apart)
        return np.where((town == 3) & (out < 3), 0, out).astype(np.int8)


def _shared(codes: np.ndarray, last: np.ndarray) -> np.ndarray:
    """By code, whether a value stands with many last names."""
    import pandas as pd

    wide = codes.shape[1]
    pairs = pd.DataFrame({"v": codes.ravel(), "l": np.repeat(last, wide)}).drop_duplicates()
    counts = np.bincount(pairs["v"].to_numpy(), minlength=int(codes.max(initial=0)) + 1)
    return np.asarray(counts >= _SHARED_BY)


def _levels(
    a: np.ndarray,
    b: np.ndarray,
    values: np.ndarray,
    compare: Callable[[str, str], str],
    order: tuple[str, ...],
) -> np.ndarray:
    """The finding of each pair of codes, each distinct pair compared once."""
    out = np.zeros(len(a), np.int8)
    filled = np.flatnonzero((a > 0) & (b > 0))
    pairs, back = _distinct(a[filled], b[filled], len(values))
    rank = {finding: i for i, finding in enumerate(order)}
    levels = [rank[compare(values[x], values[y])] for x, y in pairs.tolist()]
    out[filled] = np.array(levels, np.int8)[back]
    return out


def _distinct(a: np.ndarray, b: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    keys, back = np.unique(low * size + high, return_inverse=True)
    return np.stack([keys // size, keys % size], axis=1), back


def _name_levels(
    a: np.ndarray,
    b: np.ndarray,
    names: np.ndarray,
    both_known: np.ndarray,
    compare: Callable[[str, str, bool], str],
    order: tuple[str, ...],
) -> np.ndarray:
    rank = {finding: i for i, finding in enumerate(order)}
    blank = names == ""
    out = np.zeros(len(a), np.int8)
    filled = np.flatnonzero(~blank[a] & ~blank[b])
    pairs, back = _distinct(a[filled], b[filled], len(names))
    known = np.zeros(len(pairs), bool)
    known[back] = both_known[filled]
    levels = [
        rank[compare(names[x], names[y], k)]
        for (x, y), k in zip(pairs.tolist(), known.tolist(), strict=True)
    ]
    out[filled] = np.array(levels, np.int8)[back]
    return out


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
            best = max(points.max(), 0.0)
            levels = found.get(criterion)
            if levels is None:
                total += best
            elif criterion == "email":  # an e-mail that is not the same may still be alike
                total += np.where(levels > 0, points[levels], best)
            else:
                total += points[levels]
        return np.asarray(total >= least)

    def score(self, found: Findings) -> np.ndarray:
        """The points of each pair, between 0 and 100."""
        total = sum(self.points[criterion][levels] for criterion, levels in found.items())
        return np.clip(total, 0, 100)

    def refused(self, found: Findings) -> np.ndarray:
        """Whether something refuses each pair."""
        out = np.zeros(len(next(iter(found.values()))), bool)
        for criterion, levels in found.items():
            out |= self.vetoes[criterion][levels]
        return out
