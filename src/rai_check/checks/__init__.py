"""One file for each check; nothing else. The registry finds them by the names of their files."""
