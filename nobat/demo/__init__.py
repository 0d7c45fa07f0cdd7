"""A whole fictional country to try the system on."""
