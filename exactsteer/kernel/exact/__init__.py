# SPDX-License-Identifier: MIT
"""Numbers and matrices that cannot be wrong, and the exact decision of positivity."""
