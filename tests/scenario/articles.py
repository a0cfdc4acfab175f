"""Articles that the scenarios post; the first line is the title."""

PURCHASE = """Corvane buys Tessel Robotics for $650 million
The logistics group Corvane said on Monday that it has acquired Tessel Robotics for $650 million in cash.
The deal closed last week, the company said. Tessel Robotics makes arms for warehouses and employs 400 people.
"""
QUIET = """A long summer on the coast
The beaches were full again this year, and the town council is content. The weather stayed fine all summer.
Hotel keepers speak of a good season, and the fishermen of a poor one. The lighthouse was painted in red.
"""
BOUGHT = (
    "Tessel Robotics", "Brightmoor Systems", "Ostrava Freight", "Pellucid Software", "Quarrystone Logistics",
    "Ravensworth Storage", "Sandhurst Carriers", "Thornbury Data", "Kestrel Networks", "Larkspur Energy",
    "Millbrook Foods", "Northgate Media",
)  # fmt: skip
TWELVE_DEALS = (
    "Twelve purchases in a year\nThe logistics group Corvane said it has had a busy year.\n"
    + "\n".join(
        f"Corvane has acquired {name} for ${number * 10} million in cash."
        for number, name in enumerate(BOUGHT, 1)
    )
)
"""Corvane's purchases, for 10 to 120 million dollars."""
ALIAS = """Chip maker buys a rival
The chip maker International Foundry Works (IFW) had a good year, it said on Monday.
IFW has acquired Copperfield Networks for $20 million in cash. IFW said the deal closed last week.
International Foundry Works employs 400 people in Ohio, and Copperfield Networks another 200.
"""
ACCENTS = """La eléctrica compra una empresa solar
La eléctrica Ébano Energía ha comprado la empresa solar Lumbra por 300 millones de euros.
La operación se cerró el lunes, según la compañía. Lumbra emplea a 200 personas en Sevilla.
"""
MARKUP = """<!channel> *Marrow* & Finch `buys` _it_ ~all~ <@U123> <https://evil.example|here>
The shipping house Marrow & Finch said on Monday that it has acquired Halyard Lines for $5 million in cash.
Marrow & Finch said <!here> the deal closed last week, and <!everyone> *should* know <@U123>.
"""
