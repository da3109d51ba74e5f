"""Reading a question in English: its dates, its act, its parties; what is not understood is said, never guessed."""
