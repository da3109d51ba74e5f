"""What pages cost a browser: stock pyvis beside our stage, and the budgets every page keeps to."""
