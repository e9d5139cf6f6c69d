# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 2: the line is at as many neighbours as there are classes.
figure = 'Figure 2'
series = 'SVHN'
over = 'number of neighbours k'
told = 'as many as classes'
usual = 10
from = 0.8
to = 125
load 'papers/bontonou2019/sweep.gp'
