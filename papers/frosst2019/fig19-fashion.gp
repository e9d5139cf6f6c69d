# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 19: credibility under attack.
number = 19
name = 'Fashion-MNIST'
load 'papers/frosst2019/credibility_panels.gp'
