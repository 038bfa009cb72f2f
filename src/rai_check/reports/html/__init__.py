"""The HTML report: one file for a board, without scripts and with nothing from elsewhere."""
