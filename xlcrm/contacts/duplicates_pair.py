"""Compare two contacts on their own, without the base they come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from xlcrm.contacts.duplicates_columns import (
    compare_birth,
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
    OTHER_NAME,
    PROPERTY_COMPANY,
    RELATIVES,
)
from xlcrm.contacts.duplicates_keys import SIDE_BY_SIDE
from xlcrm.contacts.duplicates_names import compare_first, compare_last
from xlcrm.contacts.first_names import is_first_name
from xlcrm.contacts.names import is_last_name
from xlcrm.contacts.phonetics import sound

Keys = Mapping[str, str]
Finding = dict[str, str]


def compare_rows(a: Keys, b: Keys) -> Finding:
    """The finding of each criterion for two rows of matching keys; "" where nothing compares.

    The same findings as a base of these two rows would give; none for a person and a company.
    """
    if a["kind"] != b["kind"] or not a["kind"]:
        return {}
    found = _names(a, b)
    found["civility"] = "different" if a["civ"] and b["civ"] and a["civ"] != b["civ"] else ""
    found["birth_date"] = compare_birth(a["dob"], b["dob"])
    person = a["kind"] == "p"
    found["email"] = compare_email(a["mail"], b["mail"]) if person else ""
    found["company_email"] = "" if person else _company_mail(a, b)
    found["phone"] = _phone(a, b)
    found["siret"] = "" if person else _siret(a, b)
    company = compare_company(a["company"], b["company"])
    found["legal_form"] = "" if person or found["siret"] else _forms(a["form"], b["form"], company)
    _weigh_first(a, b, found)
    town = _town(a, b)
    address = "" if town == "different" else _address(a, b)
    if person and found["last_name"] == "different" and company not in ("", "different"):
        found["phone"] = "shared" if found["phone"] == "same" else found["phone"]
    as_company = {"part": "near", "typo": "near"}.get(company, company)
    if company == "different" and found["siret"] in ("same", "siren"):
        company = "renamed"
    found["town"], found["address"] = (town, address) if person else ("", "")
    found["company"], found["company_name"] = (as_company, "") if person else ("", company)
    found["company_place"] = "" if person else _place(town, address)
    found["chance"] = _chance(found, bool(a["company"] or b["company"])) if person else ""
    return found


def _company_mail(a: Keys, b: Keys) -> str:
    if not a["mail"] or not b["mail"]:
        return ""
    if a["mail"] == b["mail"]:
        return "same"
    return "site" if a["site"] and a["site"] == b["site"] else "different"


def _forms(a: str, b: str, company: str) -> str:
    if (a == PROPERTY_COMPANY) != (b == PROPERTY_COMPANY):
        return "property" if (a and b) or company in ("part", "different") else ""
    return "different" if a and b and a != b else ""


def _place(town: str, address: str) -> str:
    if town == "different":
        return "different"
    if address:
        return "moved" if address == "different" else "address"
    return {"same": "town", "postcode": "town", "near": "district"}.get(town, "")


def _names(a: Keys, b: Keys) -> Finding:
    first, last = _first(a["first"], b["first"]), _last(a["last"], b["last"])
    if last in ("part", "close", "different") and _born(a, b):
        last = "birth"
    if first == "initial" and _first(a["hint"], b["hint"]) in ("close", "different"):
        first = "different"
    if first == "close" and a["mail"] and a["mail"] == b["mail"]:
        local = a["mail"].partition("@")[0]
        if any(side["first"].replace(" ", "-") in local for side in (a, b)):
            first = "typo"
    order = ""
    for one, two in (("first", "last"), ("last", "first")):
        if first != "different" and last != "different":
            break
        if not (_alike(a[one], b[two]) or _alike(a[two], b[one])):
            continue
        firsts, lasts = _first(a[one], b[two]), _last(a[two], b[one])
        near = firsts not in ("", "part", "compound", "gender", "close", "different")
        known = lasts in ("same", "birth", "sound", "typo", "typos")
        if (near and lasts == "same") or (firsts == "same" and known):
            first, last, order = firsts, lasts, "swapped"
    return {"last_name": last, "first_name": first, "order": order}


def _first(a: str, b: str) -> str:
    return compare_first(a, b, is_first_name(a) + is_first_name(b))


def _last(a: str, b: str) -> str:
    return compare_last(a, b, is_last_name(a) + is_last_name(b))


def _alike(a: str, b: str) -> bool:
    return bool(a and b) and sound(a) == sound(b)


def _born(a: Keys, b: Keys) -> bool:
    pairs = (("birth", "last"), ("last", "birth"), ("birth", "birth"))
    return any(_alike(a[one], b[two]) for one, two in pairs)


def _numbers(row: Keys) -> set[str]:
    return {row[f"phone{i}"] for i in range(SIDE_BY_SIDE)} - {""}


def _phone(a: Keys, b: Keys) -> str:
    if not a["phone0"] or not b["phone0"]:
        return ""
    if common := _numbers(a) & _numbers(b):
        mobile = a["kind"] == "p" and any(number[0] in "67" for number in common)
        return "mobile" if mobile else "same"
    one, two = a["phone0"].rjust(9), b["phone0"].rjust(9)
    return "typo" if sum(x != y for x, y in zip(one, two, strict=True)) == 1 else "different"


def _siret(a: Keys, b: Keys) -> str:
    if a["siret"] and b["siret"]:
        return "same" if a["siret"] == b["siret"] else "different"
    if a["siren"] and b["siren"]:
        return "siren" if a["siren"] == b["siren"] else "different"
    return ""


def _weigh_first(a: Keys, b: Keys, found: Finding) -> None:
    if found["first_name"] == "gender" and a["civ"] and a["civ"] == b["civ"]:
        found["first_name"] = "typo"
    personal = found["phone"] == "mobile" or found["birth_date"] in ("same", "close")
    personal |= a["mail"] == b["mail"] != "" and found["email"] == "same"
    if found["first_name"] == "part" and not personal:
        found["first_name"] = "compound"
    other = found["last_name"] == "different"
    if other and found["first_name"] == "initial" and found["email"] != "same":
        found["first_name"] = "initial" if found["phone"] == "mobile" else ""


def _town(a: Keys, b: Keys) -> str:
    town = compare_town(a["town"], b["town"])
    if not a["zip"] or not b["zip"]:
        return town
    if a["zip"] == b["zip"]:
        return "same" if town == "same" else "postcode"
    return "near" if town == "same" else "different"


def _address(a: Keys, b: Keys) -> str:
    street = compare_street(a["street"], b["street"])
    if not street or a["number"] == b["number"]:
        return street
    if a["number"] and b["number"]:
        return "different"
    return "near" if street == "same" else street


def _chance(found: Finding, companies: bool) -> str:
    """How many persons one expects to share names and place by chance, in a base of usual size."""
    first, last = found["first_name"], found["last_name"]
    told = {
        "last": last not in ("", "close", "different"),
        "first": first in ("same", "nickname", "sound", "typo", "typos", "second"),
        "letter": first in ("initial", "part", "compound", "gender", "close"),
        "zip": found["town"] in ("same", "postcode"),
        "town": found["town"] == "near",
        "street": found["address"] == "same",
        "dob": found["birth_date"] == "same",
    }
    another = told["first"] and told["street"] and last == "different" and not companies
    if not told["last"] and not told["dob"] and not another:
        return ""
    expected, relatives = float(LEAST_ROWS), RELATIVES
    for column, counts in told.items():
        if counts:
            expected *= LEAST_SHARE[column]
            if column in ("first", "letter", "dob"):
                relatives *= LEAST_SHARE[column]
    rank = bisect_right(list(CHANCES), expected + relatives)
    findings = FINDINGS["chance"]
    return findings[max(rank + 1, findings.index(OTHER_NAME) if another else 0)]
