# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Baseline and entangled network along a long training: test accuracy over steps on the left; on the right, cross-entropy on test data and, dashed, on training data.
# Figure 8: test accuracy (left) and cross-entropy on training and test data (right) along a
# long training, means and 95 % intervals over seeds.
width = 1000
height = 460
load 'common/run/figure.gp'

array model = ['baseline', 'entangled']
array part = ['train', 'test']
eval show_stand_in
set multiplot layout 1,2 title 'Figure 8: overfitting in a long training' font ',14' margins 0.08, 0.97, 0.25, 0.85 spacing 0.1, 0
set xlabel 'step' offset 0, 0.4
set title 'test accuracy' offset 0, -0.5
unset key
plot for [i = 1:2] rows(model[i], 'test_accuracy') using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.2 notitle, \
     for [i = 1:2] rows(model[i], 'test_accuracy') using 2:5 with lines lc 4 - i lw 1.8 notitle
unset label 1
set title 'cross-entropy' offset 0, -0.5
set yrange [0:]
set key at screen 0.4, 0.1 center top vertical maxrows 2
plot for [i = 1:2] rows(model[i], 'test_cross_entropy') using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.2 notitle, \
     for [p = 1:2] for [i = 1:2] rows(model[i], part[p].'_cross_entropy') using 2:5 with lines lc 4 - i lw 1.8 dt 3 - p title model[i].', '.part[p]
unset multiplot
