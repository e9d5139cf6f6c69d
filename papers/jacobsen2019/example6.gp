# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two histograms, logarithmic, of lengths without the last coordinate, for points of an inner and an outer sphere; the classifier's dashed line stands between the two.
# Example 6: what the classifier measures of points of either sphere, in units of the outer radius, and where
# it draws its line; where the moved points really are.
width = 1000
height = 420
load 'common/run/figure.gp'

array series = ['Gilmer et al.', 'Figure 3']
array title = ['500 dimensions, radii 1 and 1.3', '100 dimensions, radii 1 and 10']
array middle = [1.15 / 1.3, 0.55]

set multiplot layout 1,2 title 'Example 6: a classifier that overlooks the last coordinate' font ',14' margins 0.07, 0.98, 0.32, 0.83 spacing 0.07, 0
set logscale y
set yrange [1e-7:2]
set format y '10^{%T}'
set xrange [0:1.02]
set ytics 1e-6, 100, 1
do for [i = 1:2] {
    set title title[i] offset 0, -0.5
    set label 2 sprintf("accuracy %.4f; inner points moved: %.4f", mean(series[i], 'accuracy_test'), mean(series[i], 'accuracy_moved_test')) at graph 0.5, -0.29 center
    set xlabel 'length without the last coordinate, over the outer radius' offset 0, 0.4
    if (i == 1) { set ylabel 'share of the class' offset 1, 0 } else { unset ylabel }
    set arrow 1 from middle[i], graph 0 to middle[i], graph 1 nohead lc rgb 'black' dt 2 lw 1.4
    if (i == 2) { set key at screen 0.52, 0.075 center top vertical maxrows 1 width -8 } else { unset key }
    plot rows(series[i], 'inner') using 2:($5 > 0 ? $5 : 1e-9) with boxes fs solid 0.6 noborder lc 3 title 'inner sphere, moved or not', \
         rows(series[i], 'outer') using 2:($5 > 0 ? $5 : 1e-9) with boxes fs solid 0.6 noborder lc 2 title 'outer sphere', \
         keyentry with lines lc rgb 'black' dt 2 lw 1.4 title 'the classifier''s line'
}
unset multiplot
