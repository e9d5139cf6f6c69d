# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Test accuracy of every run of a search over alpha, from -10 to 10 on a cubic scale; later runs are darker. Left of the dashed line entanglement is maximised.
# Figure 7: test accuracy of every run over its alpha, the first seed's search. Alpha is drawn as
# it was searched, on a cubic scale; late runs are darker.
width = 760
height = 470
load 'common/run/figure.gp'

runs = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 ~ /^run / { split($1, name, \" \"); if ($3 == \"alpha\") alpha = $4; if ($3 == \"test_accuracy\") print alpha, $4, name[2] }' %s", seed)
root(a) = a < 0 ? -(-a / 10.) ** (1. / 3) : (a / 10.) ** (1. / 3)

set title sprintf('Figure 7: a search for alpha, CIFAR-10; runs of seed %s', run_number) font ',14'
set xlabel 'alpha (below 0: entanglement is maximised)'
set ylabel 'test accuracy'
set xrange [-1.05:1.05]
set xtics ('-10' root(-10), '-3' root(-3), '-1' root(-1), '-0.1' root(-.1), '0' 0, '0.1' root(.1), '1' root(1), '3' root(3), '10' root(10))
set palette defined (0 '#c9dff0', 1 '#0072b2')
set cblabel 'run'
set arrow 1 from 0, graph 0 to 0, graph 1 as 1
unset key
plot runs using (root($1)):2:3 with points pt 7 ps 1 lc palette
