"""The views of the window. A view shows rows and passes on what the user did; it decides nothing."""
