# SPDX-License-Identifier: GPL-3.0-or-later
# Tables 1 and 2: what each loss gains over NLL in top 1 and top 5, ours and published; and the reliability diagram. `name`
# is the network.
width = 1100
height = 580
load 'common/run/figure.gp'
load 'papers/hugger2024/losses.gp'
load 'papers/hugger2024/reliability.gp'

array metric = ['gain', 'gain5']
array of = ['accuracy', 'top5']
array label = ['top 1', 'top 5']

# How far apart points lie, with 0 and one point among them, and tics for that.
extent(metric) = real(system(sprintf("awk -F'\\t' 'BEGIN { a = -.01; b = 0 } $3 == \"%s\" { if ($5 < a) a = $5; if ($5 > b) b = $5 } END { print 100 * (b - a) }' %s", metric, summary)))
step(extent) = extent > 12 ? 5 : extent > 5 ? 2 : extent > 2 ? 1 : 0.5

set multiplot title 'Tables 1 and 2: '.name font ',14'
set tmargin at screen 0.86
set bmargin at screen 0.3
set yrange [-5.6:-1.4]
do for [p = 1:2] {
    set lmargin at screen p == 1 ? 0.15 : 0.4
    set rmargin at screen p == 1 ? 0.37 : 0.62
    set title label[p].': points gained over NLL'
    set xlabel sprintf("NLL: %.1f %% ours,\n%.1f %% published", 100 * mean('NLL', of[p]), 100 * their_mean('table1-2-cifar100', 'NLL', of[p]))
    set xtics step(extent(metric[p]))
    set ytics (p == 1 ? short[2] : '' -2, p == 1 ? short[3] : '' -3, p == 1 ? short[4] : '' -4, p == 1 ? short[5] : '' -5)
    if (p == 1) { set key at screen 0.05, 0.16 left top Left reverse vertical maxrows 2 } else { unset key }
    set offsets graph 0.05, graph 0.05, 0, 0
    set arrow 1 from 0, graph 0 to 0, graph 1 as 2
    plot for [i = 2:5] rows(loss[i], metric[p]) using (100 * $5):(-i + 0.1):(100 * $7):(100 * $8) with xerrorbars lc i + 1 pt 7 lw 1.6 notitle, \
         for [i = 2:5] theirs('table1-2-cifar100', loss[i], metric[p]) using (100 * $2):(-i - 0.12) with points ls published notitle, \
         keyentry with points pt 7 lc rgb 'black' title 'ours: mean and 95 % interval over seeds', \
         keyentry with points ls published title 'published (a ViT-B that was trained before)'
}
unset arrow
unset offsets
set lmargin at screen 0.7
set rmargin at screen 0.98
eval tics_shown
set xtics auto
set ytics auto
set xrange [0:1]
set yrange [0:1]
set title 'reliability'
set xlabel 'confidence'
set ylabel 'accuracy'
set key at screen 0.84, 0.19 center top Left reverse vertical maxrows 5 font ',10'
plot x with lines lc rgb grey dt 3 notitle, \
     for [i = 1:5] bins_of(loss[i]) using 2:5 with linespoints lc i + 1 lw 1.8 pt shape[i] ps 0.6 title sprintf('%s: ECE %.1f %%', loss[i], 100 * mean(loss[i], 'ECE'))
unset multiplot
