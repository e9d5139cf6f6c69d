# SPDX-License-Identifier: GPL-3.0-or-later
# Table V as a picture.
table = 'table5-emnist'
name = 'Table V: EMNIST Balanced'
load 'papers/agarap2020/table.gp'
