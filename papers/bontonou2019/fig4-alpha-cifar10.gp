# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 4: the line is at the value of all other experiments.
figure = 'Figure 4'
series = 'CIFAR-10'
over = 'alpha'
told = 'in all other experiments'
usual = 2
from = 0.08
to = 62
load 'papers/bontonou2019/sweep.gp'
