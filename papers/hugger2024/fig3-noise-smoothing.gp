# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Test accuracy of soft target InfoNCE and soft target cross-entropy with 95 % intervals: over the size of the batch on the left, the amount of smoothing on the right.
# Figure 3: test accuracy over the size of the batch, and over the amount of smoothing.
width = 1000
height = 530
load 'common/run/figure.gp'

array who = ['soft target InfoNCE', 'soft target cross-entropy']
percent(series, metric) = 100 * mean(series, metric)

set multiplot title 'Figure 3: accuracy over the size of the batch, and over the amount of smoothing' font ',14'
eval show_stand_in
set ylabel 'test accuracy, %'
set lmargin at screen 0.08
set rmargin at screen 0.49
set tmargin at screen 0.8
set bmargin at screen 0.25
set logscale x 2
set xlabel 'images a batch: an example and its noise'
set title sprintf('InfoNCE behind by %.1f points in the smallest batches, %.1f in the largest', percent('cross-entropy less InfoNCE', 'at_smallest'), percent('cross-entropy less InfoNCE', 'at_largest')).\
          "\npublished: 4.2 and -0.2" font ',11'
set offsets graph 0.05, graph 0.05, 0, 0
set key at screen 0.5, 0.13 center top Left reverse vertical maxrows 2
plot for [i = 1:2] rows(who[i], 'batch_accuracy') using 2:(100 * $5):(100 * $7):(100 * $8) with yerrorbars lc i + 1 pt shape[i] ps 0.9 lw 1.5 title who[i].', mean and 95 % interval', \
     for [i = 1:2] rows(who[i], 'batch_accuracy') using 2:(100 * $5) with lines lc i + 1 lw 1.5 dt i notitle
unset key
unset label 1
unset logscale x
set lmargin at screen 0.58
set rmargin at screen 0.98
set xlabel 'amount of smoothing'
unset offsets
set xrange [0:0.44]
set xtics auto
set title sprintf('standard deviation %.2f points against %.2f', percent(who[1], 'smoothing_sd'), percent(who[2], 'smoothing_sd'))."\npublished: 0.12 against 0.34" font ',11'
plot for [i = 1:2] rows(who[i], 'smoothing_accuracy') using 2:(100 * $5):(100 * $7):(100 * $8) with yerrorbars lc i + 1 pt shape[i] ps 0.9 lw 1.5 notitle, \
     for [i = 1:2] rows(who[i], 'smoothing_accuracy') using 2:(100 * $5) with lines lc i + 1 lw 1.5 dt i notitle
unset multiplot
