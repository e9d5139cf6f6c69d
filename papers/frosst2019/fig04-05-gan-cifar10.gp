# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Four maps of real and synthetic images while a GAN learns; below, entanglement and neighbours of their own kind over steps for two games, and rows of the last samples.
# Figure 4: maps of real and synthetic images at four moments of the vanilla game, of the first seed.
# Figure 5: their entanglement along two games, and how many have a neighbour of their own kind, mean and
# 95 % interval over seeds; and the last samples.
width = 1000
height = 870
load 'common/run/figure.gp'

array game = ['vanilla', 'Wasserstein']
set multiplot title sprintf('Figures 4 and 5: real and synthetic images; maps and samples of seed %s', run_number) font ',14'
unset tics
set border 15
do for [k = 0:3] {
    set origin k * 0.25, 0.63
    set size square 0.25, 0.31
    name = sprintf('map %d', k)
    eval square_around('^point '.name.' ', '', 'class')
    set title sprintf("step %.0f, SNNL %.2f", at(name, '.', 'step'), abs(at(name, '.', 'snnl'))) offset 0, -0.5
    if (k == 3) { set key at screen 0.5, 0.625 center top vertical maxrows 1 } else { unset key }
    plot for [c = 0:1] cloud('^point '.name.' ', '', 'class') using 1:($3 == c ? $2 : NaN) \
             with points pt (c ? 2 : 7) ps 0.4 lc rgb (c ? '#d55e00' : '#0072b2') notitle, \
         keyentry with points pt 7 ps 1 lc rgb '#0072b2' title 'real', \
         keyentry with points pt 2 ps 1 lc rgb '#d55e00' title 'synthetic'
}
set size nosquare 1, 0.3
unset title
set border 3
eval tics_shown
set autoscale
top = 0.55
bottom = 0.31
key_at = 0.245
load 'papers/frosst2019/gan_entanglement.gp'
do for [i = 1:2] { set label i game[i] at screen 0.12, 0.02 + 0.161 * (2.5 - i) / 2 right }
eval mosaic('.samples.png', 0.13, 0.97, 0.02, 0.181)
unset multiplot
