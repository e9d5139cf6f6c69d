# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Digits, row by row on the way to a target's nuisances while their scores stay, after cross-entropy and after independence cross-entropy; below, what an oracle sees on the way.
# Figure 6: the scores stay, the nuisances go from those of the first line to those of the last, first seed; and what
# an independent network sees on the way, mean and 95 % interval over seeds; of what it sees as neither class, the mean.
width = 1000
height = 760
load 'common/run/figure.gp'

array name = ['CE', 'iCE']
# What is seen as neither: the rest of the two means.
neither(s) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $2 != \".\" && ($3 == \"seen_as_original\" || $3 == \"seen_as_target\") { if ($2 in rest) print $2, rest[$2] - $5; else rest[$2] = 1 - $5 }' %s", s, summary)
eval show_stand_in
clamped(v) = v < 0 ? 0 : v > 1 ? 1 : v
set multiplot title 'Figure 6: what changes while the scores stay; images of the first seed' font ',14'
do for [k = 1:2] {
    set lmargin at screen (k == 1 ? 0.08 : 0.57)
    set rmargin at screen (k == 1 ? 0.49 : 0.98)
    set bmargin at screen 0.12
    set tmargin at screen 0.42
    set xrange [0:1]
    set yrange [0:1.02]
    set xlabel 'way from its own nuisances to those of the target' offset 0, 0.4
    if (k == 1) { set ylabel 'share of the pairs' } else { unset ylabel }
    if (k == 1) { set key at screen 0.52, 0.058 center top vertical maxrows 2 } else { unset key }
    plot rows(name[k], 'seen_as_original') using 2:(clamped($7)):(clamped($8)) with filledcurves lc 6 fs transparent solid 0.2 notitle, \
         rows(name[k], 'seen_as_target') using 2:(clamped($7)):(clamped($8)) with filledcurves lc 7 fs transparent solid 0.2 notitle, \
         rows(name[k], 'seen_as_original') using 2:5 with linespoints lc 6 pt 7 ps 0.6 lw 1.8 title 'the oracle sees the original', \
         rows(name[k], 'seen_as_target') using 2:5 with linespoints lc 7 pt 9 ps 0.6 lw 1.8 title 'the target', \
         neither(name[k]) using 1:2 with linespoints lc 4 pt 13 ps 0.6 lw 1.8 title 'neither', \
         keyentry with boxes lc rgb grey fs transparent solid 0.2 title 'band: 95 % interval over seeds'
}
set label 1 'cross-entropy' at screen 0.28, 0.925 center
judged = int(system(sprintf("grep -c '^iCE' %s || true", summary)))
set label 2 judged ? 'independence cross-entropy' : 'iCE: its training did not come to its end' at screen 0.77, 0.925 center
set label 4 'scores of' at screen 0.065, 0.885 right font ',10'
set label 3 'target' at screen 0.065, 0.505 right font ',10'
eval mosaic('.ways.png', 0.075, 0.98, 0.48, 0.91)
unset multiplot
