"""The command line: `gongkai read`, `check`, `convert`, `serve`. Loads for each command only what it needs."""

from gongkai.cli.app import main

__all__ = ["main"]
