# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 4: the line is at the value of all other experiments.
series = 'CIFAR-10'
over = 'alpha'
told = 'elsewhere'
usual = 2
from = 0.08
to = 62
load 'papers/bontonou2019/sweep.gp'
