"""What stands between a file from anywhere and the parsers: refused early, by name, in bounded memory."""
