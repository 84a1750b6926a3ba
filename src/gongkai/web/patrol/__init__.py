"""What a walk through a site met: hits as tasks for an organ with a day, verified when done."""
