"""``python -m exactsteer``."""

from exactsteer.cli import main

main()
