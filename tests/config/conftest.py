"""A seller's file on disk, loaded over the shipped settings."""

import pytest

from workbench.config import load


@pytest.fixture
def seller(tmp_path):
    """Load the text (or bytes) of a seller's file."""

    def loaded(text="", name="mine.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path)

    return loaded


@pytest.fixture(scope="session")
def shipped():
    """The shipped settings alone."""
    return load(None)
