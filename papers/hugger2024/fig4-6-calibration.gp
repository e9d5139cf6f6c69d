# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Three reliability diagrams, accuracy over confidence beside the diagonal, of soft target InfoNCE and soft target cross-entropy; bars give the share of images in each bin.
# Figures 4 and 6: reliability diagrams; bars are the share of images in a bin.
width = 1080
height = 550
load 'common/run/figure.gp'
load 'papers/hugger2024/losses.gp'
load 'papers/hugger2024/reliability.gp'

array setting = ['smoothed', 'transformer', 'convolutions']
array what = ['smoothed labels alone, convolutions', 'the whole recipe, a transformer', 'the whole recipe, convolutions']
array who = ['soft target InfoNCE', 'soft target cross-entropy']
ece(series, who) = sprintf("%s:\nECE %.1f %%, published %.1f %%", who, 100 * mean(series.', '.who, 'ECE'), \
                          100 * (series eq 'transformer' ? their_mean('table1-2-cifar100', who, 'ECE') : their_mean('fig4-6-calibration', series.', '.who, 'ECE')))

set multiplot title 'Figures 4 and 6: is a network as accurate as it is confident?' font ',14'
stand_in = strlen(stand_in) ? 'left and right '.stand_in : ''
eval show_stand_in
set xrange [0:1]
set yrange [0:1]
set xlabel 'confidence'
set tmargin at screen 0.85
set bmargin at screen 0.32
do for [i = 1:3] {
    set lmargin at screen 0.06 + 0.32 * (i - 1)
    set rmargin at screen 0.33 + 0.32 * (i - 1)
    if (i == 1) { set ylabel 'accuracy' } else { unset ylabel }
    set title what[i] font ',12'
    set key at screen 0.08 + 0.32 * (i - 1), 0.2 left top vertical maxrows 3 Left reverse font ',10' spacing 2.4
    plot x with lines lc rgb grey dt 3 notitle, \
         for [k = 1:2] rows(setting[i].', '.who[k], 'bin_share') using 2:5 with impulses lc k + 1 lw (k == 1 ? 7 : 3) notitle, \
         for [k = 1:2] bins_of(setting[i].', '.who[k]) using 2:5 with linespoints lc k + 1 lw 1.8 pt shape[k] ps 0.7 title ece(setting[i], who[k]), \
         keyentry with impulses lc rgb grey lw 7 title (i == 1 ? 'bars: share of the test images in a bin' : '')
    unset label 1
}
unset multiplot
