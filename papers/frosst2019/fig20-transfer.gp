# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 20: credibility over accuracy of the baseline, a panel a data set, under attacks that were made on an
# entangled network and on another baseline.
width = 1200
height = 520
load 'common/run/figure.gp'
load 'papers/frosst2019/credibility.gp'

array set_of = ['mnist', 'fashion-mnist', 'svhn']
array title_of = ['MNIST', 'Fashion-MNIST', 'SVHN']
array source = ['baseline', 'entangled']
here(k) = int(system(sprintf("grep -c '^%s ' %s || true", set_of[k], summary)))
told_of(k, i) = here(k) ? sprintf('%s source: mean accuracy %.2f', source[i], mean_of(set_of[k].' '.source[i].' source', 'mean_accuracy')) : ''

set multiplot layout 1,3
set key below vertical Left reverse
set xlabel 'accuracy' offset 0, 0.5
set ylabel 'credibility' offset 1, 0
do for [k = 1:3] {
    set title title_of[k] offset 0, -0.5
    if (!here(k)) { set label 2 'not here' at graph 0.5, 0.45 center textcolor rgb grey }
    plot NaN, for [i = 1:2] course(set_of[k].' '.source[i].' source') using 1:2 with linespoints lc 4 - i lw 1.5 pt shape[i] ps 0.9 title told_of(k, i)
    unset label 2
}
unset multiplot
