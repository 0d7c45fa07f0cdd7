"""What was agreed between a citizen and an office."""
