"""What people can do about their firm's jobs."""
