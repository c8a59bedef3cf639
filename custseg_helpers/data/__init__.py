"""From files to tables to facts: the standard tables, the sample companies, a team's own exports."""
