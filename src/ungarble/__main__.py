"""``python -m ungarble``: the command line."""

from ungarble.cli import main

if __name__ == "__main__":
    main(prog_name="ungarble")
