"""The sheet Calendrier: the months of the budget, their numbers and days."""

from __future__ import annotations

from xlcrm.templates.builder import Words
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.draft import LABEL, MONTH, Draft
from xlcrm.texts import Text

NAME = Text("Calendrier", "Calendar")


def write_calendar(draft: Draft) -> None:
    """Months, their numbers and days: the other sheets of months read these rows."""
    sheet = draft.month_sheet(
        NAME, "work", Text("Calendrier", "Calendar"),
        Text("Les mois du budget, déduits des hypothèses.", "The months of the budget."),
    )  # fmt: skip
    raw, width = sheet.sheet, draft.width
    start, count = draft["start_used"], draft["months_used"]
    raw.label(4, LABEL, Text("Rang de la colonne", "Rank of the column"), "trace")
    ranks = [
        raw.value(4, MONTH + m, m + 1, "label", "integer", align="center") for m in range(width)
    ]
    rank = f"{{c}}${ranks[0].line}"
    raw.across(3, MONTH, width, f"=EDATE({start},{rank}-1)", "month", "header")

    def fact(key: str, label: Text, formula: str, kind: CellKind, trace: Words = "") -> None:
        sheet.row(
            f"calendar.{key}", label, formula, kind=kind, trace=trace, total=False, plain=True
        )

    fact("date", Text("Premier jour", "First day"), f"=EDATE({start},{rank}-1)", "date")
    date = f"{{c}}${draft['calendar.date'].line}"
    outside = Text("N° du mois (0 : hors budget)", "Month no. (0: outside)")
    fact("number", outside, f"=IF({rank}<={count},{rank},0)", "integer")
    number = f"{{c}}${draft['calendar.number'].line}"
    fact("days", Text("Jours du mois", "Days of the month"), f"=DAY(EOMONTH({date},0))", "integer")
    before = Text("Jours du mois précédent", "Days of the month before")
    fact("days_before", before, f"=DAY(EOMONTH({date},-1))", "integer")
    quarterly = f"{draft['periodicity']}={draft.book.q(choices.PERIODICITY['quarter'])}"
    fact(
        "declares",
        Text("TVA déclarée ce mois (1 : oui)", "VAT return this month (1: yes)"),
        f"=IF({number}=0,0,IF({quarterly},IF(MOD(MONTH({date}),3)=0,1,0),1))",
        "integer",
        Text(
            "Chaque mois, ou en mars, juin, septembre et décembre",
            "Every month, or in March, June, September and December",
        ),
    )
