"""Paths as terminals and desktops give them, and text that is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.config.disk import at_home, exists, is_file, is_folder
from workbench.config.given import given_paths, looks_like_path

NAMES = [
    "plain.csv",
    "two words.csv",
    "it's.csv",
    "a&b (1) [x] $y;z.csv",
    "早上 好.xlsx",
    "back\\slash.csv",
    "100%20.csv",
]


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / name for name in NAMES]
    for path in paths:
        path.write_text("x")
    return paths


def escaped(path):
    """As a terminal escapes it: a backslash before every sign."""
    return "".join(c if c.isalnum() or c in "/._-" or ord(c) > 127 else f"\\{c}" for c in str(path))


def quoted(path):
    return "'" + str(path).replace("'", "'\\''") + "'"


WAYS = {
    "plain": str,
    "double quotes": lambda path: f'"{path}"',
    "shell quotes": quoted,
    "escaped": escaped,
    "address": lambda path: path.as_uri(),
    "address in quotes": lambda path: f"'{path.as_uri()}'",
    "host": lambda path: path.as_uri().replace("file://", "file://localhost"),
    "marked": lambda path: f"\u202a{path}\u202c",
    "blanks": lambda path: f"  {path}\n",
    "typographic quotes": lambda path: f"\u201c{path}\u201d",
    "address in brackets": lambda path: f"<{path.as_uri()}>",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_name_in_every_way(files, way):
    for path in files:
        text = WAYS[way](path)
        assert looks_like_path(text)
        assert given_paths(text) == [path], text


@pytest.mark.parametrize("way", ["shell quotes", "escaped", "address"])
@pytest.mark.parametrize("between", [" ", "\n", "\r\n"])
def test_several_at_once(files, way, between):
    text = between.join(WAYS[way](path) for path in files)
    assert given_paths(text) == files
    assert looks_like_path(text)


def test_several_lines_as_they_stand(files):
    assert given_paths("\n".join(map(str, files)) + "\n\n") == files


@pytest.mark.parametrize(
    "text",
    ["C:\\Users\\me\\returns 1.csv", '"C:\\Users\\me\\returns 1.csv"', "file:///C:/Users/me/returns%201.csv",
     "& 'C:\\Users\\me\\returns 1.csv'", "\u200eC:/Users/me/returns 1.csv"],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="there it is what it says")
def test_a_path_of_windows_beside_it(text):
    assert given_paths(text) == [Path("/mnt/c/Users/me/returns 1.csv")]
    assert looks_like_path(text)


@pytest.mark.skipif(os.name == "nt", reason="there it is what it says")
def test_several_of_windows_and_the_places_of_its_linux():
    several = '"C:\\Users\\me\\returns 1.csv" "D:\\orders.csv"'
    assert given_paths(several) == [Path("/mnt/c/Users/me/returns 1.csv"), Path("/mnt/d/orders.csv")]
    for name in ("wsl$", "wsl.localhost"):
        assert given_paths(f"\\\\{name}\\Ubuntu\\home\\me\\x.csv") == [Path("/home/me/x.csv")]


def test_a_dollar_sign_that_a_shell_escaped(tmp_path):
    (tmp_path / "$HOME.csv").touch()
    assert given_paths(f'"{tmp_path}/\\$HOME.csv"') == [tmp_path / "$HOME.csv"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "hello there", "x" * 256, "早" * 200, "403586091390996031", "PANTS-BLK-L size too small", "1/2 broken"],
)
def test_text_is_no_path(text):
    assert not looks_like_path(text)


@pytest.mark.parametrize(
    "text", ["/" + "x" * 256, "/" + "y/" * 5000, "~nobody-of-this-name/x.csv", "/a\0b.csv", "'/open"]
)
def test_what_the_system_dislikes_is_no_file(text):
    for path in [*given_paths(text), at_home(text)]:
        assert not (is_file(path))
        assert not (is_folder(path))
        assert not (exists(path))


def test_a_look_that_fails_is_an_answer(tmp_path, monkeypatch):
    for error in (PermissionError(13, "no"), OSError(116, "stale"), OSError(36, "too long")):

        def fail(*_, error=error, **__):
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Path, "stat", fail)
            assert not (is_file(tmp_path))
            assert not (is_folder(tmp_path))
            assert not (exists(tmp_path))


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_no_text_is_a_surprise(text):
    for path in given_paths(text):
        exists(path)
    looks_like_path(text)
