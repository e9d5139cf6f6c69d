# SPDX-License-Identifier: GPL-3.0-or-later
# Table 1, as a picture.
table = 'table1-cifar10'
name = 'CIFAR-10'
load 'papers/bontonou2019/table1.gp'
