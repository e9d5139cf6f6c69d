# SPDX-License-Identifier: GPL-3.0-or-later
# Figures 9, 18 and 19: credibility over accuracy, a panel an attack. `name` is the data set, `number` the figure's.
width = 900
height = 1110
load 'common/run/figure.gp'
load 'papers/frosst2019/credibility.gp'

array panel = ['white box, fast gradient sign', 'white box, basic iterative', 'black box, source knowledge', 'black box, zero knowledge']
array plain = ['baseline FGSM', 'baseline BIM', 'baseline black box', 'baseline black box']
array mixed = ['entangled FGSM', 'entangled BIM', 'entangled source knowledge', 'entangled zero knowledge']

eval show_stand_in
set label 8 gap_explained at screen 0.08, 0.09 left font ',11'
set multiplot layout 2,2 margins 0.08, 0.97, 0.2, 0.92 spacing 0.11, 0.16 title sprintf('Figure %d: %s, epsilon from .01 to .5', number, name) font ',14'
set key at graph 0, -0.15 left top vertical Left reverse
set xlabel 'accuracy' offset 0, 0.6
set ylabel 'credibility' offset 0.2, 0
do for [k = 1:4] {
    set title panel[k] offset 0, -0.6
    plot course(plain[k]) using 1:2:4:5:6:7 with xyerrorbars lc 3 lw 0.6 pt -1 notitle, \
         course(mixed[k]) using 1:2:4:5:6:7 with xyerrorbars lc 2 lw 0.6 pt -1 notitle, \
         course(plain[k]) using 1:2 with linespoints lc 3 lw 1.4 pt shape[1] ps 0.8 title told('baseline', plain[k]), \
         course(mixed[k]) using 1:2 with linespoints lc 2 lw 1.4 pt shape[2] ps 0.9 title told('entangled', mixed[k])
    unset label 8
}
unset multiplot
