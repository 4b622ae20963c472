"""The kinds of requests of a batchUpdate, changes of a draft that is dropped whole when one is refused.

Others have seen Google's sentences about masks, titles, grids, cell limits, unknown sheets, banding and rules on other
sheets. Those about taken ids, names, tables, charts, protection and metadata are guessed: what is refused comes from
the reference, how it is worded does not. A client goes by status, never by a sentence.
"""
