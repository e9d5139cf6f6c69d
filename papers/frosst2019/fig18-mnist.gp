# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 18: credibility under attack.
number = 18
name = 'MNIST'
load 'papers/frosst2019/credibility_panels.gp'
