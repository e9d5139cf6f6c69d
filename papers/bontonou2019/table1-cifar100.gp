# SPDX-License-Identifier: GPL-3.0-or-later
# Table 1, as a picture.
table = 'table1-cifar100'
name = 'CIFAR-100'
load 'papers/bontonou2019/table1.gp'
