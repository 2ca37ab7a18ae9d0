# SPDX-License-Identifier: MIT
"""From the bytes of a file to exact values, strictly."""
