# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Four panels for MNIST, an attack each: credibility over accuracy as epsilon grows, a curve for the baseline, one for the entangled network, beside the diagonal where both are equal.
# Figure 18: credibility under attack.
number = 18
name = 'MNIST'
load 'papers/frosst2019/credibility_panels.gp'
