"""Pages; each module here with a `router` is part of the desk."""
