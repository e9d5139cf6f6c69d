# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Six panels for Fashion-MNIST, a measure of clusters each: ten models from top to bottom, published averages as squares, ours as dots with 95 % intervals.
# Table IV as a picture.
table = 'table4-fashion'
name = 'Table IV: Fashion-MNIST'
load 'papers/agarap2020/table.gp'
