# SPDX-License-Identifier: GPL-3.0-or-later
load 'papers/bontonou2019/sweep.gp'
