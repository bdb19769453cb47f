"""python main.py URL: every check of the sandbox, and of mxt with what the client made. Its last line counts."""

import mxt_checks
import sandbox_checks
from harness import finish

# mxt has the real clock: it comes before the checks that move the sandbox's.
mxt_checks.run()
sandbox_checks.run()
finish()
