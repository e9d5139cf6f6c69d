# SPDX-License-Identifier: GPL-3.0-or-later
# alt: A bar that grows with the number of stones.
