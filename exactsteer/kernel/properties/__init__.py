# SPDX-License-Identifier: MIT
"""What an assemblage may have, as the paper defines it."""
