"""Pages that show a proof and check it again in the browser."""
