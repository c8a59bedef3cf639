"""From lessons/ to notebooks: the sources, their checks, the build, and the one clock."""
