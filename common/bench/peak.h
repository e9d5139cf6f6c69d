/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PEAK_H
#define BENCH_PEAK_H

/*
# What the machine can do at best

Floating-point operations a second, in `float`, of all threads together, measured
with nothing but fused multiply-adds on registers: the figure that every other one
is a share of. Takes about half a second.
*/
double peak_flops(void);

#endif
