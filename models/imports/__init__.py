"""Files of a company in, checked rows of the data contract out."""
