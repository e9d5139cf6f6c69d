# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Four panels for Fashion-MNIST, an attack each: credibility over accuracy as epsilon grows, a curve for the baseline, one for the entangled network, beside the diagonal where both are equal.
# Figure 19: credibility under attack.
number = 19
name = 'Fashion-MNIST'
load 'papers/frosst2019/credibility_panels.gp'
