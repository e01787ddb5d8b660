"""What a start loads, and where things lie."""

import subprocess
import sys
from pathlib import Path

import pytest

from workbench.config import crash_file, data_dir, download_dir, paths, shipped_path

SLOW = (
    "holidays",
    "platformdirs",
    "difflib",
    "importlib.metadata",
    "hashlib",
    "dateutil",
    "textual",
    "workbench.config.locate",
)


def test_a_start_loads_nothing_slow(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('[shop]\nmarket = "US"\n[holidays.US]\nadd = [2026-12-24]\n')
    code = f"""
import sys
from pathlib import Path
from workbench.config import data_dir, load, policy
loaded = load(Path({str(mine)!r}))
policy(loaded.settings), loaded.settings.soon, data_dir(), loaded.problems
print([name for name in {SLOW!r} if name in sys.modules])
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_the_shipped_file_is_that_of_the_source_tree_or_of_the_package():
    assert shipped_path().name == "config.toml"
    assert shipped_path().is_file()


@pytest.mark.parametrize(
    ("platform", "data", "settings"),
    [
        ("linux", ".local/share/workbench", ".config/workbench/config.toml"),
        ("darwin", "Library/Application Support/workbench", "Library/Application Support/workbench/config.toml"),
        ("win32", "AppData/Local/workbench", "AppData/Roaming/workbench/config.toml"),
    ],
)
def test_the_customs_of_each_system(monkeypatch, tmp_path, platform, data, settings):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert data_dir() == tmp_path / data
    assert paths.config_file() == tmp_path / settings
    assert download_dir() == tmp_path / "Downloads"
    assert crash_file(data_dir()).parent == data_dir()


def test_the_environment_moves_them(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_dir() == tmp_path / "workbench"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    assert data_dir() == Path.home() / ".local/share/workbench"


@pytest.mark.parametrize(("line", "folder"), [("$HOME/下载", "下载"), ("/mnt/files", "/mnt/files")])
def test_the_download_folder_of_the_desktop(monkeypatch, tmp_path, line, folder):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "user-dirs.dirs").write_text(f'# x\nXDG_DESKTOP_DIR="$HOME/D"\nXDG_DOWNLOAD_DIR="{line}"\n', "utf-8")
    assert download_dir() == tmp_path / folder
