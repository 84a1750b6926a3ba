"""第二章: what may, must and must not be disclosed: modes, grounds, what is severed."""
