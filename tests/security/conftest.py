"""The guard is attacked with the same sites and names as reading is tested with."""

from tests.reading.conftest import fetcher, names, nobody, own_authority, site, tls_site

__all__ = ["fetcher", "names", "nobody", "own_authority", "site", "tls_site"]
