"""One step a file, each with its number; a step that was released never changes."""
