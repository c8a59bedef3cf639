"""How tables and numbers look, wherever the course shows them: in lessons, explorers and the table builder."""
