"""The World Factbook: country profiles as JSON, and what is read from them."""
