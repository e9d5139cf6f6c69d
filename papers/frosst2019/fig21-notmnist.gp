# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of logits, baseline on the left, entangled on the right: digits blue, letters orange. Under each, how well distance tells them apart.
what = 'Figure 21: logits of networks that learned digits'
known = 'digits (MNIST)'
strange = 'letters (notMNIST)'
load 'papers/frosst2019/out_of_distribution.gp'
