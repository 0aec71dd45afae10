"""Makes the synthetic recordings; see ../README.md."""
