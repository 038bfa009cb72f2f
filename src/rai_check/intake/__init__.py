"""From a file nobody has described yet to a first project file: profile, propose, ask, write."""
