# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement over steps, on pixels and in the learned space, under two rules for the temperature; below, for each rule, rows of generated images at seven moments.
# Figure 23: samples at moments of the training with two rules for the temperature, each column the same
# noise; above, the entanglement on the pixels and in the learned space, mean and 95 % interval over seeds.
width = 1000
height = 700
load 'common/run/figure.gp'

array rule = ['T is learned', 'T follows']
array where = ['', ', space']
array place = [', pixels', ', learned space']
set multiplot title sprintf('Figure 23: entanglement in a learned space; images of seed %s', run_number) font ',14'
set lmargin at screen 0.12
set rmargin at screen 0.97
set tmargin at screen 0.91
set bmargin at screen 0.6
set xlabel 'step' offset 0, 0.4
set ylabel 'SNNL, least over T'
set yrange [-0.01:0.8]
set key at screen 0.53, 0.525 center top vertical maxrows 2
plot for [i = 1:2] for [w = 1:2] rows(rule[i].where[w], 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:2] for [w = 1:2] rows(rule[i].where[w], 'snnl') using 2:5 with lines lc 1 + i lw 1.8 dt w title rule[i].place[w], \
     log(2) with lines lc rgb grey dt 3 title 'perfectly mixed'
do for [i = 1:2] {
    set label i sprintf('%s; classes seen: %.0f', rule[i], at(rule[i], '.', 'classes')) at screen 0.13 + 0.85 * (6 + 13 * (i - 1)) / 25, 0.425 center
}
do for [k = 0:6] {
    set label k + 3 sprintf('step %.0f', at('moments', sprintf('%d', k), 'step')) at screen 0.12, 0.02 + 0.382 * (6.5 - k) / 7 right
}
eval mosaic('.samples.png', 0.13, 0.98, 0.02, 0.402)
unset multiplot
