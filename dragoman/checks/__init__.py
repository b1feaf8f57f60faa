"""Facts that cannot all hold, with the reasoning; each module looks at the facts of one block."""
