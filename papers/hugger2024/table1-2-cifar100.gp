# SPDX-License-Identifier: GPL-3.0-or-later
name = 'CIFAR-100, a small vision transformer from scratch'
load 'papers/hugger2024/table.gp'
