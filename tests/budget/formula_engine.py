"""What a spreadsheet engine answers to formulas: an outside opinion on our functions."""

import ironcalc


def answers(formulas):
    """The values of English formulas, each put in a cell of its own of column A."""
    model = ironcalc.create("t", "en", "UTC", "en")
    for row, formula in enumerate(formulas, 1):
        model.set_user_input(0, row, 1, formula)
    model.evaluate()
    return [model.get_cell_value(0, row, 1) for row in range(1, len(formulas) + 1)]
