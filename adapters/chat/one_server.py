"""The server that a setting names: its address checked, and no connection to any other."""

from typing import Any
from urllib.parse import urlsplit

import aiohttp
import yarl

from bot.errors import SettingsProblem


class OneServer(aiohttp.TCPConnector):
    """Connects to the named hosts (`name:port`) and nowhere else. `setting` is what the refusal names."""

    def __init__(self, hosts: set[str], setting: str) -> None:
        super().__init__(limit=0)
        self.hosts = hosts
        self._setting = setting

    async def connect(self, req: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse a host that is not named, before anything is sent."""
        if not self.holds(req.url):
            raise aiohttp.ClientConnectionError(f"not a host of {self._setting}: {req.url.host}:{req.url.port}")
        return await super().connect(req, *args, **kwargs)

    def holds(self, url: yarl.URL) -> bool:
        """Whether this address is on one of the named hosts."""
        return f"{url.host}:{url.port}" in self.hosts


def checked_base(base: str, setting: str, example: str) -> str:
    """Return the API's address without a slash at its end. Raises `SettingsProblem` for what is none."""
    try:
        url = urlsplit(base.rstrip("/"))
        good = url.scheme in {"http", "https"} and url.hostname and url.port != 0
    except ValueError:
        good = False
    if not good or url.query or url.fragment or "@" in url.netloc:
        raise SettingsProblem(
            f"{setting}: {base!r} is not the address of an API. Write it with its path, like {example}."
        )
    return base.rstrip("/")


def host_of(address: str) -> str:
    """Return host and port of an address, as the connector compares them."""
    url = yarl.URL(address)
    return f"{url.host}:{url.port}"
