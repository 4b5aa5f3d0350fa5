"""Groups: chains of matches that hold no two rows which exclude each other."""

import numpy as np

from xlcrm.contacts.clusters import build_groups


def groups(size, matches, apart=()):
    """The groups of two rows or more, from (left, right, points) and pairs that exclude."""
    left, right, points = (np.array(side) for side in zip(*matches, strict=True))
    excluded = {tuple(sorted(pair)) for pair in apart}

    def refuse(a, b):
        return np.array([(x, y) in excluded for x, y in zip(a.tolist(), b.tolist(), strict=True)])

    found = build_groups(size, left, right, points, refuse)
    return [np.flatnonzero(found == g).tolist() for g in np.unique(found) if (found == g).sum() > 1]


def test_a_chain_is_one_group():
    assert groups(4, [(0, 1, 80), (1, 2, 70)]) == [[0, 1, 2]]


def test_a_row_much_nearer_to_one_of_two_joins_it():
    assert groups(3, [(0, 1, 95), (1, 2, 60)], apart=[(0, 2)]) == [[0, 1]]


def test_a_row_as_near_to_two_joins_neither():
    assert groups(3, [(0, 1, 80), (1, 2, 75)], apart=[(0, 2)]) == []


def test_two_groups_that_exclude_each_other_stay_apart():
    matches = [(0, 1, 95), (2, 3, 95), (1, 2, 60)]
    assert groups(4, matches, apart=[(0, 3)]) == [[0, 1], [2, 3]]


def test_the_order_of_pairs_does_not_matter():
    matches = [(0, 1, 95), (2, 3, 90), (1, 2, 60), (3, 4, 85), (4, 5, 70)]
    apart = [(0, 3)]
    assert groups(6, matches, apart) == groups(6, matches[::-1], apart) == [[0, 1], [2, 3, 4, 5]]
