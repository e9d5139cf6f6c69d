# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Six panels for EMNIST, a measure of clusters each: ten models from top to bottom, published averages as squares, ours as dots with 95 % intervals.
# Table V as a picture.
table = 'table5-emnist'
name = 'Table V: EMNIST Balanced'
load 'papers/agarap2020/table.gp'
