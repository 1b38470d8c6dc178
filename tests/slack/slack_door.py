"""The bot's door for HTTP, from outside: a port for it, and whether it is open."""

import asyncio
import socket

import aiohttp

TRIES = 300


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def healthy(http: aiohttp.ClientSession, port: int) -> None:
    """Wait until the process says that it is connected."""
    for _ in range(TRIES):
        try:
            async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.05)
    raise TimeoutError
