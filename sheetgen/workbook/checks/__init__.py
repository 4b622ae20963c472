"""What makes Excel repair or refuse a workbook, one subject a module."""
