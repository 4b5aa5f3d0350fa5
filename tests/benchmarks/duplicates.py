"""How right and how fast duplicates are found, beside what else people use.

    python tests/benchmarks/duplicates.py BASE.csv [BASE.csv.gz ...] [--no-splink] [--halves]

A base is a CSV whose column `cluster` tells the true person of each row (or `rec_id`, as in the
FEBRL sets). Precision, recall and F1 are those of pairs of rows. Splink needs the extra "linkage".
--halves measures xlcrm on two halves of the persons, apart.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from xlcrm.columns import fold, recognise
from xlcrm.contacts.duplicates import find_duplicates
from xlcrm.contacts.duplicates_rows import keys_of
from xlcrm.contacts.duplicates_rules import DEFAULT_RULES, MatchingRules

Pairs = set[tuple[int, int]]


def read_base(path: Path) -> pd.DataFrame:
    """A labelled base with canonical columns and `cluster`."""
    base = pd.read_csv(path, dtype=str, skipinitialspace=True)
    base.columns = base.columns.str.strip()
    if "rec_id" in base:
        return _febrl(base)
    named = {name: recognise(name) for name in base.columns if name != "cluster"}
    wanted = {name: key for name, key in named.items() if key and key != "customer_id"}
    return base[[*wanted, "cluster"]].rename(columns=wanted)


def _febrl(base: pd.DataFrame) -> pd.DataFrame:
    born = base["date_of_birth"].str.strip()
    street = base["street_number"].fillna("") + " " + base["address_1"].fillna("")
    return pd.DataFrame(
        {
            "first_name": base["given_name"],
            "last_name": base["surname"],
            "address": street.str.strip().replace("", None),
            "town": base["suburb"],
            "postcode": base["postcode"],
            "birth_date": born.str[:4] + "-" + born.str[4:6] + "-" + born.str[6:],
            "cluster": base["rec_id"].str.extract(r"rec-(\d+)-", expand=False),
        }
    )


def pairs_of(groups: pd.Series) -> Pairs:
    """The pairs of rows that share a value; a blank shares nothing."""
    filled = groups.reset_index(drop=True).dropna()
    return {
        pair
        for rows in filled.groupby(filled).indices.values()
        if len(rows) > 1
        for pair in combinations(sorted(int(filled.index[r]) for r in rows), 2)
    }


def by_name(base: pd.DataFrame) -> Pairs:
    """Rows of the same first and last name, as typed but for case and accents."""
    both = base["first_name"].fillna("") + "|" + base["last_name"].fillna("")
    return pairs_of(both.map(fold))


def by_email(base: pd.DataFrame) -> Pairs:
    """Rows of the same e-mail, as typed but for case."""
    if "email" not in base:
        return set()
    emails = base["email"].str.strip().str.lower()
    return pairs_of(emails.where(emails.str.contains("@.+[.]")))


def by_xlcrm(base: pd.DataFrame, rules: MatchingRules = DEFAULT_RULES) -> Pairs:
    """Rows of one group of find_duplicates."""
    return pairs_of(find_duplicates(base.drop(columns="cluster"), rules).rows["group"])


def without_refusals() -> MatchingRules:
    """The rules as one would set them for a file where first names and dates are often wrong."""
    milder = {
        ("first_name", finding): -15.0 for finding in ("different", "close", "gender", "compound")
    }
    milder["birth_date", "different"] = -25.0
    return replace(DEFAULT_RULES, points={**DEFAULT_RULES.points, **milder})


def by_splink(base: pd.DataFrame, normalised: bool) -> Pairs:
    """Rows of one Splink cluster, on the columns as typed or on the matching keys of xlcrm."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    if normalised:
        keys = keys_of(base).reset_index(drop=True)
        table = keys.rename(columns={"mail": "email", "phone0": "phone", "dob": "birth_date"})
        table = table.rename(columns={"zip": "postcode", "first": "first_name"})
        table = table.rename(columns={"last": "last_name"})
        table["address"] = (keys["number"] + " " + keys["street"]).str.strip()
        table = table.where(table != "", None)
    else:
        table = base.reset_index(drop=True)
    table = table.assign(unique_id=range(len(table)))
    compared = {
        "first_name": cl.JaroWinklerAtThresholds("first_name", [0.92, 0.8]),
        "last_name": cl.JaroWinklerAtThresholds("last_name", [0.92, 0.8]),
        "email": cl.EmailComparison("email"),
        "phone": cl.LevenshteinAtThresholds("phone", [1]),
        "address": cl.JaroWinklerAtThresholds("address", [0.9]),
        "postcode": cl.ExactMatch("postcode"),
        "town": cl.JaroWinklerAtThresholds("town", [0.9]),
        "birth_date": cl.LevenshteinAtThresholds("birth_date", [1, 2]),
    }
    present = [name for name in compared if name in table and table[name].notna().any()]
    rules = [
        ("email",),
        ("phone",),
        ("birth_date",),
        ("last_name", "postcode"),
        ("first_name", "postcode"),
        ("first_name", "last_name"),
    ]
    rules = [rule for rule in rules if set(rule) <= set(present)]
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[compared[name] for name in present],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )
    linker = Linker(database.register(table[["unique_id", *present]]), settings)
    sure = [block_on("first_name", "last_name", "postcode")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in rules[-2:]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rules[0]))
    scored = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, 0.95)
    found = clusters.as_pandas_dataframe().set_index("unique_id")["cluster_id"]
    return pairs_of(found.reindex(range(len(table))))


def measure(name: str, base: pd.DataFrame, find: Callable[[pd.DataFrame], Pairs]) -> None:
    """Print one line of the table."""
    start = time.perf_counter()
    found = find(base)
    seconds = time.perf_counter() - start
    truth = pairs_of(base["cluster"])
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * right / max(len(found) + len(truth), 1)
    print(f"{name:28}{precision:10.3f}{recall:10.3f}{f1:10.3f}{seconds:10.1f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bases", nargs="+", type=Path)
    parser.add_argument("--no-splink", action="store_true")
    parser.add_argument("--halves", action="store_true")
    options = parser.parse_args()
    for path in options.bases:
        base = read_base(path)
        print(f"\n{path.name}: {len(base)} rows, {len(pairs_of(base['cluster']))} true pairs")
        print(f"{'method':28}{'precision':>10}{'recall':>10}{'F1':>10}{'seconds':>10}")
        measure("same name", base, by_name)
        measure("same e-mail", base, by_email)
        if not options.no_splink:
            measure("splink, rows as typed", base, lambda b: by_splink(b, normalised=False))
            measure("splink, keys of xlcrm", base, lambda b: by_splink(b, normalised=True))
        measure("xlcrm", base, by_xlcrm)
        measure("xlcrm, points for refusals", base, lambda b: by_xlcrm(b, without_refusals()))
        if options.halves:
            half = base["cluster"].map(lambda c: sum(map(ord, str(c))) % 2)
            for number in (0, 1):
                part = base[half == number].reset_index(drop=True)
                measure(f"xlcrm, half {number + 1}", part, by_xlcrm)
    return 0


if __name__ == "__main__":
    sys.exit(main())
