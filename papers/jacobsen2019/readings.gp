# SPDX-License-Identifier: GPL-3.0-or-later
# alt: For each reading of independence cross-entropy, the error of the scores, logarithmic, on the left, that of a classifier of the nuisances on the right, with a line at chance.
# Readings of independence cross-entropy: errors on held-out images of the scores (to be small) and of a classifier of
# the nuisances (to be large), mean and 95 % interval over seeds. A reading without dots did not come to its end. The errors
# of the scores are drawn by their logarithm: one that learns nothing stands at 90 %.
width = 1000
height = 460
load 'common/run/figure.gp'

order = sprintf("awk -F'\\t' '$2 == \".\" && $3 == \"finished\" { print $1 }' %s", seed)
n = int(system(order.' | wc -l'))
places = ''
empty = ''
do for [i = 1:n] { places = places.sprintf("%s'%s' %d", i > 1 ? ', ' : '', system(order.sprintf(' | sed -n %dp', i)), n - i); empty = empty.sprintf("%s'' %d", i > 1 ? ', ' : '', n - i) }
of(m) = sprintf("< awk -F'\\t' -v OFS='\\t' -v n=%d 'FNR == NR { if ($2 == \".\" && $3 == \"finished\") at[$1] = n - ++k; next } $2 == \".\" && $3 == \"%s\" { print $5, $7, $8, at[$1] }' %s %s", n, m, seed, summary)

set multiplot layout 1,2 title 'Readings of independence cross-entropy, on held-out images' font ',14' margins 0.24, 0.97, 0.14, 0.88 spacing 0.03, 0
unset key
set yrange [-0.6:n - 0.4]
set offsets graph 0.08, graph 0.08, 0, 0
eval 'set ytics ('.places.')'
set xlabel 'error of the scores (%), logarithmic' offset 0, 0.4
set logscale x
set xrange [0.1:100]
least(x) = x > 0.1 ? x : 0.1
plot of('held_out_error') using (least($1)):4:(least($2)):(least($3)) with xerrorbars pt 7 ps 0.8 lc 6 lw 1.5
unset logscale x
eval 'set ytics ('.empty.')'
set xlabel 'error of a classifier of the nuisances (%)' offset 0, 0.4
set xrange [0:95]
set arrow 1 from 90, graph 0 to 90, graph 1 as 1
plot of('nuisance_held_out_error') using 1:4:2:3 with xerrorbars pt 9 ps 0.9 lc 7 lw 1.5
unset multiplot
