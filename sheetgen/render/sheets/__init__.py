"""The second renderer: a report as requests of the Google Sheets API, pure data without any transport."""
