"""Campaigns and big days as the second view of the Plan (F9), and the sheets of a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Hit, Room, View, to_detail

if TYPE_CHECKING:
    from workbench.core.campaigns.model import Campaign
    from workbench.session import Session
    from workbench.ui.bench import Bench
    from workbench.ui.board import Board
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.campaigns.screen import CampaignsScreen

    return CampaignsScreen()


def _here(bench: Bench) -> Campaign | None:
    """The campaign under the cursor, on whatever screen."""
    place = bench.frame.here if bench.frame is not None else None
    if place is None or place.domain != "campaigns" or not isinstance(place.id, int):
        return None
    found: Campaign = bench.session.desk("campaigns").get(place.id)
    return found


def _act(bench: Bench) -> None:
    from workbench.ui.campaigns.act import CampaignActSheet

    if (found := _here(bench)) is not None:
        bench.push_screen(CampaignActSheet(found.id))


def _add(bench: Bench) -> None:
    from workbench.ui.campaigns.form import CampaignForm

    bench.push_screen(CampaignForm(bench.session))


def _edit(bench: Bench) -> None:
    from workbench.ui.campaigns.form import CampaignForm, RunningForm

    found = _here(bench)
    if found is not None:
        form = RunningForm if found.locked(bench.session.now()) else CampaignForm
        bench.push_screen(form(bench.session, found))


def _copy(bench: Bench) -> None:
    from workbench.ui.campaigns.form import CampaignForm

    if (found := _here(bench)) is not None:
        bench.push_screen(CampaignForm(bench.session, like=found))


def _close(bench: Bench) -> None:
    if (found := _here(bench)) is not None:
        bench.do(partial(bench.session.desk("campaigns").close, found.id), bench.saved)


class Campaigns(Room):
    """What the platform's events asked, what was expected of them, what came."""

    domain = "campaigns"
    order = 72
    view = View("campaigns", "plan", say("campaigns"), say("prices"), _screen)
    scopes: ClassVar = {"campaigns": say("Campaigns and big days")}
    commands = (
        Command("campaigns.act", ("enter",), say("act"), say("deal with this campaign, step or event"), "campaigns"),
        Command("campaign.act", (), say("act"), say("say what happened to this campaign"), "campaigns", _act),
        Command("campaign.add", ("a",), say("add"), say("add a campaign in a form"), "campaigns", _add),
        Command("campaign.edit", ("e",), say("edit"), say("correct this campaign in a form"), "campaigns", _edit),
        Command("campaign.copy", ("equals_sign",), say("copy"), say("a new one like this"), "campaigns", _copy),
        Command("campaign.close", ("x",), say("close"), say("no clock of it runs any more"), "campaigns", _close),
        Command("campaigns.note", ("c",), say("note"), say("write a note on this campaign or step"), "campaigns"),
        Command("campaigns.delete", ("D",), say("delete"), say("delete this campaign; asks first"), "campaigns"),
        *to_detail("campaigns", say("back: detail, list, prices")),
    )  # fmt: skip
    bars: ClassVar = {
        "campaigns": ("campaigns.act", "campaign.add", "campaign.edit", "step.tick", "step.move", "campaigns.note",
                      "campaign.copy", "campaign.close", "app.undo", "app.help"),
    }  # fmt: skip
    together = (("app", "list", "campaigns"),)

    def find(self, session: Session, board: Board, typed: str) -> Iterator[Hit]:  # noqa: ARG002
        if not session.store.table("campaigns"):
            return
        from workbench.ui.text import Span, fit

        for each in session.desk("campaigns").all():
            if typed in f"{each.ref} {each.name}".casefold():
                go = partial(_open, place=Place("campaigns", each.id))
                yield Hit([Span(fit(each.ref, 10), "bold"), Span(each.name)], go, typed == each.ref.casefold())

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("campaigns", lambda frame: frame.land(place))


def _open(bench: Bench, place: Place) -> None:
    bench.open(place)


ROOM = Campaigns()
