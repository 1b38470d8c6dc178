"""The operator's window: `/metrics` in Prometheus' text format, `/healthz` and `/readyz`, on a port of their own."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot import __version__
from bot.app import App
from bot.errors import SettingsProblem
from bot.settings import METRICS_PORT
from bot.watch import SECONDS, Numbers

_TEXT = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[dict[str, str], float]


@asynccontextmanager
async def watched(app: App, address: tuple[str, int] | None) -> AsyncIterator[None]:
    """Serve the window while the block runs; nothing without an address. Raises `SettingsProblem` for a taken one."""
    if address is None:
        yield
        return
    runner = web.AppRunner(_application(app), access_log=None, shutdown_timeout=1.0)
    try:
        await runner.setup()
        await _listen(runner, address)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, address: tuple[str, int]) -> None:
    host, port = address
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise SettingsProblem(f"{METRICS_PORT.name}: cannot listen on {host}:{port} ({reason}).") from problem


def _application(app: App) -> web.Application:
    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(text=exposition(app), headers={"Content-Type": _TEXT})

    async def healthz(_request: web.Request) -> web.Response:
        return _said(app.watch.trouble)

    async def readyz(_request: web.Request) -> web.Response:
        away = [name for name, face in app.watch.faces.items() if not face.connected()]
        nobody = "" if app.watch.faces else "no face has started yet"
        return _said(app.watch.trouble or nobody or (f"not connected: {', '.join(away)}" if away else ""))

    application = web.Application()
    application.add_routes(
        [web.get("/metrics", metrics), web.get("/healthz", healthz), web.get("/readyz", readyz)],
    )
    return application


def _said(trouble: str) -> web.Response:
    return web.Response(status=503 if trouble else 200, text=f"{trouble or 'ok'}\n")


def exposition(app: App) -> str:
    """Return all metrics of the bot in Prometheus' text format."""
    numbers = app.watch.numbers()
    return "\n".join([*_counted(numbers), *_latency(numbers), *_state(app, numbers)]) + "\n"


def _counted(numbers: Numbers) -> Iterator[str]:
    found = [
        ({"face": face, "verb": verb, "outcome": outcome}, float(count))
        for (face, verb, outcome), count in sorted(numbers.requests.items())
    ]
    yield from _family("factbot_requests_total", "counter", "Requests by face, verb and outcome.", found)
    faults = sum(count for (_, _, outcome), count in numbers.requests.items() if outcome == "fault")
    yield from _family(
        "factbot_faults_total", "counter", "Requests that ended in a fault of Factbot's.", [({}, faults)]
    )


def _latency(numbers: Numbers) -> Iterator[str]:
    name, total = "factbot_request_seconds", 0
    yield f"# HELP {name} How long requests took.\n# TYPE {name} histogram"
    for bound in SECONDS:
        total += numbers.latencies[bound]
        yield _sample(f"{name}_bucket", {"le": f"{bound:g}"}, total)
    total += numbers.latencies[float("inf")]
    yield _sample(f"{name}_bucket", {"le": "+Inf"}, total)
    yield _sample(f"{name}_sum", {}, numbers.seconds)
    yield _sample(f"{name}_count", {}, total)


def _state(app: App, numbers: Numbers) -> Iterator[str]:
    faces = sorted(app.watch.faces.items())
    connected = [({"face": name}, float(face.connected())) for name, face in faces]
    pending = [({"face": name}, float(face.pending())) for name, face in faces]
    since = time.time() - numbers.last_event if numbers.last_event else -1
    yield from _gauge("up", "The version that runs.", [({"version": __version__}, 1)])
    yield from _gauge("can_save", "1 when the last heartbeat could be written.", [({}, not app.watch.trouble)])
    yield from _gauge("face_connected", "1 when the face has its connection.", connected)
    yield from _gauge("pending", "Calls that wait or are worked on.", pending)
    yield from _gauge("spaces_seen", "Communities that asked something since the start.", [({}, len(numbers.spaces))])
    yield from _gauge("last_event_seconds", "Seconds since the last request; -1 before the first.", [({}, since)])
    yield from _gauge(
        "last_backup_timestamp_seconds", "When this run last made one; 0: never.", [({}, numbers.last_backup)]
    )
    yield from _gauge("database_bytes", "Size of the database file; 0 when it is gone.", [({}, app.store.size())])


def _gauge(name: str, meaning: str, samples: list[Sample]) -> Iterator[str]:
    return _family(f"factbot_{name}", "gauge", meaning, samples)


def _family(name: str, kind: str, meaning: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}\n# TYPE {name} {kind}"
    for labels, value in samples:
        yield _sample(name, labels, value)


def _sample(name: str, labels: dict[str, str], value: float) -> str:
    inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{inside}}} {float(value):.15g}" if inside else f"{name} {float(value):.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
