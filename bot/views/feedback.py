"""The buttons by which people say whether a digest was useful, or one line of it, and the thanks for it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digest.digest import Digest, DigestLine
from bot.locale import _
from bot.views.actions import Action, Opinion, write_opinion
from bot.views.blocks import button, section
from bot.views.message import Block, Message

_ON_WHOLE = 2  # buttons that are about the whole digest; those of lines are numbered after them


@dataclass(frozen=True, slots=True)
class FeedbackButtons:
    """The buttons of one digest, by its period's key."""

    period_key: str

    def whole(self) -> tuple[Block, ...]:
        """The buttons under the digest."""
        return (
            button(_("Useful"), Action.FEEDBACK, self._value("", useful=True), index=1),
            button(_("Not useful"), Action.FEEDBACK, self._value("", useful=False), index=2),
        )

    def beside(self, digest: Digest) -> Callable[[DigestLine], Block]:
        """What makes the button beside a line of the digest."""
        places = {line.lead.id: number for number, line in enumerate(digest.lines, _ON_WHOLE + 1)}

        def make(line: DigestLine) -> Block:
            value = self._value(line.lead.id, useful=False)
            return button(_("Not useful"), Action.FEEDBACK, value, index=places[line.lead.id])

        return make

    def _value(self, change_id: str, *, useful: bool) -> str:
        return write_opinion(Opinion(self.period_key, change_id, useful))


def render_thanks(*, useful: bool, of_line: bool, taken_back: bool) -> Message:
    """What a person is told who pressed a button; nobody else sees it."""
    if taken_back:
        said = _("Taken back: it is not counted any more.")
    elif useful:
        said = _("Thank you. Counted as useful; press it again to take that back.")
    elif of_line:
        said = _(
            "Thank you. That line is counted as not useful; press it again to take that back. "
            "`/watch NAME silent` keeps a company out of the digest."
        )
    else:
        said = _(
            "Thank you. Counted as not useful; press it again to take that back. `/digest settings` chooses "
            "what the digest tells."
        )
    return Message(said, (section(said),))
