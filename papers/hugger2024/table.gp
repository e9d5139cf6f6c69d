# SPDX-License-Identifier: GPL-3.0-or-later
# Tables 1 and 2: what each loss gains over NLL in top 1 and top 5, ours and published; and the reliability diagram. `name`
# is the network.
width = 1100
height = 560
load 'common/run/figure.gp'

array loss = ['NLL', 'soft target cross-entropy', 'InfoNCE', 'soft distribution InfoNCE', 'soft target InfoNCE']
array short = ['NLL', 'soft target\ncross-entropy', 'InfoNCE', 'soft distribution\nInfoNCE', 'soft target\nInfoNCE']
array metric = ['gain', 'gain5']
array label = ['top 1', 'top 5']
theirs(series, metric) = real(system(sprintf("awk -F'\\t' '$3 == \"table1-2-cifar100\" && $4 == \"%s\" && $6 == \"%s\" && $7 == \"literature\" { print $10; exit }' papers/hugger2024/claims.tsv", series, metric)))

set multiplot title name font ',14'
set yrange [-5.6:-1.4]
unset ytics
do for [p = 1:2] {
    set origin p == 1 ? 0 : 0.37, 0.1
    set size p == 1 ? 0.37 : 0.27, 0.83
    set lmargin p == 1 ? 18 : 3
    set title label[p].': points gained over NLL'
    set xlabel sprintf('NLL: %.1f %% ours', 100 * mean('NLL', p == 1 ? 'accuracy' : 'top5'))
    if (p == 1) { set for [i = 2:5] ytics add (short[i] -i) }
    set key at screen 0.02, 0.06 left top horizontal maxrows 1
    if (p == 2) { unset key; set ytics ('' -2, '' -3, '' -4, '' -5) }
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb grey dt 3
    plot for [i = 2:5] rows(loss[i], metric[p]) using (100 * $5):(-i + 0.1):(100 * $7):(100 * $8) with xerrorbars lc i + 1 pt 7 lw 1.6 notitle, \
         for [i = 2:5] '+' using (100 * theirs(loss[i], metric[p])):(-i - 0.12) every ::0::0 with points ls published notitle, \
         keyentry with points pt 7 lc rgb 'black' title 'ours: mean and 95 % interval over seeds', \
         keyentry with points ls published title 'published (a ViT-B that was trained before)'
}
unset arrow
set lmargin 8
set origin 0.64, 0.1
set size 0.36, 0.83
eval tics_shown
set xtics auto
set ytics auto
set xrange [0:1]
set yrange [0:1]
set title 'reliability'
set xlabel 'confidence'
set ylabel 'accuracy'
set key at graph 0.03, 0.97 left top Left reverse vertical maxrows 6 font ',10'
plot x with lines lc rgb grey dt 3 notitle, \
     for [i = 1:5] rows(loss[i], 'bin_accuracy') using 2:5 with linespoints lc i + 1 lw 1.8 pt shape[i] ps 0.6 title sprintf('%s: ECE %.1f %%', loss[i], 100 * mean(loss[i], 'ECE'))
unset multiplot
