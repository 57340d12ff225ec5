"""checkov loads external checks from packages only: without this file it passes over the folder and says nothing."""
