"""Worker experience and customer experience: whether the one follows the other, and how sure.

``panel`` lines two quantities up by site and period; ``across``, ``follows`` and ``rollout`` are
three kinds of evidence, each stronger than the one before; ``sureness`` asks what would overturn
them; ``verdict`` says how far they reach together. ``fit`` estimates for all of them.
"""
