"""Feedback for learners: check, hint, solution, progress, quiz, and the learner's own folder."""
