"""How dates are written in Spanish, English and French, as data: (what it is, pattern), earlier ones first.

In the patterns {month}, {weekday}, {near}, {count} and {unit} stand for the language's words, {year} for a
year. The part after the colon of a kind says which side of publication is meant.
"""

from types import MappingProxyType

YEAR = r"(?P<year>(?:19|20)\d{2})(?![.,]?\d)(?!\s?[%€$])"
_DAY = r"(?P<day>\d{1,2})"

_COMMON = (
    ("iso", r"(?P<iso>(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"),
    ("numeric", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<c>\d{4}|\d{2})(?![\d/])"),
    ("numeric", r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<c>\d{4})(?!\d)"),
)
_SPANISH = (
    ("full", rf"(?:{_DAY}|primero)[º°]?\s(?:de\s)?(?P<month>{{month}}),?\s(?:del?\s)?(?:año\s)?{{year}}"),
    ("month_year", r"(?P<month>{month}),?\s(?:del?\s)?(?:el\s)?(?:año\s)?{year}"),
    (
        "year",
        r"(?:primer|segundo|tercer|cuarto|último)\s(?:trimestre|semestre"
        r"|cuatrimestre)\s(?:del?\s)?(?:año\s)?{year}",
    ),
    ("year", r"(?:[1-4][TQ]|[TQ][1-4]|[12][SH]|[SH][12])[\s-](?:de\s)?{year}"),
    ("day_month", rf"{_DAY}\sde\s(?P<month>{{month}})(?!,?\s(?:del?\s)?[\d*])"),
    ("month:-1", r"(?:el\s)?pasado\s(?:mes\sde\s)?(?P<month>{month})(?!\s(?:del?\s)?[\d*])"),
    ("month:-1", r"(?P<month>{month})\s(?:pasado|último)"),
    ("month:1", r"(?:el\s)?próximo\s(?:mes\sde\s)?(?P<month>{month})(?!\s(?:del?\s)?[\d*])"),
    ("month:1", r"(?P<month>{month})\spróximo"),
    (
        "month:0",
        r"(?:en|desde|hasta|a\spartir\sde|(?:mes|finales|principios|mediados|comienzos)\sde|durante"
        r"|para)\s(?:el\smes\sde\s)?(?P<month>{month})(?!,?\s(?:del?\s)?(?:\d|\*|este|ese))",
    ),
    ("weekday:-1", r"(?:el\s)?pasado\s(?P<weekday>{weekday})"),
    ("weekday:-1", r"(?:el\s)?(?P<weekday>{weekday})\spasado"),
    (
        "weekday:1",
        r"(?:el\s)?próximo\s(?P<weekday>{weekday})|(?:el\s)?(?P<weekday2>{weekday})\s(?:próximo"
        r"|que\sviene)",
    ),
    ("weekday:0", r"(?:el|este)\s(?P<weekday>{weekday})(?!\s\d)"),
    ("near", r"(?P<near>{near})"),
    ("ago", r"hace\s(?:ya\s|unos\s|casi\s|más\sde\s)?(?P<count>{count})\s(?P<unit>{unit})"),
    (
        "span:-1",
        r"(?:el\s)?(?P<span>mes|año)\spasado|(?:el\s)?pasado\s(?P<span2>mes|año)(?!\sde\s)"
        r"|(?:el\s)?último\s(?P<span3>año)",
    ),
    ("span:1", r"(?:el\s)?próximo\s(?P<span>mes|año)|(?:el\s)?(?P<span2>mes|año)\s(?:próximo|que\sviene)"),
    ("span:0", r"este\s(?:mismo\s)?(?P<span>mes|año)"),
    (
        "year",
        r"(?:en|desde|hasta|durante|hacia|tras|para|antes\sde|después\sde|(?:finales|principios|mediados"
        r"|comienzos|año|verano|otoño|invierno|primavera|ejercicio|cierre)\s(?:del?\s)?|el\saño"
        r"|a\spartir\sde)\s?(?<=\s){year}",
    ),
    ("year", r"(?:compra|compraventa|adquisición|venta|fusión|opa|acuerdo|alianza|ronda|multa)\sde\s{year}"),
    ("year", r"(?<=\(){year}(?=\))"),
    ("year", r"(?:(?m:^)|(?<=\.\s)){year}(?=\s?[:–—-]\s|\s(?-i:[A-ZÁÉÍÓÚÑ]))"),
)
_ENGLISH = (
    ("full", rf"(?P<month>{{month}})\.?\s{_DAY}(?:st|nd|rd|th)?,?\s{{year}}"),
    ("full", rf"{_DAY}(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{{month}})\.?,?\s{{year}}"),
    ("month_year", r"(?P<month>{month})\.?,?\s(?:of\s)?{year}"),
    (
        "year",
        r"(?i:first|second|third|fourth|last|final)[\s-](?i:quarter"
        r"|half)\s(?:of\s)?(?:the\syear\s)?{year}",
    ),
    ("year", r"(?:Q[1-4]|[1-4]Q|H[12]|[12]H|FY)[\s-]?{year}"),
    ("day_month", rf"(?P<month>{{month}})\.?\s{_DAY}(?:st|nd|rd|th)?(?!,?\s?[\d*]|\d|:)"),
    ("day_month", rf"{_DAY}(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{{month}})(?!\.?,?\s[\d*])"),
    ("month:-1", r"(?i:last)\s(?P<month>{month})"),
    ("month:1", r"(?i:next)\s(?P<month>{month})"),
    (
        "month:0",
        r"(?i:in|since|by|until|from|during|(?:early|late|mid)[\s-]|end\sof|beginning\sof|start\sof"
        r"|this)\s?(?<=[\s-])(?P<month>{month})(?!\.?,?\s(?:of\s)?[\d*])",
    ),
    ("weekday:-1", r"(?i:last)\s(?P<weekday>{weekday})"),
    ("weekday:1", r"(?i:next|coming)\s(?P<weekday>{weekday})"),
    ("weekday:0", r"(?i:(?:on|this|late|early)\s)?(?P<weekday>{weekday})(?!\s[A-Z])"),
    ("near", r"(?P<near>{near})"),
    ("ago", r"(?P<count>{count})\s(?P<unit>{unit})\s(?:ago|earlier)"),
    ("span:-1", r"(?i:last)\s(?P<span>month|year)"),
    ("span:1", r"(?i:next)\s(?P<span>month|year)"),
    ("span:0", r"(?i:(?:earlier|later)\s)?(?i:this)\s(?P<span>month|year)"),
    (
        "year",
        r"(?i:in|since|until|by|during|before|after|from|(?:early|late|mid|fiscal|year)[\s-]|end\sof"
        r"|summer\sof|back\sin)\s?(?<=[\s-]){year}",
    ),
    (
        "year",
        r"(?:(?<=['’]s\s)|(?i:the|its|their|this|a)\s){year}(?=\s(?:[\w-]+\s){0,2}"
        r"(?:acquisition|purchase|takeover|buyout|merger|sale|deal|investment|agreement|partnership|joint\sventure"
        r"|lawsuit|suit|settlement|fine|bid|offer|round|contract|loan|stake)\b)",
    ),
    ("year", r"(?<=\(){year}(?=\))"),
    ("year", r"(?:(?m:^)|(?<=\.\s)){year}(?=\s?[:–—-]\s|\s[A-Z])"),
)
_FRENCH = (
    ("full", rf"(?:{_DAY}|premier)(?:er)?\s(?P<month>{{month}})\s{{year}}"),
    ("month_year", r"(?P<month>{month})\s(?:de\sl['’]année\s)?{year}"),
    (
        "year",
        r"(?:premier|deuxième|second|troisième|quatrième|dernier|1er|[2-4]e)\s(?:trimestre"
        r"|semestre)\s(?:de\s)?(?:l['’]année\s)?{year}",
    ),
    ("year", r"(?:[TQ][1-4]|[SH][12])[\s-]{year}"),
    ("day_month", rf"{_DAY}(?:er)?\s(?P<month>{{month}})(?!\s[\d*])"),
    ("month:-1", r"(?P<month>{month})\sdernier"),
    ("month:1", r"(?P<month>{month})\sprochain"),
    (
        "month:0",
        r"(?:en|depuis|dès|jusqu['’]en|(?:fin|début|mi)[\s-]|courant|à\spartir\sd[e'’]"
        r"|au\smois\sd[e'’])\s?(?P<month>{month})(?!\s[\d*])",
    ),
    ("weekday:-1", r"(?P<weekday>{weekday})\sdernier"),
    ("weekday:1", r"(?P<weekday>{weekday})\sprochain"),
    ("weekday:0", r"(?:(?:ce|de)\s)?(?P<weekday>{weekday})(?!\s\d)"),
    ("near", r"(?P<near>{near})"),
    ("ago", r"il\sy\sa\s(?:environ\s|près\sde\s)?(?P<count>{count})\s(?P<unit>{unit})"),
    ("span:-1", r"(?:l['’]|le\s)(?P<span>mois|année|an)\s(?:dernière|dernier|passée|passé)"),
    ("span:1", r"(?:l['’]|le\s)(?P<span>mois|année|an)\s(?:prochaine|prochain)"),
    ("span:0", r"(?:cette|ce)\s(?P<span>année|mois(?:-ci)?)"),
    (
        "year",
        r"(?:en|depuis|dès|jusqu['’]en|avant|après|courant|d['’]ici(?:\sà)?|(?:fin|début|mi)[\s-]"
        r"|(?:année|été|hiver|printemps|automne|exercice)\s(?:de\s)?|l['’]an"
        r"|à\spartir\sde)\s?(?<=[\s-]){year}",
    ),
    ("year", r"(?:rachat|acquisition|vente|cession|fusion|opa|accord|alliance|levée|amende)\sde\s{year}"),
    ("year", r"(?<=\(){year}(?=\))"),
    ("year", r"(?:(?m:^)|(?<=\.\s)){year}(?=\s?[:–—-]\s|\s(?-i:[A-ZÀÉÊÈÎÔ]))"),
)
RULES = MappingProxyType({"es": _COMMON + _SPANISH, "en": _COMMON + _ENGLISH, "fr": _COMMON + _FRENCH})
