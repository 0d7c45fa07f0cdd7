"""`make drill`: the country's cluster on one machine, and everything that may happen to it.

What is built here is what `deploy/country/` ships: the same templates, filled in. Nothing of it
touches what `make run` and the tests work on. `drill/restore` loses a database for good.
"""
