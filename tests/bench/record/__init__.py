"""How answers fare as a team's record grows: `make bench-record`."""
