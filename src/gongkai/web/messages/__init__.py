"""Messages to people and to other systems: written with the act, sent by a worker, with nothing personal in them."""
