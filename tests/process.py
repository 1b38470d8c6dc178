"""The bot's process, started as a user starts it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def bot_process(home: Path, settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start `python -m bot` with these settings and a database of its own in `home`; kill it at the end."""
    environ = {name: os.environ[name] for name in ("PATH", "PYTHONPATH")}
    environ |= {"HOME": str(home), "FACTS_DB": str(home / "facts.db"), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=environ, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Wait for the end; return the exit status and what stands on standard error."""
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return process.returncode, err.decode()
