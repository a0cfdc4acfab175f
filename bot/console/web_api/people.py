"""auth.*, users.*, bots.*, team.* and apps.*: who is who."""

from zoneinfo import ZoneInfo

from bot.console.values import Json, User
from bot.console.web_api.call import ApiError, Call


def api_test(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/api.test"""
    if call.text("error"):
        raise ApiError(call.text("error"))
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


def auth_test(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test"""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "team_id": workspace.team_id,
        "user": workspace.user(workspace.bot_user).name,
        "user_id": workspace.bot_user,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": workspace.org_wide,
        **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
    }


def revoke(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.revoke"""
    if not call.flag("test"):
        call.workspace.revoked = True
    return {"revoked": not call.flag("test")}


def open_connection(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open"""
    if not call.workspace.socket_url:
        raise ApiError("internal_error")
    return {"url": call.workspace.socket_url}


def team_info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/team.info"""
    workspace = call.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}}


def bot_info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/bots.info"""
    workspace = call.workspace
    if call.text("bot") not in {"", workspace.bot_id}:
        raise ApiError("bot_not_found")
    name = workspace.user(workspace.bot_user).name
    return {
        "bot": {
            "id": workspace.bot_id,
            "app_id": workspace.app_id,
            "user_id": workspace.bot_user,
            "name": name,
            "deleted": False,
        }
    }


def user_info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.info"""
    user = call.user()
    shown = _shown(call, user)
    if call.flag("include_locale"):
        shown["locale"] = user.locale
    return {"user": shown}


def _shown(call: Call, user: User) -> Json:
    offset = call.workspace.now().astimezone(ZoneInfo(user.timezone)).utcoffset()
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.timezone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "is_restricted": user.restricted,
        "is_ultra_restricted": False,
        "is_stranger": user.team_id != call.workspace.team_id,
        "profile": {"real_name": user.real_name, "display_name": user.name},
    }
