"""The county and its organs: who must hand in, and by which names they are known."""
