"""When many offices close at once: who is touched, what each is offered, who is to be called."""
