# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of pictures of clothes in three dimensions, a colour a class: from pixels on the left, from codes of SNNL-7 on the right; titles give their silhouettes.
# Figure 2: Fashion-MNIST.
name = 'Fashion-MNIST'
names = 'T-shirt Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag Boot'
load 'papers/agarap2020/maps.gp'
