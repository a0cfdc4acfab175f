"""All tables of ours, and no others: the durable queue keeps its own beside them."""

from storage import projections, schema

__all__ = ["METADATA", "projections", "schema"]

METADATA = schema.Base.metadata
