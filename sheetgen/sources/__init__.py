"""Sources: any campaign file becomes a dataset with a ledger."""
