"""The words by which plain sentences ask for something, in English, Spanish and French; folded."""

from collections.abc import Mapping

from bot.query_words import fold, read_kind, read_status
from bot.values import Status, TieKind


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


# Words that never are a name by themselves; a company that is called so is asked for in quotes.
FILLERS = _set("""
    a about after again all also an and any anybody anyone anything are around as at be been before
    between but by can concerning could did do does doing else even ever find for from get give going had
    happen happened happening happens has have hear heard how i in into is it its itself just know known
    lately latest like list look may me mention mentioned mentions might more most much my new no not now
    of on one ones or our out over please post posted quick recent recently regarding s said say says see
    seen shall should show since so some someone something still sure tell than that the their them then
    there these they thing things this those till to today too under until up us very want was we were
    what what's whats when where whether which who who's whom whose why will with within would yes yet you
    your many else's ahora al algo alguien algun alguna algunas alguno algunos antes aqui asi aun aunque
    cada como con contra cosas cual cuales cuando cuanta cuantas cuanto cuantos cuenta cuentame dame de
    del desde di dice dicen dime donde dos e el ella ellas ellos en encuentra enseña entonces entre era es
    esa esas ese eso esos esta estan estas este esto estos fue fueron ha hace haciendo haber habido han
    hasta hay hecho hemos hizo hoy la las le les lista lo los mas mi mira mismo mostrar muestra muestrame
    muy nada nadie ni nos nosotros nuestra nuestro nueva nuevas nuevo o os para parte pasa pasado pasando
    paso pero por porque puede puedes que quien quienes quiero reciente recientes respecto sabe sabemos
    saber sabes se sea ser si sido sin sobre son su sus tal tambien tampoco te tener tenemos tiene tienen
    toda todas todo todos tu tus u ultima ultimas ultimo ultimos un una unas uno unos usted va ver visto y
    ya yo favor ai aussi autour autre autres aux avec avez avoir avons bien c'est ca ce ceci cela celle
    celui ces cet cette chez comme comment concernant contre d dans depuis des dis dit donc donne
    donne-moi dont du elle elles encore est et etait etaient ete etre eu eux fait ici il ils j'ai je
    jusqu'a l leur leurs lui mais meme moi mon montre montre-moi n ne notre nous ont ou par parle parler
    parlez pas peu peut plus pour pourquoi qu qu'en qu'est-ce quand quel quelle quelles quels qui quoi
    quoi-de sa sais savez sait sans savoir ses sont sous sur t ta tes toi ton tous tout toute toutes tres
    trouve une vers veux voir vos votre vous a-t-il s'il plait passe a-t-elle a-t-on sait-on
    neuf combien toujours vrai verdad true siguen
""")
# What stands between two names, or before one.
LEADS = _set("""
    about against and between by concerning for from into of on regarding to versus vs vs. with & + - – —
    / con contra de del e en entre para por sobre y avec chez concernant contre d' des du et par pour
    sur
""")
# What stands between two things of one sort.
JOINS = _set("and vs vs. versus & y e et with con avec")
# What stands inside a name.
INNER = _set("of de del du des la las los & y e")
HELLO = _set("""
    hello hi hey howdy morning afternoon evening good hola buenas buenos dias tardes noches bonjour salut
""")
THANKS = _set("""
    a lot thanks thank you thx ty cheers great nice perfect cool ok okay gracias muchas genial vale perfecto
    merci beaucoup super parfait much so very
""")
HELP = _set("help ayuda aide ayudame aidez-moi helpme usage commands comandos commandes ?")
HELP_PHRASES = frozenset(
    fold(phrase)
    for phrase in (
        "what can you do",
        "what can i ask",
        "what do you do",
        "who are you",
        "how do you work",
        "how does this work",
        "help me",
        "que puedes hacer",
        "que sabes hacer",
        "que haces",
        "quien eres",
        "como funcionas",
        "como funciona esto",
        "que puedo preguntar",
        "que sais-tu faire",
        "que peux-tu faire",
        "qui es-tu",
        "comment ca marche",
    )
)
DEALS = _set("""
    deal deals transaction transactions agreement agreements operacion operaciones trato tratos negocio
    negocios acuerdo acuerdos transaccion transacciones accord accords affaires
    pay pays paid paying price cost costs spend spent pago pagar pagado pagaron paga precio costo coste
    cuesta importe gasto gastado paye payer payee prix montant coute depense
""")
RELATIONSHIP = _set("""
    relationship relationships relation relations stand stands standing bond ties relacion relaciones
    llevan lleva rapport rapports lien liens entienden
""")
ARTICLES = _set("""
    article articles news story stories coverage reading link links press articulo articulos noticia
    noticias nota notas prensa enlace enlaces actualite actualites presse nouvelles
""")
COMPANY = _set("card profile overview ficha perfil fiche profil alias aliases")
DIGEST = _set("digest digests resumen boletin digesto bulletin summary")
CHANGES = _set("""
    changed change changes cambiado cambio cambios cambia novedades nuevo new changements nouveautes
    nouveau
""")
OFF = _set("off stop pause unsubscribe disable cancel desactiva desactivar parar arrete desactive")
ON = _set("start subscribe enable activa activar suscribe active activer")
TURN = _set("turn switch put")
RECENT = _set("""
    last past previous this today yesterday current ultimos ultimas este esta hoy ayer hace mes semana ano
    trimestre derniers dernieres ce cette mois semaine hier aujourd'hui annee
""")
WATCH = _set("watch watching follow following track unwatch unfollow sigue seguir vigila vigilar suis suivre")
MAP = _set("map network mapa red carte reseau")
CHART = _set("chart graph plot grafico grafica graphique courbe")
CSV = _set("csv spreadsheet excel hoja tableur")
# What is said of companies in passing, and no name in small letters.
ORDINARY = _set("""
    court sale trouble terms together company companies firm customer client juntos juntas pie venta
    tribunales empresa empresas cliente vente tribunal entreprise entreprises societe ensemble
""")
# Whether something still is so: "¿sigue OpenAI con Microsoft?" asks to follow nobody.
STILL = _set("still siguen todavia aun toujours encore")
SEEMS_TO_WATCH = frozenset({("on", "track"), ("track", "record"), ("je", "suis")})
UNWATCH = _set("unwatch unfollow stop dont don't no not deja dejar quit arrete cesse")
NOTHING = FILLERS | LEADS | HELLO | THANKS | {"seams"}
ASKING = (
    DEALS | RELATIONSHIP | ARTICLES | COMPANY | DIGEST | CHANGES | WATCH | MAP | CHART | CSV | HELP | ORDINARY
)
WITHIN = _set("in during en durante dans pendant within")
OPENERS: Mapping[tuple[str, ...], str] = {
    tuple(fold(phrase).split()): key
    for key, phrases in {
        "since": "since|from|after|starting|desde|a partir de|despues de|tras|depuis|apres",
        "until": "until|before|up to|till|hasta|antes de|avant|jusqu'a|jusqu'en",
        "min": (
            "over|above|more than|at least|of at least|worth more than|bigger than|mas de|al menos|"
            "por encima de|por mas de|superior a|superiores a|mayores de|plus de|au moins|superieures a"
        ),
    }.items()
    for phrase in phrases.split("|")
}
# Filters as they are typed after a command.
TYPED: Mapping[str, str] = (
    {"type": "type", "tipo": "type", "kind": "type", "status": "status", "estado": "status"}
    | {key: key for key in ("since", "until", "min")}
    | {words[0]: key for words, key in OPENERS.items() if len(words) == 1}
)
# Of the words that filters take, those that mean other things in a sentence.
_LOOSE = _set("""
    agreed announce close closed done end final finished off over planned signed hecho hecha roto rota
    acuerdo acuerdos order orders credit suit suits depends depende pret
""")


def spoken_kind(word: str) -> TieKind | None:
    """The kind of tie that a word of a sentence speaks of."""
    return None if fold(word) in _LOOSE else read_kind(word)


def spoken_status(word: str) -> Status | None:
    """The status that a word of a sentence speaks of."""
    return None if fold(word) in _LOOSE else read_status(word)
