# SPDX-License-Identifier: GPL-3.0-or-later
# Table IV as a picture.
table = 'table4-fashion'
name = 'Table IV: Fashion-MNIST'
load 'papers/agarap2020/table.gp'
