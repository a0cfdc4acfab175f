"""What an article says, with its companies as people corrected them: renamed, merged, hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.names import name_key
from bot.relationships.company_corrections import guide
from bot.values import Tie
from storage import corrections, reports
from storage.engine import Session


def as_corrected(
    session: Session, ties: Sequence[Tie], *, team_id: str, channel_id: str
) -> tuple[Tie | None, ...]:
    """Each tie with the names that people gave its companies, as far as a reader in the channel may know.

    A company of which nobody spoke keeps the name that the article gives it. None, which is nothing to show,
    stands for a tie of a hidden company, and for one between two that became one.
    """
    place = {"team_id": team_id, "channel_id": channel_id}
    guidance = guide(corrections.about_companies(session, **place))
    keys = {name_key(name) for tie in ties for name in (tie.source, tie.target)}
    joined = reports.joined_keys(session, **place, keys=keys) if guidance.names or guidance.hidden else {}

    def corrected() -> Iterator[Tie | None]:
        for tie in ties:
            ends = [(name, joined.get(name_key(name), {name_key(name)})) for name in (tie.source, tie.target)]
            source, target = (guidance.name_of(keys) or name for name, keys in ends)
            shown = not any(guidance.hides(keys) for _name, keys in ends)
            # Both ends of a tie may have been merged; an article's own twins are another matter.
            apart = name_key(source) != name_key(target)
            yield replace(tie, source=source, target=target) if shown and apart else None

    return tuple(corrected())
