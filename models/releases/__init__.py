"""From raw tables to published blocks: what is gathered, what is due, what is published."""
