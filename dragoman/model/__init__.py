"""Frozen values that every stage shares; imports nothing of dragoman but itself."""
