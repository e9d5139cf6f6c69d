# SPDX-License-Identifier: GPL-3.0-or-later
# alt: KL divergence of the estimates by NLL and InfoNCE over the alignment of the modes, with 95 % intervals; on the right their ratio, beside a line at 1.
# Figure 1: how far either estimate is from the truth, and their ratio, along the alignment.
width = 1000
height = 500
load 'common/run/figure.gp'

array who = ['NLL', 'InfoNCE']
theory = mean('maximum likelihood', 'expected')

set multiplot title 'Figure 1: how far from the truth a known distribution is found' font ',14'
set xlabel 'alignment of the modes, %'
set xrange [-3:83]
set lmargin at screen 0.09
set rmargin at screen 0.49
set tmargin at screen 0.9
set bmargin at screen 0.29
set ylabel 'KL divergence of the estimate, nats'
set yrange [0:*]
set key at screen 0.29, 0.14 center top vertical maxrows 3 font ',11'
plot for [i = 1:2] rows(who[i], 'KL') using 2:7:8 with filledcurves lc i + 1 fs transparent solid 0.25 notitle, \
     for [i = 1:2] rows(who[i], 'KL') using 2:5 with linespoints lc i + 1 lw 2 dt i pt shape[i] ps 0.9 title who[i].', mean and 95 % interval', \
     theory with lines lc rgb grey dt 3 title 'maximum likelihood, expected'
set lmargin at screen 0.6
set rmargin at screen 0.97
set key at screen 0.78, 0.14 center top vertical maxrows 3 font ',11'
set ylabel 'KL of NLL over that of InfoNCE'
set yrange [0.8:1.25]
plot rows('NLL over InfoNCE', 'ratio') using 2:7:8 with filledcurves lc 4 fs transparent solid 0.25 notitle, \
     rows('NLL over InfoNCE', 'ratio') using 2:5 with linespoints lc 4 lw 2 pt 7 ps 0.9 title 'mean and 95 % interval', \
     1 with lines lc rgb grey dt 3 title 'no difference'
unset multiplot
