"""The tour: three weeks in a channel where people share articles about companies, played in order."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.console.elements import fill, inputs
from bot.console.stage import CHANNEL, Stage

ANA, TOM = "ana", "tom"
MADRID = ZoneInfo("Europe/Madrid")
DAYS = 21  # from the first Monday to the one on which the tour ends

Step = Callable[[Stage], None]

PASTE_BUTTON = "Paste the text"
_PASTED = """Why brokers expect a quiet winter

The brokers of the third floor have sold their lemons and bought umbrellas.
Brackwater Shipping has agreed to buy Tolland Ferries Ltd for $90 million, the two companies said on Friday.
The deal should close in the spring. Neither company would say what becomes of the ships."""


def first_day(today: datetime) -> datetime:
    """The Monday in Madrid on which a tour begins that ends on the last Monday before `today`."""
    local = today.astimezone(MADRID)
    monday = local.date() - timedelta(days=local.weekday() + DAYS)
    return datetime.combine(monday, time(0, 0), tzinfo=MADRID)


def play(stage: Stage, start: datetime) -> None:
    """Play every step; `start` is 00:00 of the first day. What goes unanswered is in `stage.missed`."""
    for (day, hour, minute), step in _STEPS.items():
        stage.clock.set((start + timedelta(days=day)).replace(hour=hour, minute=minute))
        step(stage)


def _begin(stage: Stage) -> None:
    stage.move_to(stage.clock(), f"#{CHANNEL}, the first week")
    stage.narrate("Ana invites Seams to the channel and asks for a digest every Monday.")
    stage.slack.invite(CHANNEL, "seams", inviter=ANA)
    stage.work_off("Working", 0, lambda: 0)
    stage.show_new()
    stage.ask(ANA, "/digest", "on")


def _seed(stage: Stage) -> None:
    stage.narrate("People post links, as they always did. Seams reads them and answers in the thread.")
    stage.share(ANA, f"¿Habéis visto esto? {stage.news.url('openai-microsoft-es')}")


def _second_source(stage: Stage) -> None:
    stage.narrate("Another newspaper, another language, the same facts: one record with two sources.")
    stage.share(TOM, f"Same story over here: {stage.news.url('openai-microsoft-en')}?utm_source=newsletter")


def _look_up(stage: Stage) -> None:
    stage.narrate("Anybody can ask what the channel knows. Only Tom sees the answer.")
    stage.ask(TOM, "/deals", "microsoft")
    stage.ask(TOM, "/relationship", "openai microsoft")


def _rumour(stage: Stage) -> None:
    stage.narrate("A rumour is recorded as a rumour.")
    stage.share(ANA, f"Ojo con las baterías {stage.news.url('kelvarra-rumor-es')}")


def _contract(stage: Stage) -> None:
    stage.share(TOM, f"For the space people {stage.news.url('orbelune-contract-en')}")


def _first_digest(stage: Stage) -> None:
    stage.move_to(stage.clock(), "The second week begins")
    stage.narrate("Monday, 9:00 in Madrid: the digest tells what changed between companies.")
    stage.let_clock_tick()


def _confirmed(stage: Stage) -> None:
    stage.narrate("The rumour comes true, and two newspapers disagree on the price. Both values are kept.")
    english, spanish = stage.news.url("kelvarra-confirmed-en"), stage.news.url("kelvarra-confirmed-es")
    stage.share(TOM, f"It is official {english} and in Spanish {spanish}", links=2)
    stage.ask(TOM, "/relationship", "tarsovia kelvarra")


def _denied(stage: Stage) -> None:
    stage.narrate("A denial is not a deal.")
    stage.share(ANA, f"Pues nada {stage.news.url('quillory-denial-es')}")


def _lawsuit(stage: Stage) -> None:
    stage.share(TOM, f"See you in court {stage.news.url('velmora-lawsuit-en')}")


def _unreadable(stage: Stage) -> None:
    stage.narrate("What can't be read is said to be so: a consent wall, a dead link, a paywall.")
    stage.share(TOM, f"{stage.news.url('cookie-wall')} {stage.news.url('dead-link')}", links=2)
    stage.share(TOM, stage.news.url("paywall"))


def _paste(stage: Stage) -> None:
    stage.narrate("Tom subscribes to that one, so he pastes its text.")
    view = stage.press(TOM, PASTE_BUTTON)
    if view is None:
        stage.missed.append("the modal for a pasted text")
        return
    filled = {block_id: _PASTED for block_id, _, _ in inputs(view.body["blocks"])[:1]}
    stage.show_view(fill(view, filled))
    stage.submit(view, filled)


def _again(stage: Stage) -> None:
    stage.narrate("A link that was posted before is recognised, whatever hangs on it.")
    stage.share(TOM, f"Worth a read {stage.news.url('openai-microsoft-es')}?utm_medium=social&fbclid=abc")


def _second_digest(stage: Stage) -> None:
    stage.move_to(stage.clock(), "The third week begins")
    stage.let_clock_tick()


def _ended(stage: Stage) -> None:
    stage.narrate("French is read as well. This contract was announced two weeks ago; now it ends.")
    stage.share(ANA, f"Vaya con Orbelune {stage.news.url('orbelune-ended-fr')}")
    stage.ask(ANA, "/deals", "orbelune")


def _mistake(stage: Stage) -> None:
    stage.narrate("Tom takes his court story back. What only that message supported is withdrawn.")
    court = stage.news.url("velmora-lawsuit-en")
    message = next(m for m in stage.workspace.messages(CHANNEL) if court in m.text)
    stage.slack.delete(CHANNEL, message.ts)
    stage.work_off("Working", 0, lambda: 0)
    stage.ask(TOM, "/relationship", "velmora robotics, pinderley")


def _map(stage: Stage) -> None:
    stage.narrate("A company at a glance, and a map of its neighbours for the whole channel.")
    stage.ask(TOM, "/company", "openai")
    stage.ask(ANA, "/company", "openai map")


def _last_digest(stage: Stage) -> None:
    stage.move_to(stage.clock(), "Three weeks later")
    stage.let_clock_tick()


# (day, hour, minute) in Madrid -> what happens then.
_STEPS = MappingProxyType(
    {
        (0, 9, 30): _begin,
        (1, 9, 15): _seed,
        (2, 8, 50): _second_source,
        (2, 11, 0): _look_up,
        (3, 9, 5): _rumour,
        (4, 16, 40): _contract,
        (7, 9, 0): _first_digest,
        (8, 8, 45): _confirmed,
        (9, 10, 20): _denied,
        (10, 12, 0): _lawsuit,
        (10, 17, 30): _unreadable,
        (10, 17, 45): _paste,
        (11, 9, 0): _again,
        (14, 9, 0): _second_digest,
        (15, 9, 40): _ended,
        (16, 10, 0): _mistake,
        (17, 11, 0): _map,
        (21, 9, 0): _last_digest,
    }
)
