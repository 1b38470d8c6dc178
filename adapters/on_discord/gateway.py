"""Where Discord is: its own servers, or another one that speaks the same API (a stand-in, a proxy).

discord.py has no setting for it. `Route.BASE` names the API; after an invalid session its websocket goes to
`DEFAULT_GATEWAY` whatever server it came from, which would send the token there. Both are set, and with another
server a connector refuses every host but those of that server.
"""

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.chat.one_server import OneServer, host_of

OWN_BASE = "https://discord.com/api/v10"
SETTING = "DISCORD_API_BASE"


def connector_for(base: str) -> OneServer | None:
    """Point discord.py's REST calls at `base`; return the connector that holds it there, for another server."""
    Route.BASE = base
    return None if base == OWN_BASE else OneServer({host_of(base)}, SETTING)


async def stay_at(client: discord.Client, connector: OneServer | None) -> None:
    """Ask that server for its gateway, and let every connection, also after an invalid session, go there."""
    if connector is None:
        return
    answer = await client.http.request(Route("GET", "/gateway/bot"))
    address = str(answer["url"])
    connector.hosts.add(host_of(address))
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
