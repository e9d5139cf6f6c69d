# SPDX-License-Identifier: GPL-3.0-or-later
# Table III as a picture.
table = 'table3-mnist'
load 'papers/agarap2020/table.gp'
