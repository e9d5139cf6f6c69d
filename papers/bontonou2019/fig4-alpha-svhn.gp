# SPDX-License-Identifier: GPL-3.0-or-later
# alt: A curve of test accuracy on SVHN over alpha, logarithmic, with its 95 % interval; lines mark the alpha of all other experiments and chance.
load 'papers/bontonou2019/sweep.gp'
