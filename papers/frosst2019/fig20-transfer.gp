# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Credibility over accuracy of a baseline as transferred attacks grow, a panel a data set: one curve for attacks made on another baseline, one for those on an entangled network.
# Figure 20: credibility over accuracy of the baseline under attacks that were made on an entangled network and
# on another baseline, a panel for each data set that was there.
array set_of = ['mnist', 'fashion-mnist', 'svhn']
array title_of = ['MNIST', 'Fashion-MNIST', 'SVHN']
here(k) = int(system(sprintf("grep -c '^%s ' %s || true", set_of[k], summary))) > 0
panels = here(1) + here(2) + here(3)
width = 420 * panels
height = 610
load 'common/run/figure.gp'
load 'papers/frosst2019/credibility.gp'

array source = ['baseline', 'entangled']
curve(k, i) = set_of[k].' '.source[i].' source'

set label 8 explained."\nThe mean accuracy is over all epsilons." at screen 0.05, 0.145 left font ',11'
set multiplot layout 1,panels title 'Figure 20: attacks on either network, answered by a baseline' font ',14' margins screen 0.06 + 0.04 * (3 - panels), 0.97, 0.39, 0.87 spacing screen 0.08
set xlabel 'accuracy' offset 0, 0.5
set ylabel 'credibility' offset 0.2, 0
do for [k = 1:3] {
    if (!here(k)) { continue }
    set title title_of[k] offset 0, -0.5
    set key at graph 0, -0.2 left top vertical Left reverse
    plot for [i = 1:2] course(curve(k, i)) using 1:2:4:5:6:7 with xyerrorbars lc 4 - i lw 0.6 pt -1 notitle, \
        for [i = 1:2] course(curve(k, i)) using 1:2 with linespoints lc 4 - i lw 1.5 pt shape[i] ps 0.9 \
        title sprintf('%s source: mean accuracy %.2f', source[i], mean(curve(k, i), 'mean_accuracy'))
    unset label 8
}
unset multiplot
