"""Endurance: `python -m tests.benchmarks.soak ASKCLAIMS_FOLDER [--minutes 30] [--rate 100]`.

The core in one process, called as the chat faces call it: in threads off an event loop, each question's event and
answer kept in the database. Questions come at a steady rate whatever is answered yet, and count from when they were
due. A moderator changes a claim every second, a file is imported every five minutes and undone, a backup is made every
ten.

A line each minute: latencies, processor time a question (of everything in the process), seconds in which a thread was
ready and the machine had no processor for it, memory, the size of the files. The baseline of the same run is a process
that only sleeps, five milliseconds at a time: for how long it was kept from waking (`machine held`, the longest too) is
what no bot on this machine could have helped. Ends with 1 when a bound is broken.
"""

import argparse
import asyncio
import gc
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.chat.core import Core
from adapters.on_discord.render import embeds
from bot.app import App, build
from bot.backups import Plan
from bot.recorder import Answered
from bot.reply import Choice, File, Reply, Tone
from bot.request import Actor, Request
from bot.store import Change, Store, Trace
from bot.upkeep import Upkeep
from tests.benchmarks.bench import plain_claims
from tests.benchmarks.claim_pairs import read_askclaims
from tests.benchmarks.usage import Sleeper, Usage

MOST_MS, MOST_MEMORY, MOST_FILE_MB = 50.0, 5.0, 64.0
"""The bounds: the 99th percentile, the growth of memory in percent after the warm-up, the growth of the files."""
WARM_UP = 3
_SPACES, _CHANNELS, _MEMBERS = 40, 8, 5_000
_IMPORTED = 50
_BACKUP_HOURS = 1 / 6


class Soak:
    """One run: what is asked and changed when is the same for the same seed."""

    def __init__(self, app: App, questions: Sequence[str], sleeper: Sleeper, given: argparse.Namespace) -> None:
        self._app, self._sleeper = app, sleeper
        self._core = Core(app.factbot.handle)
        self._questions = questions
        self._chance = random.Random(given.seed)
        self._minutes, self._rate = given.minutes, given.rate
        self._ids = [claim.id for claim in app.store.claims()][:1_000]
        self.times: NDArray[np.float64] = np.full(int(60 * given.minutes * given.rate), np.inf)
        self.outcomes: Counter[str] = Counter()
        self.errors: list[str] = []
        self._number = 10**18
        self.usage: list[Usage] = []

    async def run(self) -> None:
        """Ask and change until the time is over; print a line for each minute."""
        folder = Path(self._app.store.path).parent
        self.usage.append(Usage.now(folder))
        others = [asyncio.create_task(each) for each in (self._moderate(), self._import())]
        for minute in range(self._minutes):
            await self._minute(minute)
            self.usage.append(Usage.now(folder))
            self._tell(minute)
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._core.finish()

    async def _minute(self, minute: int) -> None:
        each = int(60 * self._rate)
        begun, asked = time.perf_counter(), set()
        for at in range(each):
            due = begun + at / self._rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            task = asyncio.create_task(self._ask(minute * each + at, due))
            asked.add(task)
            task.add_done_callback(asked.discard)
        await asyncio.sleep(begun + 60 - time.perf_counter())
        await asyncio.gather(*asked)

    async def _ask(self, place: int, due: float) -> None:
        """Do what the Discord face does with a mention: quiet here? new? answer, render, remember."""
        space, channel = self._chance.randrange(_SPACES), self._chance.randrange(_CHANNELS)
        where, asker = f"discord:channel:{9 * 10**17 + space * 100 + channel}", self._member()
        request = self._request("factcheck", {"question": self._chance.choice(self._questions)}, space, asker)
        conversations, event = self._app.conversations, f"discord:message:{request.delivery}"
        try:
            if not await self._core.call(conversations.begin, event, request.space, [where]):
                raise ValueError("a new question is taken for an old one")
            reply, _ = await self._core.reply(request)
            embeds(reply)
            self.times[place] = (time.perf_counter() - due) * 1000
            self._count(reply, "question")
            answered = Answered(where, request.delivery, str(self._next()), asker.id)
            conversations.done(event, answered)
        except Exception as error:
            self.errors.append(f"question: {type(error).__name__}: {error}")

    async def _moderate(self) -> None:
        """Change a claim every second."""
        for number in range(sys.maxsize):
            await asyncio.sleep(1)
            space = self._chance.randrange(_SPACES)
            verb, given = self._change(number)
            await self._do(self._request(verb, given, space, _MODERATOR))

    def _change(self, number: int) -> tuple[str, dict[str, str]]:
        claim = self._chance.choice(self._ids)
        match number % 5:
            case 0:
                words = " ".join(self._chance.sample(self._chance.choice(self._questions).split(), 3))
                return "fact add", {"text": f"The {number}th bulletin speaks of {words}", "sure": "yes"}
            case 1 | 2:
                status = self._chance.choice(["confirmed", "refuted", "disputed", "misleading"])
                return "fact status", {"claim": claim, "status": status, "note": f"Checked for bulletin {number}."}
            case 3:
                return "fact edit", {"claim": claim, "via": f"Paper {number}"}
            case _:
                return "fact alias", {"claim": claim, "phrasing": f"is bulletin {number} right about it"}

    async def _import(self) -> None:
        """Import a file 20 seconds into every fifth minute, and undo it 20 seconds later."""
        for number in range(sys.maxsize):
            await asyncio.sleep(20)
            rows = "".join(f"The {number}th edition names street {at} as closed\n" for at in range(_IMPORTED))
            space = self._chance.randrange(_SPACES)
            file = File("claims.csv", f"text\n{rows}".encode())
            reply = await self._do(self._request("fact import", {}, space, _MODERATOR, file))
            await asyncio.sleep(20)
            if undo := next((each for each in reply.choices if each.label.startswith("Undo")), None):
                await self._press(undo, space)
            await asyncio.sleep(260)

    async def _press(self, choice: Choice, space: int) -> None:
        given = {**dict(choice.arguments), "sure": "yes"}
        await self._do(self._request(choice.verb, given, space, _MODERATOR))

    async def _do(self, request: Request) -> Reply:
        reply, _ = await self._core.reply(request)
        self._count(reply, request.verb)
        return reply

    def _count(self, reply: Reply, what: str) -> None:
        self.outcomes[f"{what} {reply.outcome or ''}".strip()] += 1
        if reply.tone is Tone.REFUSED and not reply.outcome:
            self.errors.append(f"{what}: {reply.title}: {reply.text}")

    def _request(self, verb: str, given: dict[str, str], space: int, actor: Actor, file: File | None = None) -> Request:
        return Request(verb, given, "discord", f"discord:{8 * 10**17 + space}", actor, str(self._next()), file)

    def _member(self) -> Actor:
        return Actor(f"discord:{7 * 10**17 + self._chance.randrange(_MEMBERS)}", "Mia", belongs=True)

    def _next(self) -> int:
        self._number += self._chance.randrange(1, 10**6)
        return self._number

    def _tell(self, minute: int) -> None:
        each = int(60 * self._rate)
        times = self.times[minute * each : (minute + 1) * each]
        before, now = self.usage[-2:]
        held, longest = self._sleeper.take()
        print(
            f"minute {minute + 1:2}  {_latencies(times)}  CPU {1000 * (now.cpu - before.cpu) / each:.2f} ms/question"
            f"  waited {now.waited - before.waited:.1f} s  memory {now.memory:.1f} MB  files {now.files:.1f} MB"
            f"  errors {len(self.errors)}  machine held {1000 * held:.0f} ms, {1000 * longest:.0f} at once",
            flush=True,
        )

    def verdict(self) -> bool:
        """Print the whole and the bounds; return whether all are kept."""
        warm = self.usage[min(WARM_UP, len(self.usage) - 2)]
        late = float(np.percentile(self.times, 99))
        memory = 100 * (self.usage[-1].memory / warm.memory - 1)
        files = self.usage[-1].files - self.usage[0].files
        print(f"all        {_latencies(self.times)}")
        print(", ".join(f"{count:,} {what}" for what, count in sorted(self.outcomes.items())))
        print(*self.errors[:10], sep="\n")
        rows = (
            ("99th percentile", late, MOST_MS, "ms"),
            (f"memory growth after minute {WARM_UP}", memory, MOST_MEMORY, "%"),
            ("growth of the files", files, MOST_FILE_MB, "MB"),
            ("errors", float(len(self.errors)), 0.0, ""),
        )
        for name, value, most, unit in rows:
            print(f"{'broken' if value > most else 'kept':6}  {name}: {value:.1f} {unit} (at most {most:.0f})")
        return all(value <= most for _, value, most, _ in rows)


_MODERATOR = Actor("discord:600000000000000007", "Ann", moderates=True, belongs=True)


def _latencies(times: NDArray[np.float64]) -> str:
    median, late, latest = np.percentile(times, [50, 99, 99.9])
    return f"median {median:5.1f}  99 % {late:6.1f}  99.9 % {latest:6.1f}  worst {times.max():6.1f} ms"


def soak(given: argparse.Namespace) -> bool:
    """Fill a database, run on it, and return whether all bounds were kept."""
    sleeper, home = Sleeper(), Path(tempfile.mkdtemp(dir=given.scratch))
    claims, questions = read_askclaims(given.folder)
    with Store.open(home / "facts.db", missing="empty") as store:
        changes = [Change(None, claim) for claim in plain_claims(claims)[: given.claims]]
        store.save_many(changes, Trace("benchmark", "import"))
    print(f"seed {given.seed}, {len(changes):,} claims, {given.rate:g} questions a second", flush=True)
    with build(home / "facts.db", missing="empty") as app:
        app.asker.prepare()
        upkeep = Upkeep(Path(app.store.path), app.watch, Plan(home / "backups", _BACKUP_HOURS, 3))
        run = Soak(app, [str(each["q"]) for each in questions], sleeper, given)
        del claims, questions, changes
        gc.collect()
        upkeep.start()
        try:
            asyncio.run(_alive(run, upkeep))
        finally:
            upkeep.stop()
        backups = len(list((home / "backups").glob("factbot-*.db")))
        print(f"backups kept: {backups}; revision chain: {app.store.check_chain() or 'sound'}")
    return run.verdict()


async def _alive(run: Soak, upkeep: Upkeep) -> None:
    async def show() -> None:
        while True:
            upkeep.alive()
            await asyncio.sleep(5)

    showing = asyncio.create_task(show())
    await run.run()
    showing.cancel()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--rate", type=float, default=100.0, help="questions a second")
    parser.add_argument("--claims", type=int, default=10_000, help="claims at most")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--scratch", type=Path, help="where the database lies; a temporary folder if left out")
    sys.exit(not soak(parser.parse_args()))


if __name__ == "__main__":
    main()
