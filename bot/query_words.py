"""What may stand after type:, status: and min:, in English, Spanish and French.

Every reader takes a few words and gives None for what it does not know; none of them raises.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from bot.values import Money, Status, TieKind

_KINDS: Mapping[TieKind, str] = {
    TieKind.ACQUISITION: """acquisition acquisitions acquire acquires acquired acquiring buy buys
        buying bought buyout buyouts purchase purchases takeover takeovers adquisicion adquisiciones
        adquirir adquiere compra compras comprar compro comprado compraron adquirio adquirido vendio
        vendido opa rachat rachats rachete rachetee rachetes rachetees racheter achat achats achete achetee
        achetes achetees acheter acquis acquise acquises acquerir bought sold""",
    TieKind.MERGER: """merger mergers merge merged merging fusion fusions fusiones fusionar fusionado
        fusionner fusionne fusionnent""",
    TieKind.INVESTMENT: """investment investments invest invests invested funding fundraising round rounds
        stake stakes equity inversion inversiones invertir ronda rondas participacion participaciones
        invierte invirtio invertido inversor inversores investor investors backed investissement
        investissements investi investit investir invirtieron levee""",
    TieKind.PARTNERSHIP: """partnership partnerships partner partners alliance alliances collaboration
        collaborations jv joint_venture alianza alianzas acuerdo acuerdos asociacion asociaciones
        colaboracion colaboraciones socio socios socia socias aliado aliados aliada aliadas
        partnered allies partenariat partenariats partenaire partenaires""",
    TieKind.SUPPLY: """supply supplies supplied supplier suppliers suministra contract contracts order
        orders suministro suministros contrato contratos pedido pedidos proveedor fourniture fournit contrat
        contrats commande""",
    TieKind.LICENSING: "licensing licensed license licenses licence licences licencia licencias",
    TieKind.FINANCING: """financing financed lent loan loans lending credit debt financiacion
        financiamiento prestamo prestamos credito creditos deuda financement pret prets dette""",
    TieKind.OWNERSHIP: "ownership owns owner owned subsidiary propiedad filial propriete filiale",
    TieKind.DEPENDENCY: "dependency dependence depends dependencia depende dependance",
    TieKind.COMPETITION: """competition competitor competitors rival rivals rivalry competencia competidor
        competidores rivales rivalidad concurrence concurrent concurrents""",
    TieKind.DISPUTE: """dispute disputes conflict conflicts tension tensions disputa disputas conflicto
        conflictos tensiones conflit conflits litige""",
    TieKind.LITIGATION: """litigation lawsuit lawsuits suit suits sue sues sued suing demanda demandas demando
        litigio litigios juicio pleito querella proces plainte""",
}
_STATUSES: Mapping[Status, str] = {
    Status.RUMORED: """rumored rumoured rumor rumors rumour rumours talks rumores rumoreado rumoreada
        negociacion negociaciones rumeur rumeurs""",
    Status.ANNOUNCED: """announced announce agreed signed pending planned anunciado anunciada anuncio
        acordado acordada firmado firmada pendiente previsto annonce annoncee signe""",
    Status.COMPLETED: """completed complete done closed final finished completado completada cerrado
        cerrada hecho hecha conclu conclue""",
    Status.ENDED: """ended end over off terminated cancelled canceled withdrawn blocked terminado
        terminada cancelado cancelada roto rota retirado finalizado bloqueado annule annulee rompu""",
    Status.DENIED: "denied deny desmentido desmentida negado negada denegado dementi dementie",
}
_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "dolar": "USD",
    "dolares": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "pound": "GBP", "pounds": "GBP", "libra": "GBP", "libras": "GBP", "¥": "JPY", "jpy": "JPY",
    "yen": "JPY", "yenes": "JPY", "cny": "CNY", "yuan": "CNY", "inr": "INR", "rupees": "INR",
    "₹": "INR", "mxn": "MXN", "mx$": "MXN", "brl": "BRL", "r$": "BRL", "chf": "CHF", "cad": "CAD",
    "aud": "AUD", "krw": "KRW", "clp": "CLP", "cop": "COP", "ars": "ARS", "pen": "PEN", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "pln": "PLN",
}  # fmt: skip
_LANGUAGES = {
    "en": "en english ingles anglais",
    "es": "es spanish espanol castellano espagnol",
}
# "billón" is a million million; "billion" a thousand million. Accents are folded away, the spelling tells.
_UNITS = {
    "": 0, "k": 3, "thousand": 3, "mil": 3, "mille": 3, "m": 6, "mm": 6, "mn": 6, "mln": 6, "mio": 6,
    "million": 6, "millions": 6, "millon": 6, "millones": 6, "b": 9, "bn": 9, "bln": 9, "billion": 9,
    "billions": 9, "md": 9, "mrd": 9, "milliard": 9, "milliards": 9, "mil millones": 9, "mil m": 9,
    "thousand million": 9, "t": 12, "tn": 12, "trillion": 12, "trillions": 12, "billon": 12,
    "billones": 12,
}  # fmt: skip
_AMOUNT = re.compile(r"([^\d\s]*)\s*(\d{1,3}(?:[ .,'’]\d{3})+(?![\d.,])|\d+(?:[.,]\d+)*)\s*([^\d]*)")
_LARGEST = Decimal(10) ** 17


def fold(text: str) -> str:
    """Lower case without accents, spaces folded: what the words of filters are compared by."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def read_kind(text: str) -> TieKind | None:
    """A kind of tie by its name or a usual synonym."""
    return _kinds().get(_word(text))


def read_status(text: str) -> Status | None:
    """A status by its name or a usual synonym."""
    return _statuses().get(_word(text))


def read_language(text: str) -> str | None:
    """A language that Seams speaks, by its code or its name."""
    word = fold(text).partition("-")[0]
    return next((code for code, words in _LANGUAGES.items() if word in words.split()), None)


def _word(text: str) -> str:
    return re.sub(r"^(?:in|en) ", "", fold(text)).replace(" ", "_").replace("-", "_")


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, TieKind]:
    return {word: kind for kind, words in _KINDS.items() for word in words.split()}


@lru_cache(maxsize=1)
def _statuses() -> Mapping[str, Status]:
    return {word: status for status, words in _STATUSES.items() for word in words.split()}


def read_amount(text: str) -> Money | None:
    """An amount ("100M", "1,5bn", "€650 m", "2 mil millones de dólares"); the currency may be left out.

    A separator before exactly three digits groups thousands: "1,500m" is 1500 million.
    """
    match = _AMOUNT.fullmatch(fold(text))
    if not match or not match[2].isascii():
        return None
    before, after = match[1], " ".join(w for w in match[3].split() if w not in ("de", "d'", "of"))
    for unit in _heads(after):
        sign = after[len(unit) :].strip()
        if unit in _UNITS and (not sign or sign in _CURRENCIES) and (not before or before in _CURRENCIES):
            amount = _number(match[2]).scaleb(_UNITS[unit]).to_integral_value()
            code = _CURRENCIES.get(before or sign)
            return Money(amount, code) if 0 < amount <= _LARGEST else None
    return None


def _heads(text: str) -> Iterable[str]:
    """Every beginning of the text, longest first, without the space after it."""
    return (text[:end].rstrip() for end in range(len(text), -1, -1))


def _number(digits: str) -> Decimal:
    marks = re.findall(r"[ .,'’]", digits)
    groups = re.split(r"[ .,'’]", digits)
    whole, last = groups[:-1], groups[-1]
    grouped = not marks or (
        len(set(marks)) == 1 and all(len(g) == 3 for g in groups[1:]) and groups[0] != "0"
    )
    return Decimal("".join(groups)) if grouped else Decimal(f"{''.join(whole)}.{last}")
