"""Turns that the English business press uses again and again, and what only looks like them: by rules."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.values import SYMMETRIC_KINDS, Tie
from tests.extraction.test_ties import companies_in
from tests.extraction.tie_cases import NAMES

TURNS = {
    "Acme fell into the hands of Globex in 2021.": "acquisition Globex > Acme completed",
    "Acme splashed out £45m on Globex.": "acquisition Acme > Globex completed",
    "Acme pulled off a reverse takeover of Globex in May.": "acquisition Acme > Globex completed",
    "Acme picked up a 70% stake in Globex for $9 million.": "acquisition Acme > Globex completed",
    "Acme bought a controlling interest in Globex for $9 million.": "acquisition Acme > Globex completed",
    "Acme emerged as the preferred bidder for Globex.": "acquisition Acme > Globex announced",
    "Acme will become part of Globex by the end of June.": "acquisition Globex > Acme announced",
    "Shareholders in Acme voted for the £2.1bn offer from Globex.": "acquisition Globex > Acme announced",
    "Acme's board has recommended the cash offer by Globex.": "acquisition Globex > Acme announced",
    "Acme succumbed to a $30 million bid from Globex.": "acquisition Globex > Acme announced",
    "Acme is the target of a £1bn bid from Globex.": "acquisition Globex > Acme announced",
    "Acme has had its $2.8bn bid for Globex waved through.": "acquisition Acme > Globex announced",
    "Acme fended off two approaches from Globex.": "acquisition Globex > Acme ended",
    "Acme walked away from its £39bn pursuit of Globex.": "acquisition Acme > Globex ended",
    "Acme and Globex sealed their $8bn merger on Thursday.": "merger Acme - Globex completed",
    "Acme and Globex will combine their arms in an all-share deal.": "merger Acme - Globex announced",
    "Acme and Globex scrapped talks on combining their businesses.": "merger Acme - Globex ended",
    "Acme shareholders backed a merger of equals with Globex.": "merger Acme - Globex announced",
    "Acme bagged $12m from Globex and Initech.": "investment Globex > Acme completed; "
    "investment Initech > Acme completed",
    "Globex wrote a $10 million cheque for lens chain Acme.": "investment Globex > Acme completed",
    "Globex put Rs 500 crore into Acme.": "investment Globex > Acme completed",
    "Acme, which counts Globex among its largest shareholders, cut its forecast.": "investment "
    "Globex > Acme completed",
    "Acme, whose biggest shareholder is Globex, filed for bankruptcy.": "investment Globex > Acme completed",
    "Globex took a roughly $1 billion position in Acme.": "investment Globex > Acme completed",
    "Globex has built a $600m position in Acme.": "investment Globex > Acme completed",
    "Globex upped its stake in Acme above 5 per cent.": "investment Globex > Acme completed",
    "Globex dumped its remaining shares in Acme.": "investment Globex > Acme ended",
    "Acme is in talks with Globex over a fresh injection.": "investment Globex > Acme rumored",
    "Acme and Globex will pool their wind farms in a 50-50 venture.": "partnership Acme - Globex announced",
    "Acme and Globex's joint scooter is due next year.": "partnership Acme - Globex completed",
    "Acme, which won the job from Globex in 2023, is late.": "supply Acme > Globex completed",
    "Acme landed a $1bn deal to modernise Globex's systems.": "supply Acme > Globex announced",
    "Globex signed a 20-year deal to buy nuclear power from Acme.": "supply Acme > Globex announced",
    "Acme has been handed $18m of work by Globex.": "supply Acme > Globex completed",
    "Acme will feed Globex's battery plants with lithium.": "supply Acme > Globex announced",
    "Globex picked Acme engines for its ferries.": "supply Acme > Globex completed",
    "Globex took delivery of its first tanker from Acme.": "supply Acme > Globex completed",
    "Nearly half of Acme's revenue comes from Globex.": "supply Acme > Globex completed",
    "Acme lost its contract with Globex to rival Initech.": "supply Acme > Globex ended; "
    "supply Initech > Globex completed; competition Acme - Initech completed",
    "Globex is paying Acme up to $5.3bn for rights to a heart drug.": "licensing Acme > Globex completed",
    "Globex in-licensed a cholesterol pill from Acme.": "licensing Acme > Globex completed",
    "Acme out-licensed a cholesterol pill to Globex.": "licensing Acme > Globex completed",
    "Globex bought the rights to an Acme heart treatment for $185m.": "licensing Acme > Globex completed",
    "Acme handed Globex the rights to its vaccine.": "licensing Acme > Globex completed",
    "Acme will let Globex use more than 200 of its characters.": "licensing Acme > Globex announced",
    "Acme is entitled to milestones from Globex.": "licensing Acme > Globex completed",
    "Acme is providing $8bn of debt to back Globex's purchase of Initech.": "financing "
    "Acme > Globex completed; acquisition Globex > Initech completed",
    "Acme lent $4bn to finance Globex's takeover of Initech.": "financing Acme > Globex completed; "
    "acquisition Globex > Initech completed",
    "Globex got a £3bn lifeline from Acme and Initech.": "financing Acme > Globex completed; "
    "financing Initech > Globex completed",
    "Globex tapped Acme for a $7.5bn loan backed by its chips.": "financing Acme > Globex completed",
    "Acme sanctioned a Rs 1,000 crore loan to Globex.": "financing Acme > Globex completed",
    "Acme and Globex, the owners of Hadron, are looking at a sale.": "ownership Acme > Hadron completed; "
    "ownership Globex > Hadron completed",
    "Acme and Globex, the lenders to Hadron, agreed.": "financing Acme > Hadron completed; "
    "financing Globex > Hadron completed",
    "Acme's freight platform Globex opened a depot.": "ownership Acme > Globex completed",
    "Globex, which sits under Acme's umbrella, opened a shop.": "ownership Acme > Globex completed",
    "Acme leans heavily on Globex, which accounts for 89% of its sales.": "dependency "
    "Acme > Globex completed; supply Acme > Globex completed",
    "Acme is locked in a price war with Globex and Initech.": "competition Acme - Globex completed; "
    "competition Acme - Initech completed",
    "Acme is chipping away at Globex's lead in pumps.": "competition Acme - Globex completed",
    "Acme trumped Globex with a higher bid.": "competition Acme - Globex completed",
    "Acme has accepted a £3.7bn bid from rival Globex.": "acquisition Globex > Acme announced; "
    "competition Acme - Globex completed",
    "Acme and Globex have been at loggerheads over fees.": "dispute Acme - Globex completed",
    "Acme hit out at Globex over late deliveries.": "dispute Acme - Globex completed",
    "Acme has been ordered to pay Globex $5m for infringing its patents.": "litigation "
    "Globex > Acme completed",
    "Acme won $634m in damages from Globex.": "litigation Acme > Globex completed",
    "Acme slapped Globex and Initech with an antitrust suit.": "litigation Acme > Globex completed; "
    "litigation Acme > Initech completed",
    "Acme took Globex to court over the copying of its photos.": "litigation Acme > Globex completed",
}

NEAR_MISSES = (
    "The contract fell into the hands of Acme.",
    "Acme would become part of Globex's index fund.",
    "Acme rejected overtures from Globex's former chairman.",
    "Shareholders in Acme asked about a fund's offer, and Globex kept silent.",
    "Acme and Globex held talks on combining police data.",
    "Acme attracted 3 million customers from Globex.",
    "Acme wrote a cheque for damages, and Globex wrote none.",
    "Acme put 20 million barrels into Globex tanks.",
    "Acme took a senior position in Globex's marketing team.",
    "Acme and Globex issued a joint statement.",
    "Acme won the job from home, like Globex.",
    "Acme took delivery of its first ship from Lisbon, where Globex is based.",
    "Acme signed a deal to run the site that Globex left.",
    "Acme pays Globex $5m for the right to park.",
    "Acme bought the rights to a book about Globex.",
    "Acme sold Globex rights to its old name.",
    "Acme is providing $8bn of debt to back homes near Globex's harbour.",
    "Acme underwrote a bridge loan for Globex's buyers.",
    "Acme's rival brand Globex sold more.",
    "Acme said a price war between banks had hurt Globex.",
    "Acme slammed the door, and Globex left.",
    "Acme ate into its cash while Globex's lead grew.",
    "Acme was ordered to pay Globex's landlord $5m in damages.",
    "Acme won damages from a former Globex manager.",
    "Acme hired a former Globex engineer.",
    "Acme hired Globex engineer Anna Reed.",
    "Acme topped Globex in 2023 sales.",
)


def _told(tie: Tie) -> str:
    symmetric = tie.kind in SYMMETRIC_KINDS
    first, second = sorted((tie.source, tie.target)) if symmetric else (tie.source, tie.target)
    return f"{tie.kind} {first} {'-' if symmetric else '>'} {second} {tie.status}"


def _ties(models: Models, text: str) -> set[str]:
    companies = companies_in(text, list(NAMES))
    return {_told(tie) for tie in find_ties(text, companies, (), (), nlp=models.load("en"), lang="en")}


@pytest.mark.parametrize(("text", "told"), TURNS.items())
def test_a_turn_of_the_press_tells_its_ties(models: Models, text: str, told: str) -> None:
    assert _ties(models, text) == set(told.split("; "))


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_looks_like_such_a_turn_tells_nothing(models: Models, text: str) -> None:
    assert _ties(models, text) == set()
