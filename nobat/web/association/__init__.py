"""The pages of the association of offices."""
