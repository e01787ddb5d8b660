"""Big days, pure: when an event is, and the plan of steps that is counted back from it."""
