"""Reading cases. Personal data leave here only through `personal`, which puts on record who saw them."""
