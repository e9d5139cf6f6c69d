# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Training images as points in the plane, coloured by class, at four moments of the training: graph smoothness above, bottleneck with cross-entropy below. Under each, how many neighbours are alike.
# Figure 1: training examples in the plane, the first seed's; a row a loss, a column a moment of the training. Under each
# panel the share of an example's ten nearest neighbours that are of its class.
width = 1100
height = 700
load 'common/run/figure.gp'

names = 'aeroplane car bird cat deer dog frog horse ship lorry'
array colour = ['#000000', '#e69f00', '#56b4e9', '#009e73', '#d0c000', '#0072b2', '#d55e00', '#cc79a7', '#8b4513', '#7b3fa0']
array moment = ['0.0625', '0.25', '0.5', '1']
array told = ['1/16 of the training', '1/4', '1/2', 'the end']
array network = ['proposed', 'bottleneck']
array label = ['graph smoothness', 'bottleneck, cross-entropy']

unset key
set multiplot title sprintf('Figure 1: training images in the plane, with two networks; seed %s', run_number) font ',14'
unset xtics
unset ytics
set border 15 lc rgb '#cccccc'
do for [n = 1:2] {
    do for [c = 1:4] {
        set lmargin at screen 0.05 + (c - 1) * 0.235
        set rmargin at screen 0.05 + (c - 1) * 0.235 + 0.22
        set tmargin at screen 0.9 - (n - 1) * 0.42
        set bmargin at screen 0.9 - (n - 1) * 0.42 - 0.346
        set title (n == 1 ? told[c] : '') offset 0, -0.6
        set ylabel (c == 1 ? label[n] : '')
        set xlabel sprintf('%.0f %% of ten neighbours alike', at(network[n], moment[c], 'neighbours')) offset 0, 0.6
        eval square_around('^point '.network[n].' ', moment[c], 'class')
        plot for [k = 0:9] cloud('^point '.network[n].' ', moment[c], 'class') using ($3 == k ? $1 : NaN):2 \
                 with points pt 7 ps 0.4 lc rgb colour[k + 1] notitle
    }
}
# The key, as wide as all panels.
set lmargin at screen 0.05
set rmargin at screen 0.97
set tmargin at screen 0.08
set bmargin at screen 0.07
unset border
unset title
unset xlabel
unset ylabel
set xrange [0:1]
set yrange [0:1]
set key at screen 0.51, 0.085 center top horizontal
plot NaN notitle, for [k = 0:9] keyentry with points pt 7 ps 1 lc rgb colour[k + 1] title word(names, k + 1)
unset multiplot
