"""sheetgen: campaign exports become live, verified KPI workbooks."""

__version__ = "0.1.0"
