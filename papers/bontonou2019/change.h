/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_CHANGE_H
#define BONTONOU2019_CHANGE_H

#include "run/run.h"

/*
# How much images have changed

Two means over all numbers of all images: of the absolute difference, and of its square, which is usually
given in decibels: the peak signal-to-noise ratio, $-10 \log_{10}$ of it, as 1 is the largest number. Differences
under $10^{-5}$ count as that, so that no change at all is 100 decibels.

    change c = { 0 };
    change_add(&c, damaged, x);
    change_rows(r, "fog", 3, &c);       // mean_change and psnr
*/
typedef struct change { double absolute, squared, numbers; } change;

/* The matrices have one shape. */
void change_add(change *c, mat damaged, mat x);

void change_rows(run *r, const char *series, size_t severity, const change *c);

#endif
