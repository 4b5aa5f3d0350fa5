"""From matching pairs to groups: no group may hold two rows that cannot be one contact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

LARGEST = 80  # rows of one chain of matches that are all compared with each other
MARGIN = 10  # points by which a row must be nearer to one of two rows that exclude each other

Refuse = Callable[[np.ndarray, np.ndarray], np.ndarray]
Pair = tuple[int, int]


def build_groups(
    size: int, left: np.ndarray, right: np.ndarray, points: np.ndarray, refuse: Refuse
) -> np.ndarray:
    """The group of each row, a number from 0; rows alone have a number of their own.

    Pairs are taken best first; two groups are joined only if `refuse(left, right)` (True for a
    pair that cannot be one contact) holds for no row of one with a row of the other. So a
    household or two homonyms are not chained together by a third row that resembles both; and
    when that row is about as near to both ("M. Petit" to Marie and to Michel), it joins neither.
    """
    chains = _chains(size, left, right)
    apart = _apart(chains, refuse)
    clear = ~_ambiguous(left, right, points, apart)
    left, right, points = left[clear], right[clear], points[clear]
    members: dict[int, list[int]] = {}
    group = np.arange(size)
    order = np.lexsort((right, left, -points))
    for a, b in zip(left[order].tolist(), right[order].tolist(), strict=True):
        one, two = int(group[a]), int(group[b])
        if one == two:
            continue
        rows_one, rows_two = members.get(one, [one]), members.get(two, [two])
        if any((min(x, y), max(x, y)) in apart for x in rows_one for y in rows_two):
            continue
        kept, gone = (one, two) if one < two else (two, one)
        members[kept] = sorted(rows_one + rows_two)
        members.pop(gone, None)
        group[members[kept]] = kept
    return group


def _ambiguous(
    left: np.ndarray, right: np.ndarray, points: np.ndarray, apart: set[Pair]
) -> np.ndarray:
    """Pairs of a row that is about as near to another row, which excludes its partner."""
    partners: dict[int, list[tuple[float, int]]] = {}
    lines = list(zip(left.tolist(), right.tolist(), points.tolist(), strict=True))
    rows_apart = {row for pair in apart for row in pair}
    for a, b, p in lines:
        for row, other in ((a, b), (b, a)):
            if other in rows_apart:
                partners.setdefault(row, []).append((p, other))
    return np.array(
        [
            _has_rival(a, b, p, partners, apart) or _has_rival(b, a, p, partners, apart)
            for a, b, p in lines
        ],
        dtype=bool,
    )


def _has_rival(
    row: int,
    other: int,
    points: float,
    partners: dict[int, list[tuple[float, int]]],
    apart: set[Pair],
) -> bool:
    return any(
        rival_points > points - MARGIN and (min(rival, other), max(rival, other)) in apart
        for rival_points, rival in partners.get(row, ())
        if rival != other
    )


def _chains(size: int, left: np.ndarray, right: np.ndarray) -> list[np.ndarray]:
    """The connected parts of three rows or more."""
    parent = np.arange(size)

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = int(parent[row])
        return row

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        one, two = root(a), root(b)
        if one != two:
            parent[max(one, two)] = min(one, two)
    touched = np.unique(np.concatenate([left, right]))
    roots = np.array([root(int(row)) for row in touched], dtype=np.int64)
    order = np.argsort(roots, kind="stable")
    cuts = np.flatnonzero(np.diff(roots[order])) + 1
    return [part for part in np.split(touched[order], cuts) if len(part) > 2]


def _apart(chains: list[np.ndarray], refuse: Refuse) -> set[Pair]:
    """The pairs of rows within a chain that cannot be one contact."""
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for rows in chains:
        a, b = np.triu_indices(len(rows), 1)
        if len(rows) > LARGEST:
            near = b - a <= LARGEST
            a, b = a[near], b[near]
        found.append((rows[a], rows[b]))
    if not found:
        return set()
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    no = refuse(left, right)
    return set(zip(left[no].tolist(), right[no].tolist(), strict=True))
