"""Turns of the Spanish business press: the ties they tell by rules alone, and near misses that tell none."""

import pytest

from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.pipeline import find_ties
from bot.values import SYMMETRIC_KINDS
from tests.extraction.test_ties import companies_in
from tests.extraction.tie_cases import NAMES

TOLD = (
    ("Boreal adjudicó a Alba 59 trenes por 998 millones de euros.", "supply Alba > Boreal completed"),
    ("Alba se lleva el contrato de Boreal para 30 tranvías.", "supply Alba > Boreal completed"),
    ("Alba arrebata a Cobalto un contrato de Boreal.", "supply Alba > Boreal completed"),
    ("Boreal migrará sus sistemas a la nube de Alba.", "supply Alba > Boreal announced"),
    ("Boreal compra a Alba la energía de un parque eólico.", "supply Alba > Boreal completed"),
    ("Boreal confía a Alba la ampliación de su refinería.", "supply Alba > Boreal completed"),
    ("Boreal rescinde el contrato de Alba para la presa.", "supply Alba > Boreal ended"),
    ("Boreal canceló el pedido de trenes a Alba.", "supply Alba > Boreal ended"),
    ("Boreal dejará de comprar harina a Alba.", "supply Alba > Boreal ended"),
    ("Boreal rompe con su proveedor histórico Alba tras 30 años.", "supply Alba > Boreal ended"),
    ("Boreal prescinde de Alba como auditor.", "supply Alba > Boreal ended"),
    ("Boreal pagó 50 millones a Alba por los derechos de un fármaco.", "licensing Alba > Boreal completed"),
    ("Boreal compró a Alba los derechos de un anticuerpo.", "licensing Alba > Boreal completed"),
    ("Boreal explotará bajo licencia el catálogo de Alba.", "licensing Alba > Boreal announced"),
    ("Alba pone fin a la licencia concedida a Boreal.", "licensing Alba > Boreal ended"),
    ("Boreal cerró con Alba un crédito sindicado.", "financing Alba > Boreal completed"),
    ("Alba refinanció la deuda de Boreal.", "financing Alba > Boreal completed"),
    ("Un préstamo de Alba permitió a Boreal construir tres plantas.", "financing Alba > Boreal completed"),
    ("Alba financiará con 600 millones la opa de Boreal sobre Faro.", "financing Alba > Boreal announced"),
    ("Alba y Boreal van de la mano en el tren de hidrógeno.", "partnership Alba - Boreal completed"),
    ("Alba, de la mano de Boreal, construyó una planta.", "partnership Alba - Boreal completed"),
    ("Alba y Boreal renovaron su acuerdo estratégico.", "partnership Alba - Boreal completed"),
    ("Alba y Boreal prorrogan su alianza.", "partnership Alba - Boreal completed"),
    ("Boreal sumó a Alba a su proyecto de gas.", "partnership Alba - Boreal completed"),
    ("Alba se baja del proyecto de gas de Boreal.", "partnership Alba - Boreal ended"),
    ("Alba abandonó el proyecto que desarrollaba con Boreal.", "partnership Alba - Boreal ended"),
    ("Alba y Boreal ponen punto final a su acuerdo.", "partnership Alba - Boreal ended"),
    ("Alba y Boreal deberán disolver su empresa conjunta.", "partnership Alba - Boreal ended"),
    ("Con la adquisición de Boreal, Alba entra en el vino.", "acquisition Alba > Boreal completed"),
    ("Alba se impone a Cobalto en la puja por Boreal.", "acquisition Alba > Boreal announced"),
    ("El Gobierno vetó la compra de Boreal por la húngara Alba.", "acquisition Alba > Boreal ended"),
    ("Alba y Boreal aprueban su fusión en junta.", "merger Alba - Boreal announced"),
    ("Alba y Boreal negocian unir sus negocios.", "merger Alba - Boreal rumored"),
    ("Naufraga la fusión entre Alba y Boreal.", "merger Alba - Boreal ended"),
    ("Boreal, firma navarra participada por Alba, crece.", "investment Alba > Boreal completed"),
    ("Boreal dio entrada a Alba en su capital.", "investment Alba > Boreal completed"),
    ("Boreal abrió su capital a Alba.", "investment Alba > Boreal completed"),
    ("Boreal incorporó a Alba como accionista.", "investment Alba > Boreal completed"),
    ("La participación de Alba en Boreal asciende al 3%.", "investment Alba > Boreal completed"),
    ("Alba, que cuenta con un 5% de Boreal, sube.", "investment Alba > Boreal completed"),
    ("Boreal recibió 80 millones de euros de Alba.", "investment Alba > Boreal completed"),
    ("Boreal captó 104 millones de la mano de Alba.", "investment Alba > Boreal completed"),
    ("Alba negocia entrar en Boreal.", "investment Alba > Boreal rumored"),
    ("Boreal, integrada en Alba, prevé crecer.", "ownership Alba > Boreal completed"),
    ("Boreal, participada al 81,5% por Alba, sube.", "ownership Alba > Boreal completed"),
    ("La aerolínea de bajo coste de Alba, Boreal, abre base.", "ownership Alba > Boreal completed"),
    ("La dependencia de Alba de los motores de Boreal inquieta.", "dependency Alba > Boreal completed"),
    ("El 60% de los ingresos de Alba procede de Boreal.", "dependency Alba > Boreal completed"),
    ("Alba obtiene el 60% de sus ingresos de Boreal.", "dependency Alba > Boreal completed"),
    ("Alba pisa los talones a Boreal.", "competition Alba - Boreal completed"),
    ("Alba y Boreal libran una guerra por los depósitos.", "competition Alba - Boreal completed"),
    ("Alba y Boreal se disputan el corredor del sur.", "competition Alba - Boreal completed"),
    ("Alba le quita mercado a Boreal.", "competition Alba - Boreal completed"),
    ("Alba y Boreal enfrían sus relaciones.", "dispute Alba - Boreal completed"),
    ("Alba y Boreal escenifican su ruptura.", "dispute Alba - Boreal completed"),
    ("El juez dio la razón a Alba frente a Boreal.", "litigation Alba > Boreal completed"),
    ("Alba reclama 30 millones a Boreal ante el juez.", "litigation Alba > Boreal completed"),
    ("Alba acude al arbitraje contra Boreal.", "litigation Alba > Boreal completed"),
    ("Boreal deberá indemnizar a Alba con 40 millones.", "litigation Alba > Boreal completed"),
    ("Alba y Boreal zanjan su pleito.", "litigation Alba > Boreal ended"),
    ("Alba y Boreal ponen fin a su batalla judicial.", "litigation Alba > Boreal ended"),
    ("Alba pacta con Boreal retirar sus demandas.", "litigation Alba > Boreal ended"),
    ("Alba echó el guante a Boreal por 300 millones.", "acquisition Alba > Boreal completed"),
    ("Boreal cayó en la órbita de Alba.", "acquisition Alba > Boreal completed"),
    ("Competencia da luz verde a la compra de Boreal por Alba.", "acquisition Alba > Boreal announced"),
    ("Competencia dio el visto bueno a la opa de Alba sobre Boreal.", "acquisition Alba > Boreal announced"),
    ("Alba obtiene el visto bueno para la compra de Boreal.", "acquisition Alba > Boreal announced"),
    ("Fracasa la opa de Alba sobre Boreal.", "acquisition Alba > Boreal ended"),
    ("Los accionistas de Boreal rechazaron la opa de Alba.", "acquisition Alba > Boreal ended"),
    ("El consejo de Boreal da la espalda a la opa de Alba.", "acquisition Alba > Boreal ended"),
    ("Boreal puso en manos de Alba la gestión de su flota.", "supply Alba > Boreal completed"),
    ("Alba se alza con el contrato de Boreal.", "supply Alba > Boreal completed"),
    ("Boreal estrena los trenes de Alba.", "supply Alba > Boreal completed"),
    ("Boreal recibió sus primeros trenes de Alba.", "supply Alba > Boreal completed"),
    ("Alba pierde el contrato de Boreal.", "supply Alba > Boreal ended"),
    ("Alba perdió a su mayor cliente, Boreal.", "supply Alba > Boreal ended"),
    ("Alba tomó un 10% de Boreal.", "investment Alba > Boreal completed"),
    ("Alba entra como socio en Boreal.", "investment Alba > Boreal completed"),
    ("Boreal, con Alba como principal accionista, celebra su junta.", "investment Alba > Boreal completed"),
    ("Alba y Cobalto, accionistas de Boreal, buscan comprador.", "investment Alba > Boreal completed"),
    ("Los accionistas de Boreal, Alba y Cobalto, buscan comprador.", "investment Cobalto > Boreal completed"),
    ("Alba colocó un 3% de Boreal entre inversores.", "investment Alba > Boreal ended"),
    ("Alba y Cobalto, dueños de Boreal, buscan comprador.", "ownership Alba > Boreal completed"),
    ("Los dueños de Boreal, Alba y Cobalto, buscan comprador.", "ownership Cobalto > Boreal completed"),
    ("Alba y Boreal se dan la mano en el hidrógeno.", "partnership Alba - Boreal completed"),
    ("Alba hizo frente común con Boreal.", "partnership Alba - Boreal completed"),
    ("Alba será el socio tecnológico de Boreal.", "partnership Alba - Boreal announced"),
    ("Alba denuncia a Boreal ante la autoridad.", "litigation Alba > Boreal completed"),
    ("La Justicia obliga a Boreal a indemnizar a Alba.", "litigation Alba > Boreal completed"),
    ("Alba y Boreal sellan la paz en los tribunales.", "litigation Alba > Boreal ended"),
)
SEVERAL = (
    (
        "Alba, a través de Faro, se adjudica la construcción de un centro de datos de Boreal.",
        ("ownership Alba > Faro completed", "supply Alba > Boreal completed"),
    ),
    (
        "Boreal cierra una ronda liderada por Alba y con la participación de Cobalto.",
        ("investment Alba > Boreal completed", "investment Cobalto > Boreal completed"),
    ),
)
SILENT = (
    "Boreal adjudicó a Alba el premio a la mejor tienda.",
    "Alba se llevó el contrato de alquiler a Boreal.",
    "Alba arrebata a Boreal el primer puesto de la lista.",
    "Boreal migra su sede a la ciudad de Alba.",
    "Boreal compra a Alba un edificio de oficinas.",
    "Alba, a través de Faro, busca casa.",
    "Boreal rescinde el contrato de su entrenador ante Alba.",
    "Boreal deja de comprar harina, dijo Alba.",
    "Boreal rompe con la costumbre, dijo Alba.",
    "Boreal paga 50 millones de euros a Alba por los destrozos.",
    "Boreal vende bajo licencia, dijo Alba.",
    "Alba pone fin a la licencia por maternidad, dijo Boreal.",
    "Alba respalda la idea de Boreal.",
    "Un préstamo permitió a Alba y Boreal construir tres plantas.",
    "Alba, de la mano de su presidente, saludó a Boreal.",
    "Alba y Boreal renuevan sus flotas.",
    "Alba y Boreal renuevan su acuerdo estratégico con el sindicato.",
    "Boreal sumó a Alba a su lista de morosos.",
    "Alba se retira del proyecto y Boreal crece.",
    "Alba y Boreal ponen punto final a su reunión.",
    "Con la adquisición de vehículos de Boreal, Alba crece.",
    "Alba se impone a Boreal en la puja por el solar.",
    "Alba y Boreal aprueban sus cuentas en junta.",
    "Fracasa la reunión entre Alba y Boreal.",
    "Boreal abre su tienda a Alba.",
    "Boreal incorporó a Alba como invitada.",
    "La participación de Alba en la feria de Boreal asciende al 3%.",
    "Boreal recibe 80 millones de visitas de Alba.",
    "Boreal logró 80 millones de clientes de Alba.",
    "Alba negocia entrar en el recinto de Boreal.",
    "Boreal, integrada en el índice de Alba, prevé crecer.",
    "El 60% de los ingresos de Alba procede de la ciudad, dice Boreal.",
    "Alba y Boreal libran una lucha por la deuda.",
    "Alba y Boreal se disputan el balón.",
    "Alba le quita el papel a Boreal.",
    "Alba y Boreal enfrían sus naves.",
    "Alba y Boreal escenifican su obra.",
    "El mercado da la razón a Alba, dice Boreal.",
    "Alba acude al estadio contra Boreal.",
    "Alba y Boreal zanjan su charla.",
    "Alba pacta con la ciudad retirar sus carteles, dijo Boreal.",
    "Alba echó un vistazo a Boreal.",
    "Boreal cayó en la órbita de la Luna, dijo Alba.",
    "Competencia da luz verde a la obra de Boreal y de Alba.",
    "Alba obtiene el visto bueno para la sede junto a Boreal.",
    "Fracasa la gala de Alba sobre Boreal.",
    "Los accionistas de Boreal rechazaron las cuentas; Alba calló.",
    "Boreal puso en manos de Alba un ramo de flores.",
    "Alba se alza con el trofeo de Boreal.",
    "Boreal estrena los anuncios de Alba.",
    "Alba pierde el tren de Boreal.",
    "Alba perdió a su mayor amigo, Boreal.",
    "Alba tomó un 10% menos de café que Boreal.",
    "Alba entra como invitada en Boreal.",
    "Alba y Cobalto, vecinas de Boreal, buscan comprador.",
    "Los vecinos de Boreal, Alba y Cobalto, buscan comprador.",
    "Alba y Boreal se dan la espalda.",
    "La Justicia obliga a Boreal a abrir, dijo Alba.",
    "Alba y Boreal sellan sus cartas.",
)


def _told(models: Models, text: str) -> set[str]:
    amounts = find_amounts(text, lang="es")
    ties = find_ties(text, companies_in(text, NAMES), amounts, (), nlp=models.load("es"), lang="es")
    return {
        f"{tie.kind} {tie.source} {'-' if tie.kind in SYMMETRIC_KINDS else '>'} {tie.target} {tie.status}"
        for tie in ties
    }


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_turn_of_the_press_tells_its_tie(models: Models, text: str, told: str) -> None:
    assert told in _told(models, text)


@pytest.mark.parametrize(("text", "told"), SEVERAL)
def test_a_turn_that_names_three_tells_its_ties_and_no_more(
    models: Models, text: str, told: tuple[str, ...]
) -> None:
    assert _told(models, text) == set(told)


@pytest.mark.parametrize("text", SILENT)
def test_what_only_resembles_such_a_turn_tells_nothing(models: Models, text: str) -> None:
    assert not _told(models, text)
