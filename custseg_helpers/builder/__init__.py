"""The table builder: steps chosen in fields → lines of pandas → their result, in the learner's own notebook."""
