"""The timer lines of the guide work where they can be tried: cron's bare environment, systemd's own check, a plist."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "docs/guide.md", ROOT / "docs/guide.zh-CN.md"]


def blocks(guide: Path, language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```", guide.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [text for name, text in found if name == language]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a workbench that says how it was called."""
    program = tmp_path / ".local/bin/workbench"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!{sys.executable}\nimport sys\nopen("{tmp_path}/called", "w").write(" ".join(sys.argv[1:]))\n'
    )
    program.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the lines of cron and launchd are for a shell")
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_cron_and_launchd_find_the_program_in_their_bare_environment(guide: Path, home: Path) -> None:
    [line] = [line for block in blocks(guide, "") for line in block.splitlines() if line.startswith("*/10")]
    [page] = [plistlib.loads(block.encode()) for block in blocks(guide, "xml")]
    for command in (["/bin/sh", "-c", line.split(None, 5)[5]], page["ProgramArguments"]):
        bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
        subprocess.run(command, env=bare, check=True, cwd="/")
        assert (home / "called").read_text() == "alerts --send"
        (home / "called").unlink()
    assert page["StartInterval"] == 600


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_units_of_systemd_are_units(guide: Path, home: Path) -> None:
    service, timer = blocks(guide, "ini")
    for name, text, part in (("service", service, "Service"), ("timer", timer, "Timer")):
        parser = ConfigParser(interpolation=None)
        parser.read_string(text)
        assert part in parser
        (home / f"workbench-alerts.{name}").write_text(text.replace("%h", str(home)))
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    units = [str(home / f"workbench-alerts.{name}") for name in ("service", "timer")]
    told = subprocess.run(["systemd-analyze", "verify", "--user", *units], capture_output=True, text=True, check=False)
    assert "workbench" not in told.stderr, told.stderr
