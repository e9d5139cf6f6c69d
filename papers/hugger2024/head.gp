# SPDX-License-Identifier: GPL-3.0-or-later
# The reliability diagram of the user's own head; bars are the share of vectors in a bin.
width = 620
height = 600
load 'common/run/figure.gp'

who = system(sprintf("awk -F'\\t' '$3 == \"ECE\" { print $1 }' %s", seed))
bins(metric) = sprintf("< awk -F'\\t' '$1 == \"%s\" && $3 == \"%s\"' %s", who, metric, seed)
set xrange [0:1]
set yrange [0:1]
set xlabel 'confidence'
set ylabel 'accuracy'
set key below height 1 Left reverse maxrows 3
set title sprintf('%s: %.1f %% of %.0f vectors, calibration error %.1f %%', who, 100 * at(who, '.', 'accuracy'), at('data', '.', 'held_out'), 100 * at(who, '.', 'ECE')) font ',12'
plot bins('bin_share') using 2:4 with impulses lc rgb grey lw 9 title 'share of the vectors that were held out', \
     x with lines lc rgb grey dt 3 title 'as accurate as confident', \
     bins('bin_accuracy') using 2:4 with linespoints lc 2 lw 1.8 pt shape[1] ps 0.8 title 'accuracy'
