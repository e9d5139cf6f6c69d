# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Six panels for MNIST, a measure of clusters each: ten models from top to bottom, published averages as squares, ours as dots with 95 % intervals.
# Table III as a picture.
table = 'table3-mnist'
name = 'Table III: MNIST'
load 'papers/agarap2020/table.gp'
