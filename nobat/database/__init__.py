"""Django's PostgreSQL, with statements that the server keeps ready, and no question too many."""
