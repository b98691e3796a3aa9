"""`python -m torogoz` is `torogoz`."""

import sys

from torogoz.cli import main

sys.exit(main())
