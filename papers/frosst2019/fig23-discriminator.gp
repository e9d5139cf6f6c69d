# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 23: samples at moments of the training, each column the same noise; above, the entanglement
# on the pixels and in the learned space, mean and 95 % interval over seeds.
width = 1000
height = 720
load 'common/run/figure.gp'

array where = ['pixels', 'space']
array title_of = ['on the pixels', "in the discriminator's space"]
set multiplot
set lmargin at screen 0.13
set rmargin at screen 0.97
set tmargin at screen 0.96
set bmargin at screen 0.62
set xlabel 'step' offset 0, 0.4
set ylabel 'SNNL, least over T'
set yrange [0:0.8]
set key at screen 0.55, 0.54 center top horizontal maxrows 1
plot for [i = 1:2] rows(where[i], 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:2] rows(where[i], 'snnl') using 2:5 with lines lc 1 + i lw 1.8 title title_of[i], \
     log(2) with lines lc rgb grey dt 2 title 'perfectly mixed, log 2'
do for [k = 0:6] {
    set label k + 1 sprintf('step %.0f', at('moments', sprintf('%d', k), 'step')) at screen 0.12, 0.02 + 0.41 * (6.5 - k) / 7 right
}
eval mosaic('.samples.png', 0.13, 0.97, 0.02, 0.43)
unset multiplot
