"""Deciding whose figures count, and keeping the city's templates."""
