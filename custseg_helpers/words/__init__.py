"""Words in every language of the course: texts, errors, the glossary."""
