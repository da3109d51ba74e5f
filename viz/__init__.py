"""What readers see: pages drawn from the graph."""
