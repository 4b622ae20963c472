"""The kinds of requests of a batchUpdate, changes of a draft that is dropped whole when one is refused."""
