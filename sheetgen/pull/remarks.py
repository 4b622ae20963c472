"""What the ledger says about edits that a report is built with."""

from __future__ import annotations

from typing import Final

from sheetgen.ledger import Severity
from sheetgen.sources.remarks import Remark

APPLIED: Final = Remark("edit_applied", Severity.INFO, "Your edit replaces what the export has.")
APPLIED_OVER_CHANGE: Final = Remark(
    "edit_over_change",
    Severity.WARNING,
    "The export's value has changed since it was edited: your edit was kept.",
)
IN_EXPORT: Final = Remark("edit_in_export", Severity.INFO, "The export has the value of your edit by now.")
ADDED: Final = Remark("campaign_added", Severity.INFO, "The campaign was added by your edits: the export lacks it.")
DELETED: Final = Remark("campaign_deleted", Severity.WARNING, "The campaign was left out, as your edits say.")
NO_CAMPAIGN: Final = Remark(
    "edit_without_campaign",
    Severity.WARNING,
    "No campaign has this ID, and not just one this name: the edit was left out.",
)
NO_COLUMN: Final = Remark(
    "edit_without_column", Severity.WARNING, "The report has no such column or input: the edit was left out."
)
NO_VALUE: Final = Remark(
    "edit_without_value",
    Severity.WARNING,
    "The field takes a date, or a number of zero or more: the edit was left out.",
)
KEY_EDITED: Final = Remark(
    "edit_of_key", Severity.WARNING, "An ID tells which campaign it is, so it cannot be edited: the edit was left out."
)
FORMULA_EDITED: Final = Remark(
    "edit_of_formula", Severity.WARNING, "A value typed over a formula is not carried over: the formula is back."
)
