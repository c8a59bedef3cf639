"""From hand-ins to marks: run shut in, judged from outside."""
