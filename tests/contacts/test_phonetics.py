"""Names that sound alike, and names that do not."""

import pytest

from xlcrm.contacts.phonetics import sound


@pytest.mark.parametrize(
    "names",
    [
        "lefebvre lefevre",
        "dupont dupond",
        "thierry tierry",
        "renault renaud reno reynaud",
        "philippe filipe",
        "mathieu matthieu",
        "catherine katherine",
        "corinne corine",
        "martinez martines",
        "muller mueller",
        "durand durant",
        "rousseau rousseaux rouso",
        "chevalier chevallier",
        "christophe cristophe",
        "henri henry",
        "bodin baudin",
        "jacquot jaco",
        "pascal pascale",
    ],
)
def test_sound_alike(names):
    assert len({sound(name) for name in names.split()}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("martin", "marin"),
        ("jean", "jeanne"),
        ("louis", "louise"),
        ("leo", "lea"),
        ("marie", "mario"),
        ("petit", "petite"),
        ("meunier", "meugnier"),
    ],
)
def test_sound_different(one, two):
    assert sound(one) != sound(two)


def test_spaces_do_not_count():
    assert sound("le goff") == sound("legoff")
