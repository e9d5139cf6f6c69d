# SPDX-License-Identifier: GPL-3.0-or-later
# Table 1, as a picture.
table = 'table1-mnist'
name = 'MNIST'
load 'papers/frosst2019/table1.gp'
