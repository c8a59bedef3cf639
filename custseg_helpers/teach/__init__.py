"""The trainer's room: what stands between the lessons and a class on a given day."""
