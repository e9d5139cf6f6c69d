# SPDX-License-Identifier: GPL-3.0-or-later
# Table III as a picture.
table = 'table3-mnist'
name = 'Table III: MNIST'
load 'papers/agarap2020/table.gp'
