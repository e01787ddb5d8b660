"""Completion scripts: every shell gets one with every verb, and fish, where it is there, offers what may follow."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from workbench.cli.main import run
from workbench.cli.verbs import VERBS


@pytest.fixture
def script(capsys):
    def script(shell: str) -> str:
        assert run(["completion", shell]) == 0
        return capsys.readouterr().out

    return script


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh", "fish", "powershell"])
def test_every_shell_gets_a_script_with_every_verb(shell, script):
    text = script(shell)
    assert [verb.name for verb in VERBS if not re.search(rf"\b{verb.name}\b", text)] == []


def test_powershell_can_read_its_script(script):
    """As far as that can be told without one: what is opened is closed, outside of texts and remarks."""
    code = re.sub(r"(?m)(?:^|(?<=\s))#.*$", "", script("powershell"))
    code = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"`]|`.)*\"", "", code, flags=re.DOTALL)
    assert "'" not in code
    assert [code.count(each) for each in "{[("] == [code.count(each) for each in "}])"]


def test_powershell_takes_its_script_at_its_word(script):
    """What a parser alone does not see: a key twice in a table is an error there, whatever its case, typographical
    quotes end a text, and a result must not be empty."""
    text = script("powershell")
    tables = re.findall(r"^\$(_shtab_\w+) = @\{\n(.*?)^\}", text, flags=re.DOTALL | re.MULTILINE)
    assert {name.rpartition("_")[2] for name, _ in tables} >= {"subparsers", "strings", "choices", "nargs", "help"}
    for name, body in tables:
        keys = [key.casefold() for key in re.findall(r"^ +'([^']*)' = ", body, flags=re.MULTILINE)]
        assert len(keys) == len(set(keys)), name
        assert keys or not body.strip(), name
    assert not re.search("[\u2018-\u201f]", text)
    assert not re.search(r"[(,] ?''[,)]", text)
    head = "Register-ArgumentCompleter -Native -CommandName workbench -ScriptBlock {\n"
    assert f"{head}  param($wordToComplete, $commandAst, $cursorPosition)\n" in text


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
@pytest.mark.parametrize(("line", "word"), [
    ("workbench ti", "ticket"), ("workbench --data x ti", "ticket"), ("workbench ticket a", "add"),
    ("workbench ticket add --sk", "--sku"), ("workbench --lang zh queue --al", "--all"),
    ("workbench completion po", "powershell"), ("workbench queue --js", "--json"),
    ("workbench ticket add q", ""), ("workbench --data ti", ""), ("workbench queue ti", ""),
])  # fmt: skip
def test_fish_offers_what_may_follow(line, word, script, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "workbench.fish"
    path.write_text(script("fish"), encoding="utf-8")
    call = ["fish", "--no-config", "-c", f"source {path}; complete -C {line!r}"]
    done = subprocess.run(call, capture_output=True, check=True, cwd=tmp_path, encoding="utf-8")
    assert done.stderr == ""
    offered = [row.partition("\t")[0] for row in done.stdout.splitlines()]
    assert (word in offered) if word else not offered
