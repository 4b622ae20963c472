"""What to look at when something does not work: this computer, the Google account, the spreadsheet, Google itself."""
