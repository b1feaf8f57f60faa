"""Claims of many documents put together into facts: pure functions of the claims, whatever their order."""
