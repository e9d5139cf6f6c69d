# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement at temperature 100 in four layers from the first convolution to the logits, of a baseline and of a network trained against attacks: published squares, our dots with intervals.
# Table 2: entanglement of each layer at T = 100, published (open squares) and ours (dots, with
# the 95 % interval of the mean over seeds).
width = 820
height = 450
load 'common/run/figure.gp'

array layer = ['conv 1', 'conv 2', 'dense', 'logits']
array model = ['baseline', 'PGD']

set title 'Table 2: entanglement without and with adversarial training, MNIST' font ',14'
set xlabel 'soft nearest neighbour loss at T = 100'
set xrange [0:2.5]
set yrange [0.4:4.6]
set ytics ('conv 1' 4, 'conv 2' 3, 'dense' 2, 'logits' 1)
set key outside bottom center horizontal
plot for [m = 1:2] for [l = 1:4] theirs('table2-adversarial', model[m].' '.layer[l], 'snnl') using 2:(5 - l + (m == 1 ? .14 : -.14)) with points pt 4 ps 1.2 lc 5 - m lw 1.6 title (l == 1 ? model[m].', published' : ''), \
     for [m = 1:2] for [l = 1:4] rows(model[m].' '.layer[l], 'snnl') using 5:(5 - l + (m == 1 ? .14 : -.14)):7:8 with xerrorbars pt 7 ps 0.9 lc 5 - m lw 1.5 title (l == 1 ? model[m].', ours' : '')
