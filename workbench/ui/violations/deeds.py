"""What the keys of the Ledger do to the violation under the cursor: each asks in a sheet, then one undoable step."""

from __future__ import annotations

from workbench.core.violations.model import Violation
from workbench.i18n import _
from workbench.ui.frame import Frame
from workbench.ui.text import Span


class ViolationDeeds(Frame):
    """The actions on violations; the screen says which one is meant."""

    @property
    def current(self) -> Violation | None:
        """The violation under the cursor."""
        raise NotImplementedError

    def on_table_chosen(self) -> None:
        self.action_ledger_act()

    def action_ledger_act(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.act import LedgerActSheet

            self.app.push_screen(LedgerActSheet(self.current.id))

    def action_ledger_add(self) -> None:
        from workbench.ui.violations.add import add

        self.app.push_screen(add(self.session))

    def action_ledger_edit(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.add import edit

            self.app.push_screen(edit(self.session, self.current))

    def action_ledger_note(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.add import note

            self.app.push_screen(note(self.session, self.current))

    def action_ledger_score(self) -> None:
        if self.session.ledger.rules.system != "count_down":
            self.tell([Span(_("This market adds points up and has no score to state."), "quiet")])
            return
        from workbench.ui.violations.add import score

        self.app.push_screen(score(self.session))

    def action_ledger_evidence(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.evidence import EvidenceSheet

            self.app.push_screen(EvidenceSheet(self.current.id))

    def action_ledger_statement(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.statement import StatementSheet

            self.app.push_screen(StatementSheet(self.current))

    def action_ledger_why(self) -> None:
        if self.current is not None:
            from workbench.ui.violations.why import LedgerWhySheet

            self.app.push_screen(LedgerWhySheet(self.current))

    def action_ledger_copy(self) -> None:
        violation = self.current
        if violation is not None:
            self.bench.copy(violation.platform_id, _("{ref} has no id of the platform.").format(ref=violation.ref))

    def action_ledger_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        violation = self.current
        if violation is None:
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        id = violation.id

        def delete(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: self.session.ledger.delete([id]), self.bench.saved)

        question = _("Delete {ref}? Undo brings it back.").format(ref=violation.ref)
        self.app.push_screen(ConfirmSheet(question), delete)
