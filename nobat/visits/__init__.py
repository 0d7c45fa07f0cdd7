"""Who came: an office's day at the counter, and how it ends for those who did not come."""
