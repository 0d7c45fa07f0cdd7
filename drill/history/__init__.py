"""Whether what people were told could have happened, one act after the other."""
