# SPDX-License-Identifier: GPL-3.0-or-later
# A curve of Figures 2 to 4: test accuracy over one number of the loss, mean and 95 % interval over seeds, on the paper's axes; the
# line is where that number stands elsewhere. What is drawn, the experiment's name says: figN-NUMBER-SET.
width = 600
height = 420
load 'common/run/figure.gp'

# Of Figures 2, 3 and 4.
array over = ['number of neighbours k', 'number of outputs d', 'alpha']
array told = ['as many as classes', 'as many as classes', 'in all other experiments']
array usual = [10, 10, 2]
array from = [0.8, 1.6, 0.08]
array to = [125, 250, 62]
digit = strstrt(seed, '/fig') + 4
n = int(seed[digit:digit]) - 1
series = strstrt(seed, '-svhn.') ? 'SVHN' : 'CIFAR-10'

eval show_stand_in
set title sprintf('Figure %d: %s', n + 1, series) font ',14'
set logscale x
set format x '%h'
set xlabel over[n]
set ylabel 'test accuracy (%), 10-NN'
set yrange [0:100]
set xrange [from[n]:to[n]]
set arrow 1 from usual[n], graph 0 to usual[n], graph 1 as 1
set label 2 told[n] at usual[n], graph 0.06 left offset 0.6, 0 font ',11' textcolor rgb grey
set arrow 2 from graph 0, first 10 to graph 1, first 10 as 2
set label 3 'chance' at graph 0.02, first 10 left offset 0, 0.6 font ',11' textcolor rgb grey
unset key
plot rows(series, 'accuracy') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.2, \
     rows(series, 'accuracy') using 2:5 with linespoints lc 2 lw 1.8 pt 7 ps 0.8
