"""Makes the files that people ask for, from what a reader in one channel may see."""

import io
from typing import TypeGuard

from bot.answers import DealsAnswer, RelationshipAnswer
from bot.company_answer import CompanyAnswer
from bot.file_message import FileMessage
from bot.pictures import Picture
from bot.query_files import FileKind
from bot.services import Services
from bot.services.answers import deal_filter
from bot.services.exporting import export_deals_csv
from bot.services.pictures import company_picture, map_picture, relationship_picture
from bot.views import files
from storage.engine import Session, snapshot

_BOM = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding

Fileable = DealsAnswer | CompanyAnswer | RelationshipAnswer


def can_be_filed(answer: object, kind: FileKind) -> TypeGuard[Fileable]:
    """Whether an answer holds what a file of this kind would show."""
    match answer:
        case DealsAnswer():
            return answer.total > 0
        case CompanyAnswer():
            return answer.active > 0 or (answer.deals_total > 0 and kind is FileKind.CHART)
        case RelationshipAnswer():
            return answer.level is not None
    return False


def make_file(
    services: Services, answer: Fileable, kind: FileKind, *, team_id: str, channel_id: str, asked_by: str
) -> FileMessage:
    """The file of an answer; `asked_by` is the id of the person who wants it, "" for nobody in Slack."""
    with snapshot(services.engine) as session:
        if isinstance(answer, DealsAnswer):
            content = _deals_csv(session, answer, team_id, channel_id)
            return files.table_message(answer, content, asked_by=asked_by)
        picture = _picture(services, session, answer, kind, team_id, channel_id)
    return files.picture_message(picture, asked_by=asked_by)


def _picture(
    services: Services,
    session: Session,
    answer: CompanyAnswer | RelationshipAnswer,
    kind: FileKind,
    team_id: str,
    channel_id: str,
) -> Picture:
    now = services.now()
    if isinstance(answer, RelationshipAnswer):
        return relationship_picture(
            session, answer.a, answer.b, team_id=team_id, channel_id=channel_id, now=now
        )
    find = map_picture if kind is FileKind.MAP else company_picture
    return find(session, answer.company, team_id=team_id, channel_id=channel_id, now=now)


def _deals_csv(session: Session, answer: DealsAnswer, team_id: str, channel_id: str) -> bytes:
    table = io.StringIO(newline="")
    table.write(_BOM)
    wanted = deal_filter(answer.companies, answer.filters)
    export_deals_csv(session, table, team_id=team_id, channel_id=channel_id, wanted=wanted)
    return table.getvalue().encode("utf-8", "replace")
