# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement over training steps with 95 % intervals: four layers of the last stage on the left, four stages on the right; the later, the lower they end.
# Figure 3 (left): each layer of the last stage; Figure 16 (right): the mean over each stage.
# Means and 95 % intervals over seeds.
width = 1000
height = 500
load 'common/run/figure.gp'

set multiplot layout 1,2 title 'Figures 3 and 16: entanglement in a residual network, CIFAR-10' font ',14' margins 0.08, 0.97, 0.28, 0.86 spacing 0.09, 0
set xlabel 'step' offset 0, 0.4
set ylabel 'soft nearest neighbour loss, least over T'
set title 'layers of the last stage' offset 0, -0.5
set key at screen 0.29, 0.12 center top vertical maxrows 2
plot for [i = 1:4] rows(sprintf('layer %d', 11 + i), 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:4] rows(sprintf('layer %d', 11 + i), 'snnl') using 2:5 with linespoints lc 1 + i lw 1.6 pt shape[i] ps 0.5 title sprintf('layer %d%s', 11 + i, i == 4 ? ', the output' : '')
set title 'stages, mean over their layers' offset 0, -0.5
unset ylabel
set key at screen 0.79, 0.12 center top vertical maxrows 2
plot for [i = 1:4] rows(sprintf('stage %d', i), 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:4] rows(sprintf('stage %d', i), 'snnl') using 2:5 with linespoints lc 1 + i lw 1.6 pt shape[i] ps 0.5 title sprintf('stage %d%s', i, i == 4 ? ', the last' : '')
unset multiplot
