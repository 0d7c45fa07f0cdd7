"""Trials in which things are broken on purpose, to see that nothing which was promised is lost."""
