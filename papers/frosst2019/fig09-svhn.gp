# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Four panels for SVHN, an attack each: credibility over accuracy as epsilon grows, a curve for the baseline, one for the entangled network, beside the diagonal where both are equal.
# Figure 9: credibility under attack.
number = 9
name = 'SVHN'
load 'papers/frosst2019/credibility_panels.gp'
