"""Python loads this by its name from PYTHONPATH when a process starts: the tests' own and all that they start.

PROBES_NOTES names the folder for the notes, PROBES_PACKAGES what is measured.
"""

import os

if "PROBES_NOTES" in os.environ:
    import probes

    probes.put(os.environ["PROBES_NOTES"], os.environ["PROBES_PACKAGES"].split())
