# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of digits in three dimensions, a colour a class: from pixels on the left, from codes of SNNL-7 on the right; titles give their silhouettes.
# Figure 2: MNIST.
name = 'MNIST'
names = '0 1 2 3 4 5 6 7 8 9'
load 'papers/agarap2020/maps.gp'
