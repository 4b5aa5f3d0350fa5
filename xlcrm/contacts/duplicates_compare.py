"""Compare the rows of a base in pairs, many at a time: one finding for each criterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from xlcrm.contacts.duplicates_arrays import (
    digits,
    levels_of,
    name_levels,
    near_dates,
    places,
    shared_by_many,
)
from xlcrm.contacts.duplicates_columns import (
    compare_company,
    compare_email,
    compare_street,
    compare_town,
)
from xlcrm.contacts.duplicates_criteria import (
    CHANCES,
    FINDINGS,
    LEAST_ROWS,
    LEAST_SHARE,
    LIKELY_BRANCH,
    OTHER_NAME,
    PROPERTY_COMPANY,
    RELATIVES,
)
from xlcrm.contacts.duplicates_keys import SIDE_BY_SIDE, mailboxes
from xlcrm.contacts.duplicates_names import FIRST, LAST, compare_first, compare_last
from xlcrm.contacts.first_names import is_first_name
from xlcrm.contacts.names import is_last_name
from xlcrm.contacts.phonetics import sound

if TYPE_CHECKING:
    import pandas as pd

Findings = dict[str, np.ndarray]

_IN_USE = 3  # persons: from here on, a name in a base is no typing error
COMPOUND = FIRST.index("compound")
_OTHER_COMPANY = FINDINGS["company_name"].index("different")
_OTHER_FIRST, _OTHER_LAST = FIRST.index("different"), LAST.index("different")


class Comparer:
    """The rows of a base, ready to be compared."""

    def __init__(self, keys: pd.DataFrame) -> None:
        import pandas as pd

        self.size = len(keys)
        self.kind = keys["kind"].to_numpy()
        self.codes: dict[str, np.ndarray] = {}
        self.values: dict[str, np.ndarray] = {}
        alone = ("civ", "mail", "zip", "town", "number", "street", "dob", "siret", "siren")
        for column in (*alone, "company", "form", "site"):
            self._encode(pd, (column,), [keys[column]])
        names = ("first", "last", "birth", "hint")
        self._encode(pd, names, [keys[name] for name in names])
        phones = tuple(f"phone{i}" for i in range(SIDE_BY_SIDE))
        self._encode(pd, phones, [keys[phone] for phone in phones])
        self.phones = np.stack([self.codes[phone] for phone in phones], axis=1)
        self.digits = digits(self.values["phone0"], 9)
        self.dates = digits(self.values["dob"], 8)
        self.mobile = np.array([number[:1] in ("6", "7") for number in self.values["phone0"]])
        self.names = self.values["first"]
        self.sounds = pd.factorize(np.array([sound(v) if v else "" for v in self.names], object))[0]
        first, last = (self.sounds[self.codes[name]] for name in ("first", "last"))
        letters = pd.factorize(np.array([name[:1] for name in self.names], object))[0]
        self.places = {
            "last": last,
            "first": first,
            "letter": letters[self.codes["first"]],
            "zip": self.codes["zip"],
            "town": self.codes["town"],
            "dob": self.codes["dob"],
            "street": self.codes["street"],
        }
        self.known_first = self._in_use("first", last, is_first_name)
        self.known_last = self._in_use("last", first, is_last_name)
        self.mail_shared = shared_by_many(self.codes["mail"][:, None], last)
        service = [mail.partition("@")[0] in mailboxes("generic") for mail in self.values["mail"]]
        self.mail_shared |= np.array(service)
        self.phone_shared = shared_by_many(self.phones, last)
        firms = (self.kind == "c") & (self.codes["zip"] > 0)
        regions = pd.DataFrame({"c": self.codes["company"], "r": keys["zip"].str[:2]})[firms]
        counts = regions.drop_duplicates()["c"].to_numpy()
        self.regions = np.bincount(counts, minlength=len(self.values["company"]))

    def _encode(self, pd: Any, names: tuple[str, ...], columns: list[pd.Series]) -> None:
        """Codes of columns side by side that share their values; 0 for a blank."""
        stacked = pd.concat([pd.Series([""]), *columns], ignore_index=True)
        codes, values = pd.factorize(stacked)
        for name, part in zip(names, codes[1:].reshape(len(columns), self.size), strict=True):
            self.codes[name] = part
            self.values[name] = values.to_numpy(dtype=object)

    def _in_use(self, name: str, other: np.ndarray, listed: Callable[[str], bool]) -> np.ndarray:
        """By code, whether a name is a real one: on the list, or of several persons of the base."""
        import pandas as pd

        pairs = pd.DataFrame({"name": self.codes[name], "other": other}).drop_duplicates()
        counts = np.bincount(pairs["name"].to_numpy(), minlength=len(self.names))
        return np.array([bool(v) and listed(v) for v in self.names]) | (counts >= _IN_USE)

    def quick(self, left: np.ndarray, right: np.ndarray) -> Findings:
        """What can refuse a pair, and plain equalities: names, title, birth, e-mail, phone."""
        mail_l, mail_r = self.codes["mail"][left], self.codes["mail"][right]
        same = (mail_l == mail_r) & (mail_l > 0)
        civ_l, civ_r = self.codes["civ"][left], self.codes["civ"][right]
        persons = self.kind[left] == "p"
        email = np.select([same & self.mail_shared[mail_l], same], [2, 1], 0)
        found = {
            **self._names(left, right),
            "civility": ((civ_l > 0) & (civ_r > 0) & (civ_l != civ_r)).astype(np.int8),
            "birth_date": self._births(left, right),
            "email": np.where(persons, email, 0).astype(np.int8),
            "company_email": self._company_mails(left, right, same),
            "phone": self._phones(left, right),
            "siret": self._siret(left, right),
        }
        found["legal_form"] = self._forms(left, right, found["siret"])
        self._weigh_first(left, right, found)
        return found

    def rest(self, left: np.ndarray, right: np.ndarray, found: Findings) -> Findings:
        """`found` by quick, and the comparisons by likeness but e-mails."""
        town = self._town(left, right)
        address = self._address(left, right, town)
        chance = self._chance(left, right, {**found, "town": town, "address": address})
        persons = self.kind[left] == "p"
        company = self._company(left, right, found["siret"])
        colleagues = (company > 0) & (company < _OTHER_COMPANY) & (found["phone"] == 1)
        colleagues &= persons & (found["last_name"] == _OTHER_LAST)
        switchboard = np.where(colleagues, 2, found["phone"])
        as_company = np.array([0, 1, 1, 2, 2, 2, 3, 3], np.int8)[company]  # likeness is enough
        return {
            **found,
            "phone": self._near_phones(left, right, switchboard),
            "town": np.where(persons, town, 0).astype(np.int8),
            "address": np.where(persons, address, 0).astype(np.int8),
            "company": np.where(persons, as_company, 0).astype(np.int8),
            "company_name": np.where(persons, 0, company).astype(np.int8),
            "company_place": np.where(persons, 0, places(town, address)).astype(np.int8),
            "chance": np.where(persons, chance, 0).astype(np.int8),
        }

    def emails(self, left: np.ndarray, right: np.ndarray, found: Findings) -> Findings:
        """`found` so far, and how alike the e-mails are, the slowest to tell."""
        persons = np.flatnonzero(self.kind[left] == "p")
        email = found["email"].copy()
        a, b = left[persons], right[persons]
        mail = self._by_value("mail", compare_email, "email", a, b)
        email[persons] = np.where(email[persons] > 0, email[persons], mail)
        return {**found, "email": email}

    def _by_value(
        self,
        column: str,
        compare: Callable[[str, str], str],
        criterion: str,
        left: np.ndarray,
        right: np.ndarray,
    ) -> np.ndarray:
        codes = self.codes[column]
        order = FINDINGS[criterion]
        return levels_of(codes[left], codes[right], self.values[column], compare, order)

    def _names(self, left: np.ndarray, right: np.ndarray) -> Findings:
        first = self._firsts("first", "first", left, right)
        last = self._lasts("last", "last", left, right)
        self._birth_names(left, right, last)
        self._told_by_email(left, right, first)
        swapped = np.zeros(len(left), np.int8)
        for one, two in (("first", "last"), ("last", "first")):
            doubtful = np.flatnonzero((first == _OTHER_FIRST) | (last == _OTHER_LAST))
            a, b = left[doubtful], right[doubtful]
            near = self._alike(one, two, a, b) | self._alike(two, one, a, b)
            rows = doubtful[near]
            firsts = self._firsts(one, two, left[rows], right[rows])
            lasts = self._lasts(two, one, left[rows], right[rows])
            sure = (firsts > 0) & (firsts < FIRST.index("part")) & (lasts == 1)
            sure |= (firsts == 1) & (lasts > 0) & (lasts < LAST.index("part"))
            first[rows[sure]], last[rows[sure]], swapped[rows[sure]] = firsts[sure], lasts[sure], 1
        return {
            "last_name": last.astype(np.int8),
            "first_name": first.astype(np.int8),
            "order": swapped,
        }

    def _firsts(self, one: str, two: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes[one][left], self.codes[two][right]
        return name_levels(a, b, self.names, self.known_first, compare_first, FIRST)

    def _lasts(self, one: str, two: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes[one][left], self.codes[two][right]
        return name_levels(a, b, self.names, self.known_last, compare_last, LAST)

    def _alike(self, one: str, two: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes[one][left], self.codes[two][right]
        return (self.sounds[a] == self.sounds[b]) & (a > 0) & (b > 0)

    def _birth_names(self, left: np.ndarray, right: np.ndarray, last: np.ndarray) -> None:
        """A last name that is the other row's birth name."""
        rows = np.flatnonzero(last >= LAST.index("part"))
        a, b = left[rows], right[rows]
        born = self._alike("birth", "last", a, b) | self._alike("last", "birth", a, b)
        last[rows[born | self._alike("birth", "birth", a, b)]] = LAST.index("birth")

    def _told_by_email(self, left: np.ndarray, right: np.ndarray, first: np.ndarray) -> None:
        """An e-mail tells the name behind an initial, and which of two close names is a slip."""
        rows = np.flatnonzero(first == FIRST.index("initial"))
        hints = self._firsts("hint", "hint", left[rows], right[rows])
        first[rows[hints >= FIRST.index("close")]] = _OTHER_FIRST
        rows = np.flatnonzero(first == FIRST.index("close"))
        mail_l, mail_r = self.codes["mail"][left[rows]], self.codes["mail"][right[rows]]
        rows = rows[(mail_l == mail_r) & (mail_l > 0)]
        for row in rows.tolist():
            mail = self.values["mail"][self.codes["mail"][left[row]]].partition("@")[0]
            names = (self.names[self.codes["first"][side[row]]] for side in (left, right))
            if any(name.replace(" ", "-") in mail for name in names):
                first[row] = FIRST.index("typo")

    def _weigh_first(self, left: np.ndarray, right: np.ndarray, found: Findings) -> None:
        """What else is known decides on first names that are one person's or two relatives'."""
        first = found["first_name"]
        civ_l, civ_r = self.codes["civ"][left], self.codes["civ"][right]
        slip = (first == FIRST.index("gender")) & (civ_l > 0) & (civ_l == civ_r)
        first[slip] = FIRST.index("typo")
        rows = np.flatnonzero(first == FIRST.index("part"))
        mobile = found["phone"][rows] == 3
        birth = np.isin(found["birth_date"][rows], [1, 2])
        personal = (found["email"][rows] == 1) | mobile | birth
        first[rows[~personal]] = COMPOUND
        rows = (first == FIRST.index("initial")) & (found["last_name"] == _OTHER_LAST)
        first[rows & (found["email"] != 1) & (found["phone"] != 3)] = 0  # a letter is no name

    def _phones(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.phones[left], self.phones[right]
        same, shared, mobile = (np.zeros(len(left), bool) for _ in range(3))
        for i in range(SIDE_BY_SIDE):
            for j in range(SIDE_BY_SIDE):
                equal = (a[:, i] == b[:, j]) & (a[:, i] > 0)
                common = self.phone_shared[a[:, i]]
                same |= equal & ~common
                shared |= equal & common
                mobile |= equal & ~common & self.mobile[a[:, i]]
        mobile &= self.kind[left] == "p"
        return np.select([mobile, same, shared], [3, 1, 2], 0).astype(np.int8)

    def _near_phones(self, left: np.ndarray, right: np.ndarray, phone: np.ndarray) -> np.ndarray:
        a, b = self.codes["phone0"][left], self.codes["phone0"][right]
        rows = np.flatnonzero((phone == 0) & (a > 0) & (b > 0))
        off = (self.digits[a[rows]] != self.digits[b[rows]]).sum(axis=1)
        out = phone.copy()
        out[rows] = np.where(off == 1, 4, 5)
        return out

    def _births(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes["dob"][left], self.codes["dob"][right]
        rows = np.flatnonzero((a > 0) & (b > 0))
        out = np.zeros(len(left), np.int8)
        out[rows] = near_dates(self.dates[a[rows]], self.dates[b[rows]])
        return out

    def _company_mails(self, left: np.ndarray, right: np.ndarray, same: np.ndarray) -> np.ndarray:
        site_l, site_r = self.codes["site"][left], self.codes["site"][right]
        both = (self.codes["mail"][left] > 0) & (self.codes["mail"][right] > 0)
        site = (site_l == site_r) & (site_l > 0)
        out = np.select([same, site, both], [1, 2, 3], 0)
        return np.where(self.kind[left] == "c", out, 0).astype(np.int8)

    def _company(self, left: np.ndarray, right: np.ndarray, siret: np.ndarray) -> np.ndarray:
        out = self._by_value("company", compare_company, "company_name", left, right)
        near = np.flatnonzero((out == 1) & (self.kind[left] == "c"))
        elsewhere = np.maximum(self.regions[self.codes["company"][left[near]]] - 1, 0)
        chain = np.zeros(len(left), bool)
        chain[near] = elsewhere * self._share("town", left[near], right[near]) > LIKELY_BRANCH
        renamed = (out == _OTHER_COMPANY) & ((siret == 1) | (siret == 2))
        return np.select([chain, renamed], [2, _OTHER_COMPANY - 1], out)

    def _forms(self, left: np.ndarray, right: np.ndarray, siret: np.ndarray) -> np.ndarray:
        """Two legal forms; an SCI is also another company than one of no form and another name."""
        a, b = self.codes["form"][left], self.codes["form"][right]
        property_company = self.values["form"] == PROPERTY_COMPANY
        one = property_company[a] != property_company[b]
        apart = (a > 0) & (b > 0) & (a != b)
        rows = np.flatnonzero(one & ~apart & (self.kind[left] == "c"))
        name = self._by_value("company", compare_company, "company_name", left[rows], right[rows])
        one[rows] = name >= FINDINGS["company_name"].index("part")
        out = np.select([one, apart], [2, 1], 0)
        return np.where((self.kind[left] == "c") & (siret == 0), out, 0).astype(np.int8)

    def _siret(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        a, b = self.codes["siret"][left], self.codes["siret"][right]
        c, d = self.codes["siren"][left], self.codes["siren"][right]
        siret, siren = (a > 0) & (b > 0), (c > 0) & (d > 0)
        out = np.select([siret & (a == b), siret, siren & (c == d), siren], [1, 3, 2, 3], 0)
        return np.where(self.kind[left] == "c", out, 0).astype(np.int8)

    def _town(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        town = self._by_value("town", compare_town, "town", left, right)
        apart = town == FINDINGS["town"].index("different")
        zip_l, zip_r = self.codes["zip"][left], self.codes["zip"][right]
        both = (zip_l > 0) & (zip_r > 0)
        equal = both & (zip_l == zip_r)
        same = town == 1
        kinds = [equal & same, equal, both & same, both | apart, same]
        out = np.select(kinds, [1, 4, 2, 3, 1], 0)
        return out.astype(np.int8)

    def _address(self, left: np.ndarray, right: np.ndarray, town: np.ndarray) -> np.ndarray:
        street = self._by_value("street", compare_street, "address", left, right)
        number_l, number_r = self.codes["number"][left], self.codes["number"][right]
        both = (number_l > 0) & (number_r > 0)
        one_missing = np.where(street > 0, np.maximum(street, 2), 0)
        apart = np.where(both & (street > 0), 3, one_missing)
        out = np.where(number_l == number_r, street, apart)
        return np.where(town == 3, 0, out).astype(np.int8)  # in another town it means nothing

    def _chance(self, left: np.ndarray, right: np.ndarray, found: Findings) -> np.ndarray:
        """How many other persons one expects to share the names and place of a pair by chance."""
        first, last = found["first_name"], found["last_name"]
        initial, close = FIRST.index("initial"), FIRST.index("close")
        told = {
            "last": (last > 0) & (last < LAST.index("close")),
            "first": (first > 0) & (first < initial),
            "letter": (first >= initial) & (first <= close),
            "zip": (found["town"] == 1) | (found["town"] == 4),
            "town": found["town"] == 2,
            "street": found["address"] == 1,
            "dob": found["birth_date"] == 1,
        }
        expected = np.full(len(left), float(max(self.size, LEAST_ROWS)))
        relatives = np.full(len(left), RELATIVES)
        for column, counts in told.items():
            share = np.where(counts, self._share(column, left, right), 1.0)
            expected *= share
            if column not in ("last", "zip", "town", "street"):  # which relatives have in common
                relatives *= share
        expected += relatives
        rank = 1 + np.searchsorted(np.array(CHANCES), expected, side="right")
        another = told["first"] & told["street"] & (last == _OTHER_LAST)  # a birth name, perhaps
        another &= (self.codes["company"][left] == 0) & (self.codes["company"][right] == 0)
        rank[another] = np.maximum(rank[another], FINDINGS["chance"].index(OTHER_NAME))
        return np.where(told["last"] | told["dob"] | another, rank, 0)

    def _share(self, column: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The part of the base with the value of a pair, the more frequent of the two."""
        codes = self.places[column]
        counts = np.bincount(codes)
        others = np.maximum(counts[codes[left]], counts[codes[right]]) - 1
        least = LEAST_SHARE[column]
        return np.maximum(others, 1) / max(self.size, 1 / least)
