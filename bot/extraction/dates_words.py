"""The names of months, weekdays and days around today in Spanish, English and French."""

from types import MappingProxyType


def _numbered(*names: str) -> dict[str, int]:
    """Number groups of spellings from 1: "enero ene", "febrero feb" ..."""
    return {name: number for number, group in enumerate(names, start=1) for name in group.split()}


MONTHS = MappingProxyType(
    {
        "es": _numbered(
            *"enero febrero marzo abril mayo junio julio agosto".split(),
            "septiembre setiembre",
            *"octubre noviembre diciembre".split(),
        ),
        "en": _numbered(
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        "fr": _numbered(
            *"janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        )
        | {"fevrier": 2, "aout": 8, "decembre": 12},
    }
)
WEEKDAYS = MappingProxyType(
    {
        "es": {
            **_numbered(*"lunes martes miércoles jueves viernes sábado domingo".split()),
            "miercoles": 3,
            "sabado": 6,
        },
        "en": _numbered(*"monday tuesday wednesday thursday friday saturday sunday".split()),
        "fr": _numbered(*"lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
    }
)
# Days counted from the day of publication.
NEAR_DAYS = MappingProxyType(
    {
        "es": {"hoy": 0, "ayer": -1, "anteayer": -2, "antier": -2, "anoche": -1},
        "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0},
        "fr": {"aujourd'hui": 0, "aujourd’hui": 0, "hier": -1, "avant-hier": -2, "demain": 1},
    }
)
COUNTS = MappingProxyType(
    {
        "es": _numbered("un una", *"dos tres cuatro cinco seis siete ocho nueve diez once doce".split()),
        "en": _numbered("one a an", *"two three four five six seven eight nine ten eleven twelve".split()),
        "fr": _numbered("un une", *"deux trois quatre cinq six sept huit neuf dix onze douze".split()),
    }
)
UNITS = MappingProxyType(
    {
        "es": {"día": "day", "días": "day", "mes": "month", "meses": "month", "año": "year", "años": "year"},
        "en": {
            "day": "day",
            "days": "day",
            "month": "month",
            "months": "month",
            "year": "year",
            "years": "year",
        },
        "fr": {"jour": "day", "jours": "day", "mois": "month", "an": "year", "ans": "year", "années": "year"},
    }
)
