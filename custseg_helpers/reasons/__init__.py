"""Why a cell stops and how to put it right: one kind of slip in each module."""
