"""The lint of texts to buyers: what the rules have to say of words, as data, and where it stands in a text."""
