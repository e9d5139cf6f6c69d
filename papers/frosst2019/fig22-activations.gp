# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of the first hidden layer, baseline on the left, entangled on the right: test images blue, attacked ones orange. Under each, how well distance tells them apart.
what = 'Figure 22: first hidden layer of networks that learned Fashion-MNIST'
known = 'test images'
strange = 'attacked ones'
load 'papers/frosst2019/out_of_distribution.gp'
