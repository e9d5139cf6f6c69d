# SPDX-License-Identifier: GPL-3.0-or-later
what = 'Figure 21: logits of networks that learned digits'
known = 'digits (MNIST)'
strange = 'letters (notMNIST)'
load 'papers/frosst2019/out_of_distribution.gp'
