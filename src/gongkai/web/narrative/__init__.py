"""The words of an organ's yearly report: facts bound to their figures, and what people write around them."""
