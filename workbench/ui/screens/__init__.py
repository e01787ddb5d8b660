"""The screens; `workbench.ui.panes` is the list of them."""
