"""When an office can be visited: hours, holidays, closures, slots."""
