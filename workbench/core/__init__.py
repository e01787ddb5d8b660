"""Pure rules: no files, no clock, no screen. Everything here is a function of what it is given."""
