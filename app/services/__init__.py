"""What the front ends do: importing, reviewing, exporting; each a generator of Progress."""
