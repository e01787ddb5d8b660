"""The screens: what a seller sees and presses. They hold no state that is not in the session."""
