/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#include <stddef.h>

#include "base/elementary.h"
#include "base/mat.h"

/*
# Sums and maxima in lanes

Floating-point addition is not associative, so a compiler that keeps the
language's promise adds one number after the other and leaves a vector unit
idle. We write the order that the vector unit wants: `LANES` partial sums, number
i going to lane i mod `LANES`, then the rest, then the lanes in turn. This order
is the same for every CPU, and its rounding error is smaller too.

For use inside functions marked `KERNEL`.
*/
enum { LANES = 16 };

static inline real lane_total(const real *lane, real rest)
{
    for (size_t l = 0; l < LANES; l++) rest += lane[l];
    return rest;
}

/* The sum of n numbers. */
static inline real lane_sum(const real *x, size_t n)
{
    real lane[LANES] = { 0 }, rest = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) lane[l] += x[i + l];
    for (; i < n; i++) rest += x[i];
    return lane_total(lane, rest);
}

/* The inner product of two vectors of n numbers. */
static inline real lane_dot(const real *x, const real *y, size_t n)
{
    real lane[LANES] = { 0 }, rest = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) lane[l] += x[i + l] * y[i + l];
    for (; i < n; i++) rest += x[i] * y[i];
    return lane_total(lane, rest);
}

/* The largest of n numbers. A maximum has one value in any order, and the lanes are halved again and again. */
static inline real lane_max(const real *x, size_t n)
{
    real lane[LANES], most = x[0];
    size_t i = 0;
    if (n >= LANES) {
        for (; i < LANES; i++) lane[i] = x[i];
        for (; i + LANES <= n; i += LANES)
            #pragma omp simd     /* or the lanes become so many numbers */
            for (size_t l = 0; l < LANES; l++) lane[l] = real_max(lane[l], x[i + l]);
        for (size_t half = LANES / 2; half > 0; half /= 2)
            for (size_t l = 0; l < half; l++) lane[l] = real_max(lane[l], lane[l + half]);
        most = lane[0];
    }
    for (; i < n; i++) most = real_max(most, x[i]);
    return most;
}

#endif
