"""A report on Google Sheets: what is there, what must change, and one commit that makes it so."""
