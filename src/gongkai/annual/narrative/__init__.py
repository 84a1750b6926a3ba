"""The words of a report: facts bound to their source, what is watched while people write, versions joined."""
