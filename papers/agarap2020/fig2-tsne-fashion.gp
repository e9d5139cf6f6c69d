# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 2: Fashion-MNIST.
name = 'Fashion-MNIST'
names = 'T-shirt Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag Boot'
load 'papers/agarap2020/maps.gp'
