# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 9: credibility under attack.
number = 9
name = 'SVHN'
load 'papers/frosst2019/credibility_panels.gp'
