"""Engines that are not ours, behind one protocol: they recalculate a workbook from its inputs alone."""
