"""The program in a terminal that sends what it should not, is taken away, or is told to end: bytes in, bytes out."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.ui.terminal.pseudo import ALTERNATE, Pseudo, processor_seconds
from workbench.core.violations.model import ViolationDraft
from workbench.session import Options, open_session

READY = "Overdue"


@pytest.fixture(autouse=True)
def _temporary(monkeypatch, tmp_path):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))


@pytest.fixture
def left(tmp_path):
    """What the invented shop left behind."""
    return lambda: os.listdir(tmp_path / "tmp")


def ready(terminal: Pseudo) -> Pseudo:
    terminal.until(READY)
    terminal.settle()
    return terminal


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_told_to_end_it_restores_the_terminal_and_leaves_nothing(name, left):
    number = getattr(signal, name)
    with Pseudo("demo") as terminal:
        ready(terminal).signal(number)
        assert terminal.status() == 128 + number
        assert terminal.is_itself_again()
        assert left() == []


@pytest.mark.parametrize("prelude", ["", "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"])
def test_when_the_terminal_is_gone_it_ends(prelude, left):
    with Pseudo("demo", prelude=prelude) as terminal:
        ready(terminal).hang_up()
        assert terminal.status() == 128 + signal.SIGHUP
        assert left() == []


def test_a_fault_of_the_input_thread_is_told_and_the_terminal_restored(tmp_path):
    with Pseudo(
        "demo", prelude="import workbench.ui.terminal.reader as r; r.Reader.tick = lambda self: 1 / 0"
    ) as terminal:
        assert terminal.status() == 1
        assert terminal.is_itself_again()
        assert b"ZeroDivisionError" in terminal.written
        assert b"Traceback" not in terminal.written


def test_bytes_that_mean_nothing_do_nothing():
    with Pseudo("demo") as terminal:
        ready(terminal)
        for noise in (b"\xff\xfe\x80", b"\x1b[97:5u", b"\x1b[?62;1;4c", b"\x1b[200~Dy", b"\xe4"):
            terminal.send(noise)
            terminal.settle(0.3)
        time.sleep(1.2)
        terminal.send(b"q")
        assert terminal.status() == 0
        assert terminal.is_itself_again()


def test_ctrl_c_leaves_although_a_paste_has_no_end():
    with Pseudo("demo") as terminal:
        ready(terminal).send(b"\x1b[200~D", b"\x03", gap=0.3)
        assert terminal.status() == 0


def test_a_terminal_that_places_no_text_gets_the_brief():
    with Pseudo("demo", TERM="dumb") as terminal:
        assert terminal.status() == 0
        assert ALTERNATE not in terminal.written
        assert b"overdue" in terminal.written


def test_what_a_shell_exports_of_its_size_is_not_believed():
    with Pseudo("demo", rows=24, columns=80, COLUMNS="40", LINES="10") as terminal:
        ready(terminal)
        assert b"\x1b[24;" in terminal.written, "the bar is in the last row"


def test_with_its_faults_in_a_file_it_still_shows(tmp_path):
    prelude = f"import os; os.dup2(os.open({str(tmp_path / 'faults')!r}, os.O_WRONLY | os.O_CREAT), 2)"
    with Pseudo("demo", prelude=prelude) as terminal:
        ready(terminal)
        assert (tmp_path / "faults").read_bytes() == b""


def test_stopped_and_continued_it_draws_again_and_ends_well():
    with Pseudo("demo") as terminal:
        ready(terminal)
        terminal.send(b"\x1a")
        terminal.until("\x1b[?1049l")
        terminal.settle()
        assert terminal.is_itself_again()
        terminal.written = b""
        terminal.signal(signal.SIGCONT)
        terminal.until(READY)
        terminal.settle()
        terminal.send(b"q")
        assert terminal.status() == 0
        assert terminal.is_itself_again()


def test_stopped_by_another_it_goes_on_with_one_thread_and_ends_well():
    with Pseudo("demo") as terminal:
        ready(terminal).signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.settle()
        before = processor_seconds(terminal.pid)
        terminal.settle(1)
        assert processor_seconds(terminal.pid) - before < 0.5
        terminal.send(b"q")
        assert terminal.status() == 0
        assert terminal.is_itself_again()


@pytest.mark.parametrize("remote", [{"SSH_TTY": "/dev/pts/9"}, {"SSH_CONNECTION": "1 2 3 4"}])
def test_over_ssh_a_split_arrow_closes_nothing(remote):
    with Pseudo("demo", **remote) as terminal:
        ready(terminal).send(b"?")
        terminal.until("The keys of this screen")
        terminal.settle()
        terminal.send(b"\x1b", b"[D", gap=0.3)
        terminal.settle()
        terminal.written = b""
        terminal.send(b"q")  # under the sheet it does not leave
        terminal.settle()
        terminal.send(b"\x1b")
        terminal.settle(1)
        terminal.send(b"q")
        assert terminal.status() == 0
        assert READY.encode() in terminal.written, "the sheet was open until Esc"


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A shop with one violation, and nobody's settings."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    at = {"data": tmp_path / "data", "config": tmp_path / "settings.toml", "now": datetime(2026, 11, 24, 2, tzinfo=UTC)}
    open_session(Options(**at)).ledger.add(ViolationDraft(points=4, issued_at=at["now"] - timedelta(days=1)))
    return ["--data", str(at["data"]), "--config", str(at["config"]), "--now", "2026-11-24T09:00"]


#: Where something is typed: the keys that lead there, each with what is seen then, the key that brings back what was
#: left, and how the program ends.
TYPED = {
    "line": ([(b"\x1bOR", "No case here"), (b"a", "New case")], b"\x12", "SIGHUP"),
    "form": ([(b"\x1bOR", "No case here"), (b"a", "New case"), (b"\x0f", "as a line")], b"\x12", "SIGTERM"),
    "statement": ([(b"\x1bOS", "V-1"), (b"t", "of 500")], b"\x12", "SIGKILL"),
    "log line": ([(b"\x1b[15~", "15 min left")], b"\x1b[A", "SIGHUP"),
}


@pytest.mark.parametrize("where", TYPED)
def test_what_was_typed_when_it_ended_is_offered_again(kept, tmp_path, where):
    """A terminal that is closed, a machine that goes down, a crash: the text is on disk a moment after the last key."""
    opens, back, how = TYPED[where]
    for run in ("typed", "offered"):
        with Pseudo(*kept) as terminal:
            terminal.until("Ledger")
            terminal.settle()
            for key, shows in opens:
                terminal.written = b""
                terminal.send(key)
                terminal.until(shows)
                terminal.settle()
            if run == "typed":
                terminal.send(b"dress too tight")
                terminal.settle(1)
                end = time.monotonic() + 10
                while how == "SIGKILL" and b"tight" not in read(tmp_path / "data/drafts.json"):
                    assert time.monotonic() < end
                    time.sleep(0.05)
                terminal.signal(getattr(signal, how))
                terminal.status()
            else:
                terminal.until("not saved")
                terminal.written = b""
                terminal.send(back)
                terminal.until("tight")


def read(path):
    return path.read_bytes() if path.exists() else b""
