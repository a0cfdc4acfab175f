"""files.*: the app uploads in Slack's three steps (ask for an address, send, complete)."""

from bot.console.values import Json
from bot.console.web_api.call import ApiError, Call


def upload_url(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    name, length = call.required("filename"), call.required("length")
    if not length.isdigit() or int(length) == 0:
        raise ApiError("invalid_arguments")
    file_id = call.workspace.new_id("F")
    call.workspace.save_file({"id": file_id, "name": name, "size": int(length), "content": None})
    return {"upload_url": f"{call.base_url}/upload/{call.workspace.team_id}/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    asked = call.records("files", "invalid_arguments")
    if not asked:
        raise ApiError("invalid_arguments")
    files = tuple(_complete(call, item) for item in asked)
    if call.text("channel_id"):
        channel = call.joined_channel("channel_id")
        call.workspace.post(
            channel.id,
            call.workspace.bot_user,
            call.text("initial_comment"),
            thread_ts=call.text("thread_ts") or None,
            bot_id=call.workspace.bot_id,
            files=files,
            subtype="file_share",
        )
    return {"files": list(files)}


def info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.info"""
    try:
        file = call.workspace.file(call.required("file"))
    except KeyError as error:
        raise ApiError("file_not_found") from error
    return {"file": {key: value for key, value in file.items() if key != "content"}}


def _complete(call: Call, item: Json) -> Json:
    try:
        file = call.workspace.file(str(item.get("id")))
    except KeyError as error:
        raise ApiError("file_not_found") from error
    if file["content"] is None:
        raise ApiError("file_not_found")
    shown: Json = {"id": file["id"], "title": item.get("title") or file["name"], "name": file["name"]}
    shown["size"] = len(file["content"])
    shown["url_private"] = f"{call.base_url}/files/{call.workspace.team_id}/{file['id']}/{file['name']}"
    call.workspace.save_file(file | shown)
    return shown
