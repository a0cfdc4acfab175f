"""files.*: the app uploads in Slack's three steps (ask for an address, send, complete)."""

import mimetypes
from dataclasses import replace

from bot.console.values import Json
from bot.console.web_api.call import ApiError, Call
from bot.console.web_api.chat import note_slips

ALT_LIMIT = 1000


def upload_url(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    name, length = call.required("filename"), call.required("length")
    if not length.isdigit() or int(length) == 0:
        raise ApiError("invalid_arguments")
    if len(call.text("alt_txt")) > ALT_LIMIT:
        raise ApiError("alt_txt_too_large")
    file_id = call.workspace.new_id("F")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    call.workspace.save_file(
        {
            "id": file_id,
            "name": name,
            "size": int(length),
            "mimetype": kind,
            "alt_txt": call.text("alt_txt"),
            "content": None,
        }
    )
    return {"upload_url": f"{call.base_url}/upload/{call.workspace.team_id}/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    asked = call.records("files", "invalid_arguments")
    if not asked:
        raise ApiError("invalid_arguments")
    files = tuple(_complete(call, item) for item in asked)
    if call.text("channel_id"):
        channel = call.joined_channel("channel_id")
        _note_slips(call, channel.id)
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


def _note_slips(call: Call, channel: str) -> None:
    """What a careful app would not send, in the words beside a file; a file has no links to unfurl."""
    said = {"text": call.text("initial_comment"), "unfurl_links": False, "unfurl_media": False}
    note_slips(call.workspace, channel, replace(call, args=said))


def _complete(call: Call, item: Json) -> Json:
    try:
        file = call.workspace.file(str(item.get("id")))
    except KeyError as error:
        raise ApiError("file_not_found") from error
    if file["content"] is None:
        raise ApiError("file_not_found")
    shown: Json = {"id": file["id"], "title": item.get("title") or file["name"], "name": file["name"]}
    shown |= {"mimetype": file["mimetype"], "alt_txt": file["alt_txt"]}
    shown["size"] = len(file["content"])
    shown["url_private"] = f"{call.base_url}/files/{call.workspace.team_id}/{file['id']}/{file['name']}"
    call.workspace.save_file(file | shown)
    return shown
