"""What every process that children are forked from begins with. Imported by the fork server alone."""

from bot.reading.pool import finish_when_told_to_stop, limit_threads

finish_when_told_to_stop()
limit_threads()
