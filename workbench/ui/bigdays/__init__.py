"""Big days on the screens: steps of their plans, ticked, moved and noted."""
