# SPDX-License-Identifier: GPL-3.0-or-later
what = 'Figure 22: first hidden layer of networks that learned Fashion-MNIST'
known = 'test images'
strange = 'attacked ones'
load 'papers/frosst2019/out_of_distribution.gp'
