"""What people say, and what power each kind of statement has."""
