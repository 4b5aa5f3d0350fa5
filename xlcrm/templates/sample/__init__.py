"""The sample base of Marielle Nature: a fictional customer base with everything that goes wrong."""
