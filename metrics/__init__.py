"""From released cells to results: pure Polars, numpy and scipy; no screen and no store."""
