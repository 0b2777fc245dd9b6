"""The privacy kernel: groups responses into cells of at least k people.

Pure Polars and Narwhals, no database and no screen, so that an expert of the works council can
read and run it alone.
"""
