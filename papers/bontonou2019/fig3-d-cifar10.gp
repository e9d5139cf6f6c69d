# SPDX-License-Identifier: GPL-3.0-or-later
# alt: A curve of test accuracy on CIFAR-10 over the number of outputs d, logarithmic, with its 95 % interval; lines mark ten outputs and chance.
load 'papers/bontonou2019/sweep.gp'
