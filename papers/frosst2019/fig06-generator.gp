# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement and neighbours of their own kind over steps, a curve for each of three rules for the temperature; below, a grid of generated digits for each rule.
# Figure 6: the entanglement along the training with three rules for the temperature, and how many digits
# have a neighbour of their own kind, mean and 95 % interval over seeds; below, for each rule, images of
# the first seed over two numbers of the noise.
width = 1000
height = 720
load 'common/run/figure.gp'

array game = ['T is learned', 'T stays', 'T falls']
set multiplot title sprintf('Figure 6: a generator that learns by entanglement alone; images of seed %s', run_number) font ',14'
top = 0.91
bottom = 0.65
key_at = 0.575
load 'papers/frosst2019/gan_entanglement.gp'
do for [i = 1:3] {
    set label i sprintf('%s; classes seen: %.0f', game[i], at(game[i], '.', 'classes')) at screen 0.02 + 0.96 * (7 + 15 * (i - 1)) / 44, 0.468 center
}
eval mosaic('.grid.png', 0.02, 0.98, 0.02, 0.445)
unset multiplot
