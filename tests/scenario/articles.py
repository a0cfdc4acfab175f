"""Articles that the scenarios post; the first line is the title."""

PURCHASE = """Corvane buys Tessel Robotics for $650 million
The logistics group Corvane said on Monday that it has acquired Tessel Robotics for $650 million in cash.
The deal closed last week, the company said. Tessel Robotics makes arms for warehouses and employs 400 people.
"""
QUIET = """A long summer on the coast
The beaches were full again this year, and the town council is content. The weather stayed fine all summer.
Hotel keepers speak of a good season, and the fishermen of a poor one. The lighthouse was painted in red.
"""
