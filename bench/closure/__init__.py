"""A province closes this evening for tomorrow, and the worker is killed again and again."""
