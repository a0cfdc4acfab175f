"""What people say of digests: counted for whoever runs Seams, shown to nobody else."""

from bot.services import Services
from bot.services.commands import Viewer
from bot.values import Change
from bot.views.actions import Opinion
from bot.views.feedback import render_thanks
from bot.views.message import Message
from storage import events, feedback, record
from storage.engine import Session, snapshot, transaction
from storage.feedback import FeedbackCount, Pressed


def give(services: Services, viewer: Viewer, opinion: Opinion) -> Message | None:
    """Count a person's opinion of a digest or of one of its lines, once; pressed again it is taken back.

    None for the same press again.
    """
    team_id, channel_id, user_id, now = viewer.team_id, viewer.channel_id, viewer.user_id, services.now()
    with transaction(services.engine) as session:
        if not events.claim_request(session, team_id=team_id, request_id=viewer.request_id, now=now):
            return None
        change = _change(session, team_id, channel_id, opinion.change_id) if opinion.change_id else None
        pressed = feedback.press(
            session,
            team_id=team_id,
            channel_id=channel_id,
            period_key=opinion.period_key,
            change_id=opinion.change_id,
            user_id=user_id,
            useful=opinion.useful,
            now=now,
            change_type=change.type if change else None,
            kind=change.kind if change else None,
        )
    return render_thanks(
        useful=opinion.useful,
        of_line=bool(opinion.change_id),
        taken_back=pressed is Pressed.TAKEN_BACK,
    )


def counts(services: Services, *, team_id: str) -> tuple[FeedbackCount, ...]:
    """How many opinions of each kind a team gave."""
    with snapshot(services.engine) as session:
        return feedback.count_feedback(session, team_id=team_id)


def _change(session: Session, team_id: str, channel_id: str, change_id: str) -> Change | None:
    """A change as the channel may know it; None when it was withdrawn since the digest told it."""
    known = record.changes(session, team_id=team_id, channel_id=channel_id)
    return next((change for change in known if change.id == change_id), None)
