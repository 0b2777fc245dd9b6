"""How often the link's verdict is right in worlds of which the truth is known: `make calibrate`.

Each world is drawn many times and goes through the estimators that the page uses. What comes out is
written to docs/methods/link-calibration.md.
"""
