"""Reading: sentences, dates, numbers and who did what to whom in text that nobody wrote for us."""
