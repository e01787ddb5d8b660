"""A look at the disk that never raises: what the system dislikes (too long, not permitted, a stale mount, a user who is
not there) is no file, and whoever opens it then says why."""

from __future__ import annotations

from pathlib import Path

#: A path is no longer than this, and no part of it (bytes).
LONGEST, _LONGEST_PART = 4096, 255


def is_file(path: Path) -> bool:
    """Whether there is such a file, as far as the system says."""
    return _fits(path) and _asked(path.is_file)


def is_folder(path: Path) -> bool:
    """Whether there is such a folder, as far as the system says."""
    return _fits(path) and _asked(path.is_dir)


def exists(path: Path) -> bool:
    """Whether there is anything of this name, as far as the system says."""
    return _fits(path) and _asked(path.exists)


def at_home(text: str) -> Path:
    """The path with `~` as the home directory; as it stands where there is no such user."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _fits(path: Path) -> bool:
    raw = in_bytes(str(path))
    return b"\0" not in raw and len(raw) <= LONGEST and all(len(in_bytes(part)) <= _LONGEST_PART for part in path.parts)


def _asked(question: object) -> bool:
    assert callable(question)
    try:
        return bool(question())
    except (OSError, ValueError):
        return False


def in_bytes(text: str) -> bytes:
    """A path as the system knows it; half a character, too."""
    return text.encode("utf-8", "surrogatepass")
