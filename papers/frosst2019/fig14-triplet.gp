# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Credibility over accuracy on MNIST as the fast gradient sign grows: curves of baseline, entangled and triplet network, beside the diagonal where both are equal.
# Figure 14: credibility over accuracy under the fast gradient sign method, three networks.
width = 560
height = 760
load 'common/run/figure.gp'
load 'papers/frosst2019/credibility.gp'

array model = ['baseline', 'entangled', 'triplet']
array colour = [3, 2, 4]
set xlabel 'accuracy' offset 0, 0.4
set ylabel 'credibility' offset 0.2, 0
set key at graph 0, -0.13 left top vertical Left reverse
set bmargin at screen 0.34
set tmargin at screen 0.93
set title 'Figure 14: MNIST, fast gradient sign' offset 0, -0.4
set label 8 gap_explained at screen 0.04, 0.115 left font ',10'
plot for [i = 1:3] course(model[i]) using 1:2:4:5:6:7 with xyerrorbars lc colour[i] lw 0.6 pt -1 notitle, \
     for [i = 1:3] course(model[i]) using 1:2 with linespoints lc colour[i] lw 1.5 pt shape[i] ps 0.9 title told(model[i], model[i])
