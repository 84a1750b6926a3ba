"""Applications that come as files: from a province's platform, and in sealed packages between two networks."""
