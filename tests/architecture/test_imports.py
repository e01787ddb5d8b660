"""What a verb loads, in a fresh interpreter; what imports what; and how long a file may grow."""

from __future__ import annotations

import os
import subprocess
import sys

import grimp
import pytest

from tools.catalogue import ROOT

HEAVY = ("textual", "rich", "dateutil", "holidays", "python_calamine", "icalendar", "asyncio", "email.message", "babel")


def run(folder, *words):
    """Run a verb in a fresh interpreter; what it printed, and which heavy modules it loaded."""
    code = (
        "import sys; from workbench.cli.main import run\n"
        f"try: run({words!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    (folder / "settings.toml").write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    env = {"HOME": str(folder), "WORKBENCH_DATA": str(folder / "data"), "WORKBENCH_NOW": "2026-11-24T09:00Z",
           "WORKBENCH_CONFIG": str(folder / "settings.toml"), "PATH": os.environ["PATH"],
           "PYTHONPATH": str(ROOT)}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout, done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    [["queue", "--json"], ["queue"], ["today", "--json"], ["history"], ["--version"], ["ticket", "show", "T-1"]],
)
def test_a_verb_loads_nothing_heavy(tmp_path, words):
    assert run(tmp_path, *words)[1] == "[]"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A data directory with an appeal that awaits its answer, some working days away."""
    folder = tmp_path_factory.mktemp("ledger")
    run(folder, "violation", "add", "--points", "4", "--issued", "2026-11-20")
    run(folder, "violation", "appeal", "V-1")
    return folder


@pytest.mark.parametrize(
    "words", [["ledger", "--json"], ["ledger"], ["violation", "show", "V-1"], ["today", "--json"], ["today"]]
)
def test_reading_the_ledger_loads_nothing_heavy(ledger, words):
    text, loaded = run(ledger, *words)
    assert "4" in text
    assert loaded == "[]"


def test_each_file_is_short_and_says_what_it_promises():
    texts = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in sorted((ROOT / "workbench").rglob("*.py"))
    }
    assert [path for path, text in texts.items() if len(text.splitlines()) > 400] == []
    assert [path for path, text in texts.items() if text and not text.startswith('"""')] == []


def test_no_package_has_a_circle_among_its_children():
    """Whatever imports: a module, a function, or only its types."""
    graph = grimp.build_graph("workbench", cache_dir=None)
    packages = [name for name in graph.modules if graph.find_children(name)]
    assert len(packages) > 50
    assert not {name: found for name in packages if (found := graph.nominate_cycle_breakers(name))}


def test_no_module_imports_itself_round_about():
    """Nor by way of a package: one that a part of it imports, the package having loaded that part."""
    graph = grimp.build_graph("workbench", cache_dir=None)
    left = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    while free := {name for name, known in left.items() if not known & left.keys()}:
        left = {name: known for name, known in left.items() if name not in free}
    assert not left


def test_no_domain_of_the_core_is_known_to_another_or_to_the_ground_floor():
    """As the contract says of those it names; a further domain is found by its folder. The lint is ground floor: an
    engine that all texts are read by."""
    graph = grimp.build_graph("workbench", cache_dir=None)
    domains = {f"workbench.core.{path.parent.name}" for path in (ROOT / "workbench/core").glob("*/__init__.py")}
    domains -= {"workbench.core.lint"}
    assert len(domains) >= 14

    def domain_of(module):
        return next((name for name in domains if module == name or module.startswith(f"{name}.")), None)

    core = [name for name in graph.modules if name.startswith("workbench.core")]
    known = [(name, other) for name in core for other in graph.find_modules_directly_imported_by(name)]
    assert not [(name, other) for name, other in known if domain_of(other) not in (None, domain_of(name))]
