"""What `custseg run` makes of a company: tags, tiers, profile, playbook, migration, report, and what may be passed on."""
