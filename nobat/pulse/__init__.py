"""Signs of life: what the parts of the system that nobody looks at have last said."""
