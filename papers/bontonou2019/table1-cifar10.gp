# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Test errors on CIFAR-10 of cross-entropy and of graph smoothness with three classifiers: published as squares, ours as dots with 95 % intervals; a line marks our cross-entropy.
# Table 1, as a picture.
table = 'table1-cifar10'
name = 'CIFAR-10'
load 'papers/bontonou2019/table1.gp'
