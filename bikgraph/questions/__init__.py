"""The saved questions: their files, parameters and answers."""
