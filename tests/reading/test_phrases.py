"""The phrases around articles, and those that say a page is none."""

import pytest

from bot.reading.phrases import load_phrases


@pytest.mark.parametrize(
    "paragraph",
    [
        *(
            "Read more",
            "READ MORE »",
            "Share this article",
            "Advertisement",
            "Sign up",
            "Related articles",
            "3 comments",
        ),
        *(
            "Facebook | X | LinkedIn",
            "© 2024 The Paper. All rights reserved.",
            "5 min read",
            "Photo: Getty Images",
        ),
        *(
            "Read also: Another deal in the north",
            "Sign up for our daily newsletter",
            "Don’t miss the other story",
        ),
        *(
            "We use cookies to show you advertising.",
            "This site uses cookies. By continuing you agree to that.",
        ),
        *(
            "Leer más",
            "Compartir en Facebook",
            "Publicidad",
            "Noticias relacionadas",
            "Suscríbete",
            "Te puede interesar",
        ),
        *(
            "Lee también: Otra compra en el norte",
            "Síguenos en WhatsApp",
            "Utilizamos cookies propias y de terceros.",
        ),
        *(
            "Todos los derechos reservados",
            "Archivado en: Energía, Fusiones",
            "Más información: el comunicado",
        ),
        *(
            "Lire la suite",
            "Partager sur Facebook",
            "Publicité",
            "Les plus lus",
            "S’abonner",
            "Temps de lecture : 3 min",
        ),
        *("Lire aussi : Un autre rachat", "Inscrivez-vous à notre newsletter", "Nous utilisons des cookies."),
        *(
            "Reporting by Ana Ruiz and Tom Ferrers; Editing by Louise Hart",
            "(Reporting by Ana Ruiz in Leeds)",
            "Our Standards: The Northgate Principles.",
            "after newsletter promotion",
            "The Robots newsletter is your weekly guide to machines. Sign up here.",
            "1.2K shares",
            "Synopsis",
            "This press release contains forward-looking statements. " + "They may not come true. " * 40,
        ),
        *(
            "Fuente: EFE",
            "(Reportaje de Marta Soler. Editado por Juan Peña)",
            "Con información de Reuters",
            "345 compartidos",
            "Imprimir | Enviar a un amigo",
            "Recibe cada mañana las claves del día en tu correo",
            "Descarga la app de Diario de Lanza",
            "Fotografía: EFE",
            "Lo más importante",
        ),
        *(
            "(Reportage de Hugo Lambrecht, édité par Anne Kerhuel)",
            "Avec AFP",
            "Recevez chaque matin notre sélection dans votre boîte mail",
            "12 partages",
        ),
        *("Tous droits réservés", "Abonnez-vous à notre lettre", "Lien copié", "À lire aussi"),
    ],
)
def test_the_frame_is_known(paragraph: str) -> None:
    assert load_phrases().is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        *(
            "Related Companies PLC said it had bought a rival.",
            "Share prices fell 3% after the announcement.",
        ),
        *("Cookie maker Corvane bought a rival.", "Subscribers rose to 4 million in the third quarter."),
        *(
            "The regulator fined Corvane because its cookies were set before users agreed.",
            "X agreed to buy Corvane.",
        ),
        *(
            "Facebook agreed to buy Corvane.",
            "Read, the Swedish fund, sold its stake.",
            "Advertisement revenue grew.",
        ),
        *(
            "Leer Group vende su filial.",
            "Publicidad Ebro compra una agencia.",
            "Más de tres mil personas trabajan allí.",
        ),
        *("Compartir la propiedad fue idea de Iberluz.", "Comentarios del regulador hundieron la acción."),
        *(
            "Lire, la maison d’édition, cède ses parts.",
            "Publicité Loire rachète un concurrent.",
            "Menuiserie Loire ferme.",
        ),
        *(
            "Reporting by Reuters showed that Corvane hid its losses.",
            "Reporting by segment changed in March.",
            "Editado por Lanza Libros, el título vende tres millones.",
            "Avec AP Moller, Scaldis gagne du poids.",
            "Recibe además 40 patentes.",
            "Join ventures are common in the trade.",
            "El resumen de la operación es corto.",
        ),
        *(
            "Voir ses marges fondre a décidé le groupe à vendre.",
            "Photographers are suing Corvane over its archive.",
        ),
    ],
)
def test_sentences_with_the_same_words_stay(paragraph: str) -> None:
    assert not load_phrases().is_boilerplate(paragraph)


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        ("paywall", "Subscribe to continue reading."),
        ("paywall", "To keep reading, please subscribe"),
        ("paywall", "This article is only for subscribers."),
        ("paywall", "You’ve reached your limit of free articles"),
        ("paywall", "Suscríbete para seguir leyendo"),
        ("paywall", "Para seguir leyendo, hazte premium"),
        ("paywall", "Contenido exclusivo para suscriptores"),
        ("paywall", "Il vous reste 84.61% de cet article à lire."),
        ("paywall", "Cet article est réservé aux abonnés"),
        ("paywall", "Abonnez-vous pour lire la suite"),
        ("login", "Please log in to continue"),
        ("login", "¿Has olvidado tu contraseña?"),
        ("login", "Mot de passe oublié ?"),
        ("robot", "Verifying you are human. This may take a few seconds."),
        ("robot", "Comprobando que eres humano"),
        ("script", "You need to enable JavaScript to run this app."),
        ("script", "Activa JavaScript para ver esta página"),
        ("script", "Activez JavaScript"),
        ("error", "404 Not Found"),
        ("error", "La página que buscas no existe"),
        ("error", "Page introuvable"),
        ("consent", "Continuer sans accepter"),
        ("consent", "Before you continue"),
        ("consent", "Nosotros y nuestros 312 socios"),
    ],
)
def test_walls_are_heard(wall: str, text: str) -> None:
    assert load_phrases().says(wall, text)


@pytest.mark.parametrize(
    "text",
    [
        "Corvane’s subscribers continue to grow, and reading habits change.",
        "Los suscriptores de la revista siguen creciendo.",
        "Les abonnés du groupe augmentent encore.",
        "The companies will continue talks about the article of agreement.",
    ],
)
def test_news_about_subscribers_is_no_paywall(text: str) -> None:
    assert not load_phrases().says("paywall", text)


def test_different_consent_phrases_are_counted_once_each() -> None:
    assert load_phrases().count("consent", "Accept all. Accept all. Reject all.") == 2


@pytest.mark.parametrize("wall", ["paywall", "login", "consent", "robot", "script", "error"])
def test_no_pattern_takes_forever(wall: str) -> None:
    for word in ("subscribe ", "page ", "nous et nos ", "1", "the article story page ", "suscríbete "):
        load_phrases().says(wall, word * 3000)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Halden (HALD.L), opens new tab bought Kuiper.", "Halden (HALD.L) bought Kuiper."),
        ("its offer (opens in a new window).", "its offer."),
        ("el comunicado (se abre en ventana nueva) que envió", "el comunicado que envió"),
        ("la nota, abre en una pestaña nueva, dice", "la nota, dice"),
        ("le communiqué (s’ouvre dans un nouvel onglet) dit", "le communiqué dit"),
        ("Halden opens a new window of ten days.", "Halden opens a new window of ten days."),
        ("Volta abre una nueva ventana de negocio.", "Volta abre una nueva ventana de negocio."),
    ],
)
def test_what_is_said_to_screen_readers_is_cut_out(line: str, left: str) -> None:
    assert load_phrases().without_asides(line) == left
