"""The methods of Slack's Web API that the stand-in speaks, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.console.values import Json
from bot.console.web_api import chat, conversations, files, people, reactions, views
from bot.console.web_api.call import Call

Method = Callable[[Call], Json]

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "api.test": people.api_test,
        "apps.connections.open": people.open_connection,
        "auth.revoke": people.revoke,
        "auth.test": people.auth_test,
        "bots.info": people.bot_info,
        "chat.delete": chat.delete,
        "chat.getPermalink": chat.permalink,
        "chat.postEphemeral": chat.post_ephemeral,
        "chat.postMessage": chat.post_message,
        "chat.update": chat.update,
        "conversations.history": conversations.history,
        "conversations.info": conversations.info,
        "conversations.list": conversations.list_all,
        "conversations.members": conversations.members,
        "conversations.open": conversations.open_direct,
        "conversations.replies": conversations.replies,
        "files.completeUploadExternal": files.complete_upload,
        "files.getUploadURLExternal": files.upload_url,
        "files.info": files.info,
        "reactions.add": reactions.add,
        "reactions.get": reactions.get,
        "reactions.remove": reactions.remove,
        "team.info": people.team_info,
        "users.info": people.user_info,
        "views.open": views.open_modal,
        "views.publish": views.publish,
        "views.push": views.open_modal,
        "views.update": views.update,
    }
)

# Any one of the scopes will do; a method that does not stand here needs none.
SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chat.delete": ("chat:write",),
        "chat.postEphemeral": ("chat:write",),
        "chat.postMessage": ("chat:write",),
        "chat.update": ("chat:write",),
        "conversations.history": ("channels:history", "groups:history", "im:history"),
        "conversations.info": ("channels:read", "groups:read", "im:read"),
        "conversations.list": ("channels:read", "groups:read", "im:read"),
        "conversations.members": ("channels:read", "groups:read", "im:read"),
        "conversations.open": ("im:write",),
        "conversations.replies": ("channels:history", "groups:history", "im:history"),
        "files.completeUploadExternal": ("files:write",),
        "files.getUploadURLExternal": ("files:write",),
        "files.info": ("files:read",),
        "reactions.add": ("reactions:write",),
        "reactions.get": ("reactions:read",),
        "reactions.remove": ("reactions:write",),
        "team.info": ("team:read",),
        "users.info": ("users:read",),
        "bots.info": ("users:read",),
    }
)
