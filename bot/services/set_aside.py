"""What becomes of jobs that no further try mends: they wait for an operator, and hold up nobody."""

from collections.abc import Iterable

from bot.errors import StorageError
from bot.services import Services, reading, work
from storage.engine import Session

KILLED = "killed_worker"  # the process died at every start of the job


def settle(services: Services, session: Session, job_ids: Iterable[str]) -> None:
    """Let nobody wait for jobs that were set aside: who posted an article hears that it can't be read."""
    for job_id in job_ids:
        name, args = work.read_key(job_id)
        if name != work.READ_ARTICLE:
            continue
        try:
            reading.fail(services, session, *args, code=KILLED)
        except StorageError as error:
            if error.code != "unknown_team":
                raise
