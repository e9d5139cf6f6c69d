# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Entanglement and neighbours of their own kind over steps for three GANs: vanilla, least squares, Wasserstein; dashed lines where real and synthetic mix perfectly. Below, rows of generated digits.
# Figure 17: entanglement of real and synthetic digits along three games, and how many have a neighbour
# of their own kind, mean and 95 % interval over seeds; below, the last samples of the first seed.
width = 1000
height = 740
load 'common/run/figure.gp'

array game = ['vanilla', 'least squares', 'Wasserstein']
set multiplot title sprintf('Figure 17: real and synthetic digits; samples of seed %s', run_number) font ',14'
top = 0.91
bottom = 0.54
key_at = 0.468
load 'papers/frosst2019/gan_entanglement.gp'
do for [i = 1:3] { set label i game[i] at screen 0.12, 0.02 + 0.409 * (3.5 - i) / 3 right }
eval mosaic('.samples.png', 0.13, 0.97, 0.02, 0.429)
unset multiplot
