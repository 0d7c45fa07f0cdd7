"""How fast messages leave, and what is left of them when worker and gateways fail."""
