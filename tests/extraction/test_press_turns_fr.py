"""Turns that the French press repeats, by rules alone, and what resembles them without telling a tie."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.values import SYMMETRIC_KINDS
from tests.extraction.test_ties import companies_in
from tests.extraction.tie_cases import NAMES

TURNS = {
    "Acme s'empare de Globex pour deux milliards d'euros.": ("acquisition Acme > Globex announced",),
    "Acme s'est emparé de Globex.": ("acquisition Acme > Globex completed",),
    "Acme a fait main basse sur Globex.": ("acquisition Acme > Globex completed",),
    "Acme a fini par avaler Globex au terme d'une longue bataille.": ("acquisition Acme > Globex completed",),
    "Acme débourse 500 millions de dollars pour mettre la main sur Globex.": (
        "acquisition Acme > Globex announced",
    ),
    "Acme se renforce en Italie avec l'acquisition du verrier Globex.": (
        "acquisition Acme > Globex announced",
    ),
    "Globex est passé sous pavillon d'Acme.": ("acquisition Acme > Globex completed",),
    "Acme cède Globex au profit d'Initech.": ("acquisition Initech > Globex announced",),
    "Globex sera découpé entre Acme et Initech.": (
        "acquisition Acme > Globex announced",
        "acquisition Initech > Globex announced",
    ),
    "Acme jette son dévolu sur le verrier Globex.": ("acquisition Acme > Globex announced",),
    "Le tribunal a retenu l'offre d'Acme pour la reprise de Globex.": (
        "acquisition Acme > Globex announced",
    ),
    "Acme aurait approché Globex en vue d'un rachat.": ("acquisition Acme > Globex rumored",),
    "Globex, dans le giron d'Acme, recrute.": ("ownership Acme > Globex completed",),
    "Acme, à qui appartient Globex, relève ses prix.": ("ownership Acme > Globex completed",),
    "Globex, la compagnie à bas coûts d'Acme, a perdu 30 millions.": ("ownership Acme > Globex completed",),
    "Parmi les actionnaires de Globex figurent Acme et Initech.": (
        "investment Acme > Globex completed",
        "investment Initech > Globex completed",
    ),
    "Acme reste le premier actionnaire de Globex.": ("investment Acme > Globex completed",),
    "Acme a ramené sa participation dans Globex de 43 à 36 %.": ("investment Acme > Globex completed",),
    "Globex a reçu 20 millions de dollars d'Acme.": ("investment Acme > Globex completed",),
    "Acme se désengage de Globex.": ("investment Acme > Globex ended",),
    "Acme songerait à prendre une participation dans Globex.": ("investment Acme > Globex rumored",),
    "Acme équipera la future berline de Globex.": ("supply Acme > Globex announced",),
    "Acme fournira les sièges de la prochaine berline de Globex.": ("supply Acme > Globex announced",),
    "Les batteries de la berline de Globex seront livrées par Acme.": ("supply Acme > Globex announced",),
    "Le chantier a été attribué à Acme par Globex.": ("supply Acme > Globex completed",),
    "Globex confie à Acme la gestion de ses serveurs.": ("supply Acme > Globex completed",),
    "Globex cesse de s'approvisionner chez Acme.": ("supply Acme > Globex ended",),
    "Globex a annulé sa commande de trois navires auprès d'Acme.": ("supply Acme > Globex ended",),
    "Acme joint ses forces à celles de Globex.": ("partnership Acme - Globex completed",),
    "Acme se retire du projet mené avec Globex.": ("partnership Acme - Globex ended",),
    "Acme ne renouvellera pas son partenariat avec Globex.": ("partnership Acme - Globex ended",),
    "Acme et Globex pourraient convoler.": ("merger Acme - Globex rumored",),
    "Acme et Globex ont scellé leur mariage.": ("merger Acme - Globex completed",),
    "Acme a mis la main sur 49 % de Globex.": ("investment Acme > Globex completed",),
    "Acme et Globex discuteraient d'un rapprochement.": ("merger Acme - Globex rumored",),
    "Acme concède à Globex les droits de son vaccin.": ("licensing Acme > Globex completed",),
    "Globex verse 100 millions à Acme pour exploiter sa plateforme.": ("licensing Acme > Globex completed",),
    "Globex a obtenu d'Acme et d'Initech un crédit de 450 millions d'euros.": (
        "financing Acme > Globex completed",
        "financing Initech > Globex completed",
    ),
    "Acme reste le principal créancier de Globex.": ("financing Acme > Globex completed",),
    "Acme réalise la moitié de ses ventes avec Globex.": ("dependency Acme > Globex completed",),
    "La dépendance d'Acme à Globex inquiète.": ("dependency Acme > Globex completed",),
    "Acme grignote des parts de marché à Globex.": ("competition Acme - Globex completed",),
    "Rien ne va plus entre Acme et Globex.": ("dispute Acme - Globex completed",),
    "Les relations se sont tendues entre Acme et Globex.": ("dispute Acme - Globex completed",),
    "Acme et Globex ont fait la paix.": ("dispute Acme - Globex ended",),
    "Acme retire sa plainte contre Globex.": ("litigation Acme > Globex ended",),
    "Globex solde son litige avec Acme en versant 40 millions.": ("litigation Acme > Globex completed",),
    "La justice a donné raison à Acme face à Globex.": ("litigation Acme > Globex completed",),
}

NEAR_MISSES = (
    "Acme s'empare de la première place devant Globex.",
    "Acme a fait main basse sur la première place de Globex.",
    "Acme se renforce en Italie avec l'aide de Globex.",
    "Acme a mis la main sur 49 % des voix, devant Globex.",
    "Acme et les salariés de Globex ont scellé leur accord.",
    "Acme passe sous la barre des 10 euros, comme Globex.",
    "Acme a cédé 3 % en Bourse au profit de Globex.",
    "Acme a jeté son dévolu sur une usine voisine de celle de Globex.",
    "Acme approche Globex en volume de ventes.",
    "Le prix sera partagé entre Acme et Globex.",
    "Acme a convaincu Globex d'investir à Nantes.",
    "Acme a reçu 20 millions d'euros de Globex à titre d'indemnités.",
    "Acme se désengage de Russie, Globex aussi.",
    "Acme équipe les concurrents de Globex.",
    "Acme alimente la polémique autour de Globex.",
    "La direction d'Acme est assurée par Globex à titre provisoire.",
    "Acme a cessé de commenter les ventes de Globex.",
    "Acme confie à Globex la présidence du salon.",
    "Acme sort du rouge avec l'aide de Globex.",
    "Acme a acquis auprès de Globex les droits de vote manquants.",
    "Acme verse 100 millions à Globex pour obtenir l'abandon des poursuites.",
    "Acme réalise 60 % de ses ventes avec des voitures dessinées par Globex.",
    "Acme livre les conclusions de l'étude de Globex.",
    "L'avenir d'Acme est assuré par Globex.",
    "Acme accorde à Globex un délai sur les droits d'auteur.",
    "Acme obtient de Globex un report du prêt.",
    "Le recours d'Acme contre le fisc inquiète Globex.",
    "Acme gagne des parts de marché à l'export comme Globex.",
    "Le ton monte entre les syndicats et la direction d'Acme, dit Globex.",
    "Les relations entre Acme et les élus se sont tendues, note Globex.",
    "Acme a retiré sa plainte contre X, dit Globex.",
    "Les lecteurs donnent raison à Acme plutôt qu'à Globex.",
)


def _told(models: Models, text: str) -> set[str]:
    ties = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("fr"), lang="fr")
    told = set()
    for tie in ties:
        symmetric = tie.kind in SYMMETRIC_KINDS
        first, second = sorted((tie.source, tie.target)) if symmetric else (tie.source, tie.target)
        told.add(f"{tie.kind} {first} {'-' if symmetric else '>'} {second} {tie.status}")
    return told


@pytest.mark.parametrize("text", TURNS)
def test_a_turn_of_the_press_tells_its_ties(models: Models, text: str) -> None:
    assert _told(models, text) == set(TURNS[text])


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_resembles_a_turn_tells_nothing(models: Models, text: str) -> None:
    assert _told(models, text) == set()


def test_a_unit_bought_of_somebody_was_the_sellers(models: Models) -> None:
    told = _told(models, "Alba a racheté à Boreal sa filiale Cobalto.")
    assert told == {"acquisition Alba > Cobalto completed", "ownership Boreal > Cobalto ended"}
