"""What every reader process begins with: the code and the pipelines of all languages.

Imported by the fork server alone (`bot.reading.pool.preload`), which can be told nothing but what to import.
It takes some seconds of one core, a third of them for one regular expression of spaCy's French; a child that
is forked afterwards has it all at once, and shares the memory.
"""

import bot.reading.forked  # noqa: F401 - sets the limits before anything heavy is imported


def _load() -> None:
    import bot.reading.page  # noqa: F401 - what reads pages
    from bot.services.reader import child_reader

    child_reader().load()


_load()
