"""Half an hour of ordinary life, after which nothing may have grown."""
