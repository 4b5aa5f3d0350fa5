"""Sentences that agree with their numbers."""

import pytest

from xlcrm.texts import Text

SENTENCE = Text(
    fr="{sheet} : {n} formule(s) n'(a|ont) pas été lue(s), {m} journa(l|ux).",
    en="{sheet}: {n} formula(s) (was|were) not read, {m} match(es).",
)


@pytest.mark.parametrize(
    ("n", "m", "fr", "en"),
    [
        (0, 1, "0 formule n'a pas été lue, 1 journal.", "0 formulas were not read, 1 match."),
        (1, 0, "1 formule n'a pas été lue, 0 journal.", "1 formula was not read, 0 matches."),
        (1.5, 2, "1.5 formule n'a pas été lue, 2 journaux.",
         "1.5 formulas were not read, 2 matches."),
        ("1 200", "1", "1 200 formules n'ont pas été lues, 1 journal.",
         "1 200 formulas were not read, 1 match."),
    ],
)  # fmt: skip
def test_words_agree_with_the_number_before_them(n, m, fr, en):
    told = SENTENCE.format(sheet="Prénom(s)", n=n, m=m)
    assert (told.fr, told.en) == (f"Prénom(s) : {fr}", f"Prénom(s): {en}")


def test_what_follows_no_number_stays():
    assert Text("La (les) feuille(s) {name}", "Sheet(s) {name}").format(name="A") == Text(
        "La (les) feuille(s) A", "Sheet(s) A"
    )


def test_a_text_without_places_may_hold_braces():
    assert Text(fr="Feuille « {x} »", en='Sheet "{x}"').format().fr == "Feuille « {x} »"
