"""The formats of files: text on disk, records out of text, workbooks, Parquet."""
