"""The image under test, built once, and a volume for each test."""

from collections.abc import Iterator

import pytest

from tests.ship import engine


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image of the sources beside the tests."""
    engine.build_in(tmp_path_factory.mktemp("context"))
    return engine.IMAGE


@pytest.fixture
def volume() -> Iterator[str]:
    """An empty volume."""
    with engine.new_volume() as name:
        yield name
