"""`python -m custseg_helpers` is the `custseg` command."""

import sys

from custseg_helpers.commands.main import main

sys.exit(main())
