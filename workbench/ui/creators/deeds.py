"""What the keys of Creators do to the deal under the cursor: each asks in a sheet, then one undoable step."""

from __future__ import annotations

from workbench.core.creators.model import Deal
from workbench.core.creators.stages import legal
from workbench.core.saying import named
from workbench.i18n import _
from workbench.session import Done
from workbench.ui.bench import AnyFrame
from workbench.ui.frame import Frame
from workbench.ui.text import Span


class DealDeeds(Frame):
    """The actions on deals; the screen says which one is meant."""

    @property
    def current(self) -> Deal | None:
        """The deal under the cursor."""
        raise NotImplementedError

    @property
    def meant(self) -> list[Deal]:
        """The selected deals, else the one under the cursor."""
        raise NotImplementedError

    def unselect(self) -> bool:
        """Nothing is selected any more; False where nothing was."""
        return False

    def on_table_chosen(self) -> None:
        self.action_creators_act()

    def action_creators_act(self) -> None:
        deal = self.current
        if deal is not None:
            from workbench.ui.creators.act import DealActSheet

            self.app.push_screen(DealActSheet(deal.id))

    def action_creators_message(self) -> None:
        self._act("message", _("{ref} waits for no message."))

    def action_creators_close(self) -> None:
        self._act("decline", _("{ref} has ended."))

    def _act(self, action: str, refused: str) -> None:
        deals = self.meant
        unfit = next((deal for deal in deals if all(each.name != action for each in legal(deal.stage))), None)
        if unfit is not None:
            self.tell([Span(refused.format(ref=unfit.ref), "quiet")])
        elif deals:
            ids = [deal.id for deal in deals]
            self.bench.do(lambda: self.session.desk("creators").act(ids, action), self._done)

    def _done(self, done: Done) -> None:
        self.unselect()
        self.bench.saved(done)

    def action_creators_add(self) -> None:
        from workbench.ui.creators.line import add

        self.app.push_screen(add(self.session))

    def action_creators_edit(self) -> None:
        if self.current is not None:
            from workbench.ui.creators.line import edit

            self.app.push_screen(edit(self.session, self.current))

    def action_creators_note(self) -> None:
        if self.current is not None:
            from workbench.ui.creators.line import note

            self.app.push_screen(note(self.session, self.current))

    def action_creators_profit(self) -> None:
        """The second view, for this deal, on its first product."""
        deal = self.current
        if deal is None or not deal.products:
            self.tell([Span(_("It has no product yet: e adds one."), "quiet")])
            return
        from workbench.ui.profit.screen import ProfitScreen

        sku = deal.products[0].sku

        def about(frame: AnyFrame) -> None:
            if isinstance(frame, ProfitScreen):
                frame.about(deal.id, sku)

        self.bench.visit("profit", about)

    def action_creators_why(self) -> None:
        deal = self.current
        if deal is None or not deal.products:
            self.tell([Span(_("It has no product yet: e adds one."), "quiet")])
            return
        from workbench.ui.profit.why import why

        sheet = why(self.session, deal.products[0].sku, deal)
        if isinstance(sheet, str):
            self.tell([Span(sheet, "soon")])
        else:
            self.app.push_screen(sheet)

    def action_creators_copy(self) -> None:
        deal = self.current
        if deal is not None:
            self.bench.copy(deal.handle, _("{ref} has no handle any more.").format(ref=deal.ref))

    def action_creators_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        deals = self.meant
        if not deals:
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        ids = [deal.id for deal in deals]

        def delete(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: self.session.desk("creators").delete(ids), self._done)

        refs = named([deal.ref for deal in deals])
        question = _("Delete {ref}? Undo brings it back.").format(ref=refs)
        self.app.push_screen(ConfirmSheet(question), delete)
