# SPDX-License-Identifier: GPL-3.0-or-later
name = 'CIFAR-100, three convolutions from scratch'
load 'papers/hugger2024/table.gp'
