"""How the reader's network is trained; not needed to run Seams."""
