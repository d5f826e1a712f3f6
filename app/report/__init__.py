"""The clause report and its companions, from a Review; pure outline first, file formats after."""
