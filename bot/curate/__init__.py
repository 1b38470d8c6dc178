"""What curating verbs do: one topic a file, each function from a desk and checked arguments to a reply."""
