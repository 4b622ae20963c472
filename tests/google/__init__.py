"""A test double of Google Sheets: the API, its sign-in and its quotas, on this machine and without a network.

It answers as Google's documents and observed behaviour say; what is guessed says so. Nothing here is part of the
product: the unmodified tool is pointed at it through a proxy, or gspread is through an adapter of its session.
"""
