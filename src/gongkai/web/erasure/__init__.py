"""Personal data taken out when they are no longer needed: what is due, who confirmed it, and which rows were emptied."""
