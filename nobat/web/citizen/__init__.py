"""The pages of citizens: find an office, take a turn, keep it, give it back."""
