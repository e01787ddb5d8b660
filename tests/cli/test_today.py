"""The printed brief: all of it, or a refusal and nothing."""

from __future__ import annotations

from functools import cached_property

import pytest

from tests.cli.inside import call
from workbench.core.saying import Refusal, say
from workbench.session import Session
from workbench.session.today import Today

PARTS = [name for name, part in vars(Today).items() if isinstance(part, cached_property)]


def refuses(*_):
    raise Refusal(say("damaged"))


@pytest.mark.parametrize("words", [["today"], ["today", "--notify"], ["today", "--json"], []])
def test_a_part_that_cannot_be_read_is_refused_before_anything_is_printed(tmp_path, monkeypatch, words):
    (tmp_path / "settings.toml").write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    assert call(tmp_path, "ticket", "add", "--kind", "refund_only", "--opened", "2026-11-24T08:00").status == 0
    assert call(tmp_path, *words).status in (0, 3)
    for name in ("as_of", "ledger", "still_open"):
        assert name in PARTS
        with monkeypatch.context() as patch:
            patch.setattr(Today, name, property(refuses))
            assert call(tmp_path, *words)[:2] == (1, "")
    with monkeypatch.context() as patch:
        patch.setattr(Session, "days", refuses)
        assert call(tmp_path, *words)[:2] == (1, "")
