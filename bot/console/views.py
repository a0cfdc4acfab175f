"""The modals and App Homes that people of the stand-in workspace have before them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from bot.console.values import View


class Views:
    """Holds every view ever opened; closed ones stay readable by id."""

    def __init__(self, lock: AbstractContextManager[bool], touch: Callable[[], None]) -> None:
        """`lock` is the workspace's; `touch` tells those who wait that something changed."""
        self._lock, self._touch = lock, touch
        self._views: dict[str, View] = {}

    def save(self, view: View) -> View:
        """Store a view under its id, in the place of what stood there."""
        with self._lock:
            self._views[view.id] = view
            self._touch()
            return view

    def close(self, view_id: str) -> None:
        """Close a view. Raises KeyError."""
        self.save(replace(self.get(view_id), open=False))

    def get(self, view_id: str) -> View:
        """The view of that id, open or closed. Raises KeyError."""
        with self._lock:
            return self._views[view_id]

    def opened(self, user_id: str | None = None, *, kind: str = "modal") -> tuple[View, ...]:
        """The open views of a person (or of everybody), oldest first."""
        with self._lock:
            return tuple(
                v for v in self._views.values() if v.open and v.kind == kind and user_id in (None, v.user)
            )

    def home(self, user_id: str) -> View | None:
        """A person's App Home, if the app published one."""
        return next(iter(self.opened(user_id, kind="home")), None)

    def find(self, view_id: str, external_id: str) -> View | None:
        """The open view of that id or, when it is empty, of that external id."""
        with self._lock:
            for view in self._views.values():
                if view.open and (
                    view.id == view_id if view_id else view.body.get("external_id") == external_id
                ):
                    return view
            return None
