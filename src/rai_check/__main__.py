"""`python -m rai_check`, for machines where the folder of installed commands is not on the path."""

from rai_check.cli import main

if __name__ == "__main__":
    main()
