"""What is wrong with an answer: pure functions over the right value, the given value and the company."""
