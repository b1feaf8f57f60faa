"""The JSON API; each module here with a `router` stands under /api/v1."""
