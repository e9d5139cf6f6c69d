# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of logits, baseline on the left, entangled on the right: house numbers blue, photographs orange. Under each, how well distance tells them apart.
what = 'Figure 12: logits of networks that learned house numbers'
known = 'house numbers (SVHN)'
strange = 'photographs (CIFAR-10)'
load 'papers/frosst2019/out_of_distribution.gp'
