"""What an exercise asks of its learner: the steps of its answer, and the names that must have been taught before."""
