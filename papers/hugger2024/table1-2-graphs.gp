# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Points that four losses gain over NLL, in accuracy and in the average of classes: Cora and Citeseer with 95 % intervals, CellTypeGraph, published, as squares.
# Tables 1 and 2, nodes: what each loss gains over NLL in accuracy and in the average of classes, ours on two graphs and
# published on a third.
width = 900
height = 520
load 'common/run/figure.gp'
load 'papers/hugger2024/losses.gp'

array graph = ['Cora', 'Citeseer']
array metric = ['gain', 'gain_average']
array of = ['accuracy', 'class_average']
array label = ['accuracy', 'average of classes']

set multiplot title 'Tables 1 and 2: nodes of graphs' font ',14'
eval show_stand_in
set tmargin at screen 0.85
set bmargin at screen 0.33
set yrange [-5.6:-1.4]
set offsets graph 0.05, graph 0.05, 0, 0
do for [p = 1:2] {
    set lmargin at screen p == 1 ? 0.18 : 0.6
    set rmargin at screen p == 1 ? 0.55 : 0.97
    set title label[p].': points gained over NLL'
    set xlabel sprintf('NLL: %.1f %% on Cora, %.1f %% on Citeseer', 100 * mean('Cora, NLL', of[p]), 100 * mean('Citeseer, NLL', of[p]))
    set ytics (p == 1 ? short[2] : '' -2, p == 1 ? short[3] : '' -3, p == 1 ? short[4] : '' -4, p == 1 ? short[5] : '' -5)
    if (p == 1) { set key at screen 0.18, 0.18 left top Left reverse vertical maxrows 3 } else { unset key }
    set arrow 1 from 0, graph 0 to 0, graph 1 as 2
    plot for [g = 1:2] for [i = 2:5] rows(graph[g].', '.loss[i], metric[p]) using (100 * $5):(-i + 0.4 - 0.2 * g):(100 * $7):(100 * $8) with xerrorbars lc g + 1 pt shape[g] lw 1.6 notitle, \
         for [i = 2:5] theirs('table1-2-graphs', 'Cora, '.loss[i], metric[p]) using (100 * $2):(-i - 0.2) with points ls published notitle, \
         for [g = 1:2] keyentry with points pt shape[g] lc g + 1 title graph[g].', ours: mean and 95 % interval over seeds', \
         keyentry with points ls published title sprintf('CellTypeGraph, published (NLL: %.1f %% and %.1f %%)', 100 * their_mean('table1-2-graphs', 'Cora, NLL', 'accuracy'), 100 * their_mean('table1-2-graphs', 'Cora, NLL', 'class_average'))
    unset label 1
}
unset multiplot
