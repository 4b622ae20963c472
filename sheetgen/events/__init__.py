"""Events, one row per impression, click or hour: rolled up where they are, so that only the rollup comes here."""
