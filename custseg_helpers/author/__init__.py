"""From lessons/ to notebooks: what a course author runs."""
