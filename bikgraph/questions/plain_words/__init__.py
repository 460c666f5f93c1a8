"""Questions in plain words become saved questions with parameters."""
