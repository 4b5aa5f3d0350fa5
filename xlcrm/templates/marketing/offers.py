"""A weighted grid to compare offers: a CRM program, an agency, a stand, a printer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlcrm.scoring.weighting import weighted_score
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import OVERALL, Desk
from xlcrm.templates.style import PALE, SERIES
from xlcrm.texts import Lang, Text

CRITERIA, OFFERS = 8, 4
WIDTHS = [2, 44, 12, 18, 18, 18, 18, 3]
_TOP, _HEAD, _FIRST = 4, 7, 8
_LAST = _FIRST + CRITERIA - 1
_SUM = _LAST + 1
_SCORE, _RANK = _LAST + 2, _LAST + 3
_NOTE = 3  # column of the first offer

_EXAMPLE: tuple[tuple[Text, float, tuple[int, ...]], ...] = (
    (Text("Prix sur trois ans", "Price over three years"), 0.3, (7, 9, 5)),
    (Text("Facilité d'emploi", "Ease of use"), 0.2, (8, 6, 9)),
    (Text("Droits des personnes (RGPD)", "Rights of people (GDPR)"), 0.15, (9, 5, 8)),
    (Text("Envois d'e-mails et de SMS", "E-mail and SMS sending"), 0.15, (6, 7, 9)),
    (Text("Lien avec la caisse", "Link with the till"), 0.1, (5, 8, 7)),
    (Text("Assistance", "Support"), 0.1, (8, 6, 9)),
)
_NAMES = (
    Text("Logiciel A", "Program A"), Text("Logiciel B", "Program B"),
    Text("Logiciel C", "Program C"),
)  # fmt: skip


def example_offers(lang: Lang) -> dict[str, Any]:
    """The inputs of the worked example.

    >>> example_offers("fr")["offer.weight.1"]
    0.3
    """
    cells: dict[str, Any] = {"offer.top": 10}
    cells |= {f"offer.name.{k}": text.in_(lang) for k, text in enumerate(_NAMES, 1)}
    for row, (label, weight, notes) in enumerate(_EXAMPLE, 1):
        cells[f"offer.criterion.{row}"] = label.in_(lang)
        cells[f"offer.weight.{row}"] = weight
        cells |= {f"offer.note{k}.{row}": note for k, note in enumerate(notes, 1)}
    return cells


def offer_scores(cells: Mapping[str, Any]) -> list[float | None]:
    """The weighted score of each offer that inputs hold; none with a negative weight.

    >>> [round(s, 2) for s in offer_scores(example_offers("fr"))[:3]]
    [7.25, 7.1, 7.45]
    """
    rows = range(1, CRITERIA + 1)
    weights = [cells.get(f"offer.weight.{row}") for row in rows]
    notes = [[cells.get(f"offer.note{k}.{row}") for k in range(1, OFFERS + 1)] for row in rows]
    if any(weight is not None and weight < 0 for weight in weights):
        return [None] * OFFERS
    return weighted_score(notes, weights)


def write_offers(desk: Desk) -> None:
    """Criteria, weights, notes; the score of each offer, its rank, and what is wrong."""
    sheet = desk.sheets["offers"]
    sheet.section(3, Text("Échelle", "Scale"), 1, 2 + OFFERS)
    sheet.label(_TOP, 1, Text("Note la plus haute", "Highest note"))
    top = sheet.input(_TOP, 2, "offer.top", None, "number", minimum=1)
    sheet.section(_HEAD - 1, Text("Critères, poids et notes", "Criteria, weights and notes"), 1,
                  2 + OFFERS)  # fmt: skip
    sheet.header(_HEAD, 1, [Text("Critère", "Criterion"), Text("Poids", "Weight")])
    for k in range(OFFERS):
        sheet.input(
            _HEAD, _NOTE + k, f"offer.name.{k + 1}", None, "text", bold=True, align="center"
        )
    sheet.inputs(_FIRST, 1, "offer.criterion", [None] * CRITERIA, "text", down=True)
    weights = sheet.inputs(
        _FIRST, 2, "offer.weight", [None] * CRITERIA, "percent", minimum=0, down=True,
        help=Text("La somme des poids fait 100 %.", "The weights sum to 100%."),
    )  # fmt: skip
    for k in range(OFFERS):
        sheet.inputs(
            _FIRST, _NOTE + k, f"offer.note{k + 1}", [None] * CRITERIA, "number", minimum=0,
            maximum=100, down=True,
        )  # fmt: skip
    _scores(desk, sheet, weights)
    _checks(sheet, weights, top)
    if not desk.student:
        _chart(desk, sheet)
    sheet.status(desk.book.t(OVERALL), 2 + OFFERS)


def _scores(desk: Desk, sheet: TemplateSheet, weights: Ref) -> None:
    sheet.label(_SUM, 1, Text("Somme des poids", "Sum of the weights"), "total")
    sheet.formula(_SUM, 2, f"=SUM({weights.a1})", "percent", "total")
    sheet.label(_SCORE, 1, Text("Note pondérée", "Weighted score"), "strong")
    used = f'COUNTIF({weights.fixed},">0")'
    notes = f"{{c}}${_FIRST + 1}:{{c}}${_LAST + 1}"
    there = f'COUNTIFS({weights.fixed},">0",{notes},">=0")'
    # SUMPRODUCT with a comma takes a text for 0 where the sign * would fail.
    mean = f"ROUND(SUMPRODUCT({weights.fixed},{notes})/SUM({weights.fixed}),6)"
    sound = f'AND(COUNTIF({weights.fixed},"<0")=0,{used}>0,{there}={used})'
    score = f'IF({sound},{mean},"")'
    values = offer_scores(desk.book.given)
    known = [value for value in values if value is not None]
    if known and desk.book.mode != "plain" and values[: len(known)] == known:
        ref = sheet.answer(
            _SCORE, _NOTE, f"={score}", known, "number", "result",
            label=Text("Note pondérée de chaque offre", "Weighted score of each offer"),
            explanation=Text("Somme des (note x poids) / somme des poids.",
                             "Sum of (note x weight) / sum of the weights."), points=2,
            tolerance=0.01,
        )  # fmt: skip
        for k in range(len(known), OFFERS):
            sheet.value(_SCORE, _NOTE + k, None, "result", "number")
        desk.rows["offers"] = ref
    else:
        desk.rows["offers"] = sheet.across(_SCORE, _NOTE, OFFERS, f"={score}", "number", "result")
    sheet.label(_RANK, 1, Text("Rang", "Rank"), "strong")
    first, last = column_letter(_NOTE), column_letter(_NOTE + OFFERS - 1)
    row = f"${first}${_SCORE + 1}:${last}${_SCORE + 1}"
    for k in range(OFFERS):
        cell = f"{column_letter(_NOTE + k)}{_SCORE + 1}"
        formula = f'=IF(ISNUMBER({cell}),RANK({cell},{row}),"")'
        desk.calc(sheet, _RANK, _NOTE + k, formula, "integer", align="center")
    if not desk.student:
        ranks = Ref(sheet.name, _RANK, _NOTE, _RANK, _NOTE + OFFERS - 1)
        sheet.highlight(ranks, f"={first}{_RANK + 1}=1", good=True)


def _checks(sheet: TemplateSheet, weights: Ref, top: Ref) -> None:
    notes = f"{column_letter(_NOTE)}{_FIRST + 1}:{column_letter(_NOTE + OFFERS - 1)}{_LAST + 1}"
    names = f"{column_letter(_NOTE)}{_HEAD + 1}:{column_letter(_NOTE + OFFERS - 1)}{_HEAD + 1}"
    heavy = f'SUMPRODUCT(({weights.a1}<>"")*({names}<>"")*({notes}=""))'
    faults: list[tuple[str, Words]] = [
        (f"COUNTA({weights.a1},{notes})>COUNT({weights.a1},{notes})",
         Text("Un texte se trouve à la place d'un poids ou d'une note.",
              "A text stands where a weight or a note belongs.")),
        (f'COUNTIF({weights.a1},"<0")>0', Text("Un poids est négatif.", "A weight is negative.")),
        (f"AND(COUNT({weights.a1})>0,ABS(SUM({weights.a1})-1)>0.000001)",
         Text("Les poids ne font pas 100 % : les notes pondérées sont ramenées à leur somme.",
              "The weights do not sum to 100%: the scores are brought back to their sum.")),
        (f'COUNTIF({notes},"<0")+COUNTIF({notes},">"&N({top.fixed}))>0',
         Text("Une note sort de l'échelle.", "A note is off the scale.")),
        (f"{heavy}>0",
         Text("Il manque une note : l'offre n'est pas notée.",
              "A note is missing: the offer has no score.")),
    ]  # fmt: skip
    sheet.checks(_RANK + 1, 1, faults, Text("Comparaison d'offres", "Comparison of offers"),
                 bold=False, font_size=9)  # fmt: skip


def _chart(desk: Desk, sheet: TemplateSheet) -> None:
    chart = desk.book.chart("column", Text("Note pondérée par offre", "Weighted score by offer"))
    last = _NOTE + OFFERS - 1
    chart.add_series(
        {"name": [sheet.name, _SCORE, 1], "categories": [sheet.name, _HEAD, _NOTE, _HEAD, last],
         "values": [sheet.name, _SCORE, _NOTE, _SCORE, last], "fill": {"color": SERIES[0]},
         "gap": 80, "data_labels": {"value": True, "num_format": "0.0"}}
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({"min": 0, "num_format": "0", "line": {"none": True},
                      "major_gridlines": {"visible": True, "line": {"color": PALE}}})  # fmt: skip
    sheet.place(_RANK + 3, 1, chart, 760, 260)
