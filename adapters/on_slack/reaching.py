"""Where Slack is: its own servers, or another one that speaks the same API. No connection goes anywhere else.

What comes in names addresses too (where to answer, where a file lies): the connector refuses those of other houses.
"""

import aiohttp
import yarl
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.chat.one_server import OneServer, checked_base, host_of

OWN_BASE = "https://slack.com/api/"
SETTING = "SLACK_API_BASE"
_SECONDS = 30
_TRIES = 6


class SlackServers(OneServer):
    """Slack's hosts: the one of the API, those below it (`hooks.slack.com`), and where it says its sockets are."""

    def __init__(self, base: str) -> None:
        super().__init__({host_of(base)}, SETTING)
        self._below = f".{yarl.URL(base).host}"

    def holds(self, url: yarl.URL) -> bool:
        """Whether this address is Slack's."""
        below = (url.host or "").endswith(self._below) and url.scheme in {"https", "wss"}
        return below or super().holds(url)


class Reach:
    """One session for everything that goes to Slack. Close it at the end.

    To Slack itself a proxy of the environment is used, with its exceptions; to another server never one.
    """

    def __init__(self, base: str) -> None:
        self.base = checked_base(base, SETTING, OWN_BASE) + "/"
        self.servers = SlackServers(self.base)
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        own = self.base == OWN_BASE
        self.session = aiohttp.ClientSession(connector=self.servers, timeout=timeout, trust_env=own)

    def client(self, token: str) -> AsyncWebClient:
        """Return a client of the Web API: it waits when Slack says so, and repeats nothing else by itself."""
        patient = AsyncRateLimitErrorRetryHandler(max_retry_count=_TRIES)
        made = AsyncWebClient(token, base_url=self.base, session=self.session, retry_handlers=[patient])
        made.proxy = None  # the session knows; slack_sdk would take one for every server
        return made

    def webhook(self, url: str) -> AsyncWebhookClient:
        """Return what answers at a `response_url`."""
        made = AsyncWebhookClient(url, session=self.session)
        made.proxy = None
        return made

    async def close(self) -> None:
        """Close the connections."""
        await self.session.close()
