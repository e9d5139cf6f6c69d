# SPDX-License-Identifier: GPL-3.0-or-later
# alt: One photograph in fifteen columns, a corruption each: clean on top, below it in five growing severities. Bars under the columns say how much each severity changes images.
# The image of the first seed, a column a corruption and a line a severity; below, in the same
# columns, how much the five severities change images on average.
width = 1000
height = 670
load 'common/run/figure.gp'

load 'papers/bontonou2019/corruptions.gp'

left = 0.075
column = 0.0605
top = 0.82
line = column * width / height
array shade = ['#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#084594']
set multiplot title sprintf('Corruptions of the image of seed %s; mean change over all seeds', run_number) font ',14'
set lmargin at screen left
set rmargin at screen left + 15 * column
set bmargin at screen 0.08
set tmargin at screen top - 6 * line - 0.02
set xrange [0.5:15.5]
set yrange [0:*]
unset xtics
set ylabel 'mean change' offset 1, 0
set key at screen left + 7.5 * column, 0.02 center bottom horizontal maxrows 1
plot for [s = 1:5] for [i = 1:15] rows(word(name, i), 'mean_change') using (i + 0.15 * (s - 3)):($2 == s ? $5 : NaN):(0.14) \
         with boxes fs solid noborder lc rgb shade[s] notitle, \
     for [s = 1:5] keyentry with boxes fs solid noborder lc rgb shade[s] title sprintf('severity %d', s)
do for [i = 1:15] { set label i word(title, i) at screen left + (i - 0.65) * column, top + 0.02 left rotate by 35 font ',11' }
set label 20 'clean' at screen left - 0.01, top - 0.5 * line right
do for [s = 1:5] { set label 20 + s sprintf('%d', s) at screen left - 0.01, top - (s + 0.5) * line right }
eval mosaic('.corruptions.png', left, left + 15 * column, top - 6 * line, top)
unset multiplot
