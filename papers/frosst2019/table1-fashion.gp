# SPDX-License-Identifier: GPL-3.0-or-later
# alt: On the left, accuracy on Fashion-MNIST at the end, baseline and entangled: published as squares, ours as dots with 95 % intervals. On the right, both over training steps.
# Table 1, as a picture.
table = 'table1-fashion'
name = 'Fashion-MNIST'
load 'papers/frosst2019/table1.gp'
