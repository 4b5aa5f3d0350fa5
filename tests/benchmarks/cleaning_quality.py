"""How much of a messy base is right after cleaning, by field, and how many valid values it spoils.

Run: python tests/benchmarks/cleaning_quality.py [cells by field]
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import cleaning_mess as mess

from xlcrm.contacts.cleaning import clean_table

FIELDS = ("civility", "first_name", "last_name", "phone", "email", "postcode", "town")
SHARED = Path(__file__).parents[3] / "shared" / "data" / "fr_contacts_3k.csv"
LABELS = {
    "civ": "civility",
    "prenom": "first_name",
    "nom": "last_name",
    "adresse": "address",
    "cp": "postcode",
    "ville": "town",
    "tel": "phone",
}


def cleaned(cells: list[mess.Case], field: str) -> list[object]:
    """The cleaned cells of one field, a town with its postcode."""
    frame = pd.DataFrame({field: pd.Series([c.typed for c in cells], dtype=object)})
    if field == "town":
        frame["postcode"] = pd.Series([c.with_postcode for c in cells], dtype=object)
    return clean_table(frame).frame[field].tolist()


def by_field(
    count: int, seed: int
) -> dict[str, tuple[int, int, int, int, Counter[tuple[str, ...]]]]:
    """Field -> (cells, right, valid as typed, valid ones spoiled, the wrong ones counted)."""
    cells: defaultdict[str, list[mess.Case]] = defaultdict(list)
    for case in mess.cases(count, seed):
        cells[case.column].append(case)
    found = {}
    for field in FIELDS:
        result = cleaned(cells[field], field)
        pairs = list(zip(cells[field], result, strict=True))
        right = sum(r == c.truth for c, r in pairs)
        valid = [(c, r) for c, r in pairs if c.typed == c.truth]
        spoiled = sum(r != c.truth for c, r in valid)
        wrong = Counter(
            (c.mess, str(c.typed), str(r), str(c.truth)) for c, r in pairs if r != c.truth
        )
        found[field] = (len(pairs), right, len(valid), spoiled, wrong)
    return found


def agreement() -> list[tuple[str, float, float]] | None:
    """Share of pairs of rows of one person that agree, by field, before and after cleaning."""
    if not SHARED.exists():
        return None
    base = pd.read_csv(SHARED, dtype=str).rename(columns=LABELS)
    after = clean_table(base).frame
    rows = []
    for field in (*FIELDS[:3], "address", "phone", "email", "postcode", "town"):
        shares = []
        for frame in (base, after):
            known = frame[["cluster", field]].dropna()
            groups = known.groupby("cluster")[field]
            several = groups.size() > 1
            shares.append(float((groups.nunique()[several] == 1).mean()))
        rows.append((field, *shares))
    return rows


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{'field':<12}{'cells':>8}{'right %':>10}{'valid':>8}{'spoiled':>9}{'per 1000':>10}")
    worst: list[str] = []
    for field, (cells, right, valid, spoiled, wrong) in by_field(count, 20261121).items():
        rate = 1000 * spoiled / max(valid, 1)
        print(
            f"{field:<12}{cells:>8}{100 * right / cells:>10.2f}{valid:>8}{spoiled:>9}{rate:>10.2f}"
        )
        worst += [f"  {field}: {w} x{n}" for w, n in wrong.most_common(5)]
    print("\nmost frequent errors (mess, typed, cleaned, truth):", *worst, sep="\n")
    if rows := agreement():
        print(f"\n{'one person':<12}{'before %':>10}{'after %':>10}")
        for field, before, after in rows:
            print(f"{field:<12}{100 * before:>10.1f}{100 * after:>10.1f}")


if __name__ == "__main__":
    main()
