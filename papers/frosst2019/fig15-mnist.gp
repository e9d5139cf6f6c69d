# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement over training steps with 95 % intervals, a curve for each of four layers from the convolution to the scores: the later the layer, the lower it ends.
# Figure 15: entanglement of each layer along the training, mean and 95 % interval over seeds.
width = 760
height = 460
load 'common/run/figure.gp'

array layer = ['convolution', 'dense 1', 'dense 2', 'scores']
set title 'Figure 15: entanglement of each layer, MNIST' font ',14'
set xlabel 'step'
set ylabel 'soft nearest neighbour loss, least over T'
set yrange [0:]
set key outside bottom center horizontal
plot for [i = 1:4] rows(layer[i], 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:4] rows(layer[i], 'snnl') using 2:5 with lines lc 1 + i lw 1.8 title layer[i]
