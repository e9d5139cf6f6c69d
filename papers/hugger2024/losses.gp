# SPDX-License-Identifier: GPL-3.0-or-later
# What plots of several losses share: their names, as in losses.c and in two lines.

array loss = ['NLL', 'soft target cross-entropy', 'InfoNCE', 'soft distribution InfoNCE', 'soft target InfoNCE']
array short = ["NLL", "soft target\ncross-entropy", "InfoNCE", "soft distribution\nInfoNCE", "soft target\nInfoNCE"]
