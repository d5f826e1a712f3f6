"""Small widgets and drawing helpers of our own."""
