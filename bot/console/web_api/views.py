"""views.*: modals and App Home."""

from bot.console.rules import view_problems
from bot.console.values import Json, View
from bot.console.web_api.call import ApiError, Call


def open_modal(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.open (and views.push)"""
    body = view_body(call.structure("view"), "modal")
    user = call.take_trigger()
    view = View(id=call.workspace.new_id("V"), user=user, body=body)
    return {
        "view": shown_view(call.workspace.views.save(view), call.workspace.team_id, call.workspace.app_id)
    }


def update(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.update"""
    body = view_body(call.structure("view"), "modal")
    old = call.workspace.views.find(call.text("view_id"), call.text("external_id"))
    if old is None:
        raise ApiError("not_found")
    if call.text("hash") and call.text("hash") != view_hash(old):
        raise ApiError("hash_conflict")
    new = call.workspace.views.save(View(id=old.id, user=old.user, body=body))
    return {"view": shown_view(new, call.workspace.team_id, call.workspace.app_id)}


def publish(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish"""
    body = view_body(call.structure("view"), "home")
    user = call.user("user_id").id
    old = call.workspace.views.home(user)
    if old is not None and call.text("hash") and call.text("hash") != view_hash(old):
        raise ApiError("hash_conflict")
    view = View(id=old.id if old else call.workspace.new_id("V"), user=user, body=body)
    return {
        "view": shown_view(call.workspace.views.save(view), call.workspace.team_id, call.workspace.app_id)
    }


def view_body(view: object, kind: str) -> Json:
    """A view as it was sent, checked against Slack's limits. Raises ApiError."""
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments", response_metadata={"messages": ["view: not an object"]})
    problems = view_problems(view)
    if view.get("type") != kind:
        problems.append(f"view: type must be {kind}")
    if problems:
        raise ApiError("invalid_arguments", response_metadata={"messages": problems})
    return view


def view_hash(view: View) -> str:
    """The word by which an update can tell that the view did not change meanwhile."""
    return f"{abs(hash(repr(view.body))):x}"


def shown_view(view: View, team_id: str, app_id: str) -> Json:
    """The view as Slack hands it back."""
    return view.body | {
        "id": view.id,
        "team_id": team_id,
        "app_id": app_id,
        "hash": view_hash(view),
        "root_view_id": view.id,
        "previous_view_id": None,
        "state": {"values": {}},
    }
