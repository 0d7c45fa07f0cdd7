"""What the system does without being asked."""
