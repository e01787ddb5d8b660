"""The few widgets the screens are made of; all draw lines of `workbench.ui.text`."""
