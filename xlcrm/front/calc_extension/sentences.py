"""What the office's side says by itself, when no worker is there to say it."""

from __future__ import annotations

# key: (French, English)
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": (
        "xlcrm n'est pas installé sur cette machine, ou l'extension ne trouve pas son Python. "
        "Ouvrez un terminal, lancez « pip install xlcrm » puis « xlcrm install --libreoffice », "
        "et redémarrez LibreOffice.",
        "xlcrm is not installed on this machine, or the extension cannot find its Python. Open a "
        'terminal, run "pip install xlcrm" then "xlcrm install --libreoffice", and restart '
        "LibreOffice.",
    ),
    "broken": (
        "Le Python de xlcrm ne démarre pas. Lancez « xlcrm doctor » dans un terminal : il dit ce "
        "qui manque.",
        'The Python of xlcrm does not start. Run "xlcrm doctor" in a terminal: it says what is '
        "missing.",
    ),
    "ended": (
        "xlcrm s'est arrêté au milieu du travail. Votre classeur est comme avant ; relancez la "
        "commande.",
        "xlcrm ended in the middle of the work. Your workbook is as it was; run the command again.",
    ),
    "closed": (
        "Le classeur a été fermé pendant le travail de xlcrm. Rouvrez-le et relancez la commande.",
        "The workbook was closed while xlcrm was working. Open it again and rerun the command.",
    ),
    "busy": (
        "xlcrm travaille déjà. Attendez la fin de la commande en cours.",
        "xlcrm is already working. Wait until the present command ends.",
    ),
    "unforeseen": (
        "LibreOffice n'a pas laissé xlcrm travailler sur ce classeur ({reason}). Enregistrez-le, "
        "fermez-le, rouvrez-le, puis relancez la commande.",
        "LibreOffice did not let xlcrm work on this workbook ({reason}). Save it, close it, open "
        "it again, then rerun the command.",
    ),
    "no_sheet": (
        "Ouvrez d'abord un classeur Calc.",
        "Open a Calc workbook first.",
    ),
    "linked": (
        "{n} formule(s) de xlcrm reliée(s).",
        "{n} formula(s) of xlcrm linked.",
    ),
}


def sentence(key: str, lang: str, n: int = 0, **values: object) -> str:
    """One sentence in one language; `(s)` agrees with the number `n`."""
    french, english = _SENTENCES[key]
    is_many = n != 1 if lang == "en" else n > 1
    text = (english if lang == "en" else french).replace("(s)", "s" if is_many else "")
    return text.format(n=n, **values)
