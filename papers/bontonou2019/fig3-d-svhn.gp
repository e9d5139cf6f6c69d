# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 3: the line is at as many outputs as there are classes.
figure = 'Figure 3'
series = 'SVHN'
over = 'number of outputs d'
told = 'as many as classes'
usual = 10
from = 1.6
to = 250
load 'papers/bontonou2019/sweep.gp'
