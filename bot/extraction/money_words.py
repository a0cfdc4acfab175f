"""Numbers, scales and currencies as news in Spanish, English and French writes them; all words folded."""

from decimal import Decimal
from types import MappingProxyType


def _powers(words: str) -> dict[str, Decimal]:
    """Read "million:6 billion:9" as powers of ten."""
    return {word: Decimal(10) ** int(power) for word, power in (pair.split(":") for pair in words.split())}


def _pairs(words: str) -> dict[str, str]:
    """Read "us$:USD a$:AUD" pairs."""
    return dict(pair.split(":", 1) for pair in words.split())


_EVERYWHERE = """millon:6 millones:6 million:6 millions:6 mn:6 mill:6 mln:6 mio:6 millardo:9 millardos:9
    milliard:9 milliards:9 mrd:9 mrds:9 md:9 mds:9 bn:9 tn:12 trn:12 billones:12
    billon:12 lakh:5 lakhs:5 crore:7 crores:7 mdd:6 mdp:6 mmdd:9 mmdp:9 mdh:6 mmdh:9 meur:6 meuros:6
    keur:3 musd:6 kusd:3 """
# A Spanish "billón" and a French "billion" are 10^12, an English billion 10^9.
SCALES = MappingProxyType(
    {
        "es": _powers(_EVERYWHERE + "mil:3 miles:3 billion:9 billions:9 trillon:18 trillones:18"),
        "en": _powers(_EVERYWHERE + "hundred:2 thousand:3 billion:9 billions:9 trillion:12 trillions:12"),
        "fr": _powers(_EVERYWHERE + "cents:2 mille:3 billion:12 billions:12 trillion:18 trillions:18"),
    }
)
# Letters that scale a number only beside a currency: "$650m", "20M€", "R$ 1,2 bi", "5 MM$" (mil x mil).
SHORT_SCALES = MappingProxyType(_powers("k:3 m:6 mm:6 mi:6 cr:7 b:9 bi:9 bln:9 g:9 t:12"))


def _numbers(words: str) -> dict[str, int]:
    """Read "one:1 two:2" pairs."""
    return {word: int(value) for word, value in (pair.split(":") for pair in words.split())}


NUMBERS = MappingProxyType(
    {
        "es": _numbers(
            """un:1 una:1 uno:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11
            doce:12     trece:13 catorce:14 quince:15 dieciseis:16 diecisiete:17 dieciocho:18
            diecinueve:19 veinte:20
    veintiun:21 veintiuno:21 veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 treinta:30
    cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 cien:100 ciento:100
    doscientos:200 trescientos:300 cuatrocientos:400 quinientos:500 seiscientos:600 setecientos:700
    ochocientos:800 novecientos:900"""
        ),
        "en": _numbers(
            """a:1 an:1 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11
            twelve:12     thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19
            twenty:20
    thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90"""
        ),
        "fr": _numbers(
            """un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12
    treize:13 quatorze:14 quinze:15 seize:16 vingt:20 trente:30 quarante:40 cinquante:50 soixante:60
    vingts:20 cent:100"""
        ),
    }
)
HALVES = frozenset("medio media half demi".split())

SYMBOLS = MappingProxyType(
    _pairs(
        """€:EUR £:GBP ¥:JPY ₹:INR ₩:KRW ₪:ILS ₽:RUB ₺:TRY ₫:VND ฿:THB us$:USD u.s.$:USD a$:AUD au$:AUD c$:CAD
    ca$:CAD cdn$:CAD nz$:NZD hk$:HKD s$:SGD r$:BRL mx$:MXN mex$:MXN nt$:TWD cn¥:CNY u$s:USD u$d:USD
    $us:USD $u:UYU rd$:DOP ar$:ARS col$:COP s/:PEN s/.:PEN"""
    )
)
# Abbreviations that stand before the number like a code; "UF" is Chile's unit of account.
PREFIXES = MappingProxyType(_pairs("Rs:INR RMB:CNY UF:CLF Dh:AED Dhs:AED"))
# Abbreviations of a scale with its currency: "4.500 mdd" are millones de dólares.
SCALED_CURRENCIES = MappingProxyType(
    _pairs(
        """mdd:USD mmdd:USD musd:USD kusd:USD mdp:MXN mmdp:MXN mdh:MAD mmdh:MAD meur:EUR meuros:EUR
    keur:EUR"""
    )
)
CODES = frozenset(
    """USD EUR GBP JPY CNY INR CHF AUD CAD NZD HKD SGD MXN ARS CLP COP PEN BRL UYU SEK NOK DKK PLN CZK HUF
    RON TRY ILS AED SAR QAR KWD KRW TWD THB IDR MYR PHP VND ZAR NGN EGP MAD RUB UAH
    XOF XAF TND DZD DOP PYG BOB CRC GTQ CLF""".split()
)

# Nouns of money. "" waits for an adjective or for the document's hints.
CURRENCY_WORDS = MappingProxyType(
    dict.fromkeys("dolar dolares dollar dollars bucks".split(), "USD")
    | dict.fromkeys("euro euros".split(), "EUR")
    | dict.fromkeys("libra libras pound pounds livre livres".split(), "GBP")
    | dict.fromkeys("yen yenes yens".split(), "JPY")
    | dict.fromkeys("yuan yuanes yuans renminbi".split(), "CNY")
    | dict.fromkeys("rupia rupias rupee rupees roupie roupies".split(), "INR")
    | dict.fromkeys("real reales reais reals".split(), "BRL")
    | dict.fromkeys("peso pesos".split(), "")
    | dict.fromkeys("corona coronas krona kronor krone kroner couronne couronnes".split(), "")
    | dict.fromkeys("franco francos franc francs".split(), "FRF")
    | dict.fromkeys("wones won wons".split(), "KRW")
    | dict.fromkeys("shekel shekels sekel sekels".split(), "ILS")
    | dict.fromkeys("dirham dirhams dirhames dh dhs".split(), "")
    | dict.fromkeys(["fcfa"], "XOF")
    | dict.fromkeys("riyal riyals rial riales riyales".split(), "SAR")
    | dict.fromkeys("rublo rublos rouble roubles ruble rubles".split(), "RUB")
    | dict.fromkeys("lira liras lire".split(), "TRY")
    | dict.fromkeys("zloty zlotys".split(), "PLN")
    | dict.fromkeys("rand rands".split(), "ZAR")
    | dict.fromkeys("ringgit ringgits".split(), "MYR")
    | dict.fromkeys("naira nairas".split(), "NGN")
    | dict.fromkeys("sol soles".split(), "PEN")
    | dict.fromkeys("peseta pesetas".split(), "ESP")
    | dict.fromkeys("marco marcos mark marks".split(), "DEM")
    | dict.fromkeys("baht bahts".split(), "THB")
    | dict.fromkeys("bolivar bolivares".split(), "VES")
    | dict.fromkeys("guarani guaranies".split(), "PYG")
)
# (beginning of the money's noun, of the adjective) -> code, one noun a line; adjectives stand
# before (en) or after (es, fr) the noun.
_NATIONS = """
dol estadounidense:USD us:USD u:USD american:USD americain:USD norteamerican:USD australian:AUD
dol australien:AUD canadi:CAD canadien:CAD neozeland:NZD neoceland:NZD zealand:NZD hongkon:HKD hong:HKD
dol kong:HKD singapu:SGD singapor:SGD singap:SGD taiwan:TWD
pes mexican:MXN mexicain:MXN argentin:ARS chilen:CLP chilien:CLP colombian:COP colombien:COP uruguay:UYU
pes dominican:DOP filipin:PHP philippin:PHP cuban:CUP
cor suec:SEK norueg:NOK danes:DKK chec:CZK island:ISK
kro swed:SEK norweg:NOK danish:DKK iceland:ISK
cou suedois:SEK norveg:NOK danois:DKK tchequ:CZK
fra suiz:CHF swiss:CHF suisse:CHF cfa:XOF belg:BEF frances:FRF french:FRF
lib esterlin:GBP egipci:EGP
pou sterling:GBP british:GBP egypt:EGP irish:IEP
liv sterling:GBP egypt:EGP
rup indi:INR indonesi:IDR pakist:PKR
rou indien:INR
dir marroqu:MAD moroccan:MAD marocain:MAD emirat:AED
lir turc:TRY turk:TRY turque:TRY italian:ITL
ria saudi:SAR qatar:QAR iran:IRR brasil:BRL
riy saudi:SAR qatar:QAR
rea brasil:BRL brazil:BRL
won surcorean:KRW korean:KRW sud:KRW south:KRW
"""
NATIONS = MappingProxyType(
    {
        (line.split()[0], adjective): code
        for line in _NATIONS.strip().splitlines()
        for adjective, code in (pair.split(":") for pair in line.split()[1:])
    }
)

# Words of a document that say whose dollar or peso is meant.
COUNTRY_HINTS = MappingProxyType(
    {
        "AUD": frozenset("aud a$ au$ australia australian asx pty nsw queensland sydney melbourne".split()),
        "CAD": frozenset("cad c$ ca$ canada canadian canadiense canadien tsx toronto ontario quebec".split()),
        "USD": frozenset(
            "usd us$ us nyse nasdaq american estadounidense washington california texas eeuu".split()
        ),
        "MXN": frozenset("mxn mexico mexicano mexicana mexicanos mexicanas mexican bmv".split()),
        "ARS": frozenset("ars argentina argentino argentinos argentinas argentine".split()),
        "CLP": frozenset("clp chile chileno chilena chilenos chilenas chilean".split()),
        "COP": frozenset(
            "cop colombia colombiano colombiana colombianos colombianas colombian bogota".split()
        ),
        "UYU": frozenset("uruguay uruguayo uruguaya montevideo".split()),
        "DOP": frozenset("dominicana dominicano".split()),
        "PHP": frozenset("filipinas philippines manila".split()),
        "SEK": frozenset("suecia sweden swedish suede sueco sueca stockholm estocolmo".split()),
        "NOK": frozenset("noruega norway norwegian norvege noruego noruega oslo".split()),
        "DKK": frozenset("dinamarca denmark danish danemark danes danesa copenhagen".split()),
        "MAD": frozenset(
            "maroc marocain marocaine marocains morocco moroccan marruecos marroqui casablanca rabat".split()
        ),
        "AED": frozenset("emirats emirates uae emirati emiratos dubai dhabi".split()),
    }
)
DOLLARS = ("AUD", "CAD", "USD")
PESOS = ("MXN", "ARS", "CLP", "COP", "UYU", "DOP", "PHP")
CROWNS = ("SEK", "NOK", "DKK")
DIRHAMS = ("MAD", "AED")

# Beginnings of words that make a bare "650 millones" money.
MONEY_CUES = tuple(
    """valor valu valora worth inver invest factur ingres revenue benefici profit perdid loss deuda debt
    dette multa fine amende oferta offer offre credit presta loan pret capital ronda round levant
    raise rais raised leve lever financ acuerdo contrato contract deal compr vend vent adqui bought
    buy acqui rach paid pay pag cost cost precio price prix presupuest budget montant somme suma
    importe cuantia fortun patrimoni subven ayuda aid dinero money argent gan gast spend recaud
    worth dividend opa takeover indemni fianza ceder cede vendu coste bono bond emis amplia recib
    aport""".split()
)
NOT_SUMS = tuple(
    """usuari user person client custom habit passag pasaj poblaci people dosis acci share titul empleo job
    hectar tonel tonn barril barrel visit segu follow vehicul unidad unit votos votes kilom descarg
    telespect viewer alumn""".split()
)
# What may follow a bare sum; a noun there ("40 millones dosis") says that something else is counted.
AFTER_BARE = frozenset(
    """por para en a del y e que mas al con desde hasta este esta el la los las segun tras cuando pero ni o
    durante entre anuales anual respectivamente to for in from by and as on over this last at with
    after when but or through per while that it which annually pour a au aux sur et dans depuis avec
    apres mais ou par sobre contra""".split()
)
PER_UNITS = frozenset(
    """accion action share acciones titulo titulos titre ounce onza once barril barrel baril tonelada tonne
    ton mwh kwh hour hora heure usuario user utilisateur night noche kilo kilogramo pound libra
    litro litre liter""".split()
)
