# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 6: the grid over two numbers of the noise (right), samples of ordinary noise (below left),
# and the entanglement along the training, mean and 95 % interval over seeds.
width = 1000
height = 560
load 'common/run/figure.gp'

set multiplot
set label 1 'samples' at screen 0.265, 0.455 center
set label 2 'over two numbers of the noise' at screen 0.75, 0.955 center
set lmargin at screen 0.08
set rmargin at screen 0.47
set tmargin at screen 0.95
set bmargin at screen 0.6
set xlabel 'step' offset 0, 0.4
set ylabel 'SNNL, least over T'
set yrange [0:0.8]
set key inside right bottom
plot rows('samples', 'snnl') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.2 notitle, \
     rows('samples', 'snnl') using 2:5 with lines lc 2 lw 1.8 title 'real and synthetic digits', \
     log(2) with lines lc rgb grey dt 2 title 'perfectly mixed, log 2'
eval mosaic('.samples.png', 0.03, 0.50, 0.06, 0.43)
unset label
eval mosaic('.grid.png', 0.52, 0.98, 0.08, 0.92)
unset multiplot
