"""What a promotion tool needs of the shop is asked again once one of its needs has turned, also within the day."""

from __future__ import annotations

from datetime import timedelta

from tests.intake.builders import NOW
from workbench.core.metrics.gates import Need, Opening
from workbench.session import Options, open_session


def test_a_gate_is_asked_again_once_it_has_turned(tmp_path, monkeypatch):
    clock = [NOW]
    session = open_session(Options(data=tmp_path / "data"), lambda: clock[0])
    turns, asked = NOW + timedelta(minutes=5), []

    def gate_of(_session, tool):
        asked.append(tool)
        held = clock[0] < turns
        need = Need(below=36, held=held, turns_at=turns if held else None)
        return Opening(opens={"en": "Flash deals"}, tools=(tool,), needs=(need,))

    monkeypatch.setattr("workbench.session.metrics.gates.gate_of", gate_of)
    desk = session.desk("promotions")
    assert desk.gate("flash").open
    assert desk.gate("flash").open
    assert asked == ["flash"]
    clock[0] = turns
    assert not desk.gate("flash").open
    assert not desk.gate("flash").open
    assert asked == ["flash", "flash"]
