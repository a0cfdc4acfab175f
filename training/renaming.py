"""The same passages with other companies in them, so that the network learns wordings and not names."""

import random
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from training.corpus import Mention, Passage, Sentence

_STARTS = (
    "Al Ar Bel Bor Cal Cor Dal Del El Fer Gal Gen Hal Ib In Jor Kal Lan Lor Mar Mon Nor Or Pal Quin Ral Sal "
    "Sol Tal Tor Ul Val Ver Vin Xan Zal"
).split()
_MIDDLES = (
    "a an ar be da de di en er i ia in la le li lo ma me mi na ni no o ra re ri ro sa se ta te ti to va vi"
).split()
_ENDS = (
    "bank cel cor dex dia fin gas gen go la lia lux mar med net nia nor on pharma ra res ria ris sa sol ta "
    "tel tec tia tis tron va via vis x"
).split()
_BEFORE = {
    "es": "Grupo|Banco|Constructora|Cementos|Aguas|Industrias|Laboratorios|Bodegas|Inmobiliaria|Caja|Aceros",
    "en": "Royal|United|First|General|National|Allied",
    "fr": "Groupe|Banque|Société|Crédit|Laboratoires|Compagnie|Éditions|Transports|Caisse",
}
_AFTER = {
    "es": "S.A.|Energía|Telecom|Capital|Seguros|Foods|Motor|Hoteles|Airlines|Minera|Renovables|Tecnología",
    "en": "Inc.|Ltd|Group|Holdings|Pty Ltd|Partners|Capital|Energy|Foods|Media|Systems|Bank|Airways|plc|& Co",
    "fr": "SA|SAS|Énergie|Télécom|Assurances|Industries|Capital|et Fils|Média|Aéro|Distribution",
}


def listed_names() -> list[str]:
    """The unambiguous companies, banks and funds of the product's list."""
    table = resources.files("bot.extraction").joinpath("known_companies.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return [r[0] for r in rows if len(r) >= 7 and r[3] in ("company", "bank", "fund") and "~" not in r[6]]


def renamed(passage: Passage, names: Sequence[str], rng: random.Random) -> Passage:
    """The passage with every company under another name: one of `names` or an invented one.

    A company's further surfaces become short forms of its new name; role nouns stay.
    """
    surfaces: dict[str, dict[str, str]] = {}
    for sentence in passage.sentences:
        for m in sentence.mentions:
            if not m.role:
                surfaces.setdefault(m.company, {}).setdefault(sentence.text[m.start : m.end], "")
    for forms in surfaces.values():
        full = rng.choice(names) if rng.random() < 0.5 else invented(passage.lang, rng)
        longest = max(forms, key=len)
        for form in forms:
            forms[form] = full if form == longest else _short(full, form)
    return replace(passage, sentences=tuple(_renamed(s, surfaces) for s in passage.sentences))


def invented(lang: str, rng: random.Random) -> str:
    """A name no company has: a made-up word or capitals, with or without a trade word."""
    word = (
        rng.choice(_STARTS)
        + "".join(rng.choice(_MIDDLES) for _ in range(rng.randrange(2)))
        + rng.choice(_ENDS)
    )
    form = rng.random()
    if form < 0.12:
        return "".join(rng.choice("ABCDEFGILMNOPRSTUV") for _ in range(rng.choice((2, 3, 3, 4))))
    if form < 0.3:
        return f"{rng.choice(_BEFORE[lang].split('|'))} {word}"
    if form < 0.5:
        return f"{word} {rng.choice(_AFTER[lang].split('|'))}"
    return word


def _short(full: str, form: str) -> str:
    words = full.split()
    if form.isupper() and len(form) <= 5 and len(words) > 1:
        return "".join(w[0] for w in words).upper()
    generic = len(words) > 1 and any(words[0] in before.split("|") for before in _BEFORE.values())
    return words[1] if generic else words[0]


def _renamed(sentence: Sentence, surfaces: dict[str, dict[str, str]]) -> Sentence:
    text, at, mentions = "", 0, []
    for m in sorted(sentence.mentions, key=lambda m: m.start):
        if m.start < at:
            continue
        form = sentence.text[m.start : m.end]
        form = form if m.role else surfaces[m.company][form]
        text += sentence.text[at : m.start]
        mentions.append(Mention(len(text), len(text) + len(form), m.company, m.role))
        text += form
        at = m.end
    return replace(sentence, text=text + sentence.text[at:], mentions=tuple(mentions))
