"""What an administrator does from the command line: set up, work the jobs, back up, restore, name organs."""
