"""Judicial service offices, where they are and what they offer."""
