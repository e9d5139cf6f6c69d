# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 14: credibility over accuracy under the fast gradient sign method, three networks.
width = 560
height = 640
load 'common/run/figure.gp'
load 'papers/frosst2019/credibility.gp'

array model = ['baseline', 'entangled', 'triplet']
array colour = [3, 2, 4]
set xlabel 'accuracy' offset 0, 0.4
set ylabel 'credibility' offset 0.2, 0
set key below vertical Left reverse
plot for [i = 1:3] course(model[i]) using 1:2 with linespoints lc colour[i] lw 1.5 pt shape[i] ps 0.9 title told(model[i], model[i])
