"""What a county gathers from its organs: the roll-up, periods, files handed in, the city's template, the January room."""
