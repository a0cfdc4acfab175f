"""The sample pages, written for the demo; `index.toml` says where each stands and on which day."""
