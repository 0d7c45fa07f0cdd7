"""A province closes for tomorrow, decided this evening, while the worker is killed again and again."""
