"""The yearly assessment of organs: versioned schemes, scores with their evidence, self-assessment, appeal, ranking."""
