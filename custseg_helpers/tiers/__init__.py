"""Ways to group customers: by value, recency, stage, behaviour, likeness and future worth."""
