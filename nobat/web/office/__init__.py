"""The pages of those who work at an office: its day, its hours, its people."""
