"""The blocks of a report: each states the formulas of a piece and the pandas values they must give."""
