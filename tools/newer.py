"""Run screens' tests on the newest Python of this machine above the one of `.venv`. Part of `make test`.

From 3.12 on Textual begins tasks eagerly, so a screen can act in another order there than on 3.11. `make test` runs the
tests of typing there, where that shows first; `make newer` (`--all`) runs all, but for pictures, which are the same. A
machine without a newer Python passes, and says so; one whose newer Python is broken is told and passes too. What the
tests say decides. `NEWER=` (empty) leaves the run out, `NEWER=/a/python` names the interpreter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Where what is typed in a burst must land in its own field, in its order.
TYPING = ("tests/ui/test_keys.py", "tests/ui/test_log.py", "tests/ui/test_paste.py")

#: Newest first; each is supported by pyproject.toml and newer than the oldest that is.
VERSIONS = ("3.13", "3.12")

#: Where version managers keep interpreters that are not on the path: beside this one, and at their usual places.
MANAGED = (Path(sys.base_prefix).parent, Path.home() / ".pyenv/versions", Path.home() / ".local/share/uv/python")


def newest() -> tuple[str, Path] | None:
    """The newest version found that runs, with its interpreter; None where there is none above this one."""
    for version in VERSIONS:
        if tuple(map(int, version.split("."))) <= sys.version_info[:2]:
            return None
        for python in _candidates(version):
            if _runs(python, version):
                return version, python
    return None


def _candidates(version: str) -> list[Path]:
    on_path = shutil.which(f"python{version}")
    managed = [python for folder in MANAGED for python in sorted(folder.glob(f"*{version}.*/bin/python3"))]
    return [*([Path(on_path)] if on_path else []), *managed]


def _runs(python: Path, version: str) -> bool:
    """Whether it is what its name says and can make an environment (a shim of a version manager may do neither)."""
    asked = "import ensurepip, venv, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", asked], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.strip() == version


def environment(version: str, python: Path) -> Path:
    """The interpreter of `.venv/newer-VERSION`, made once for these requirements. Raises `CalledProcessError`."""
    home, needs = ROOT / ".venv" / f"newer-{version}", ROOT / "requirements.txt"
    inside, ready = home / "bin" / "python", home / "ready"
    if not ready.exists() or ready.stat().st_mtime < needs.stat().st_mtime:
        pip = (inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((python, "-m", "venv", home), check=True)
        subprocess.run((*pip, "--requirement", needs), check=True)
        subprocess.run((*pip, "--constraint", needs, "--editable", ROOT), check=True)
        ready.touch()
    return inside


def main(words: list[str]) -> int:
    if os.environ.get("NEWER") == "":
        print("The screens' tests on a newer Python are left out: NEWER is empty.")
        return 0
    named = os.environ.get("NEWER")
    found = ("named", Path(named)) if named else newest()
    if found is None:
        print("No Python newer than this one here: the screens' tests ran on this one alone.")
        return 0
    version, python = found
    print(f"The screens' tests on {python} ({version}):")
    try:
        inside = environment(version, python)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"! Its environment could not be made ({error}); the screens' tests did not run on it.", file=sys.stderr)
        return 0 if not named else 1
    tests = ("tests/ui",) if "--all" in words else TYPING
    call = (inside, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-m", "not look", *tests)
    return subprocess.run(call, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
