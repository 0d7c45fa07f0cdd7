"""The operator's look into the tables: never the product, and nothing is changed there."""
