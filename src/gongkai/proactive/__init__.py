"""第三章: what is to be published, within which limit, how it is reviewed and released, and how long it holds."""
