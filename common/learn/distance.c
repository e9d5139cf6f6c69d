/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/distance.h"

/*
# Subtract, square, add

In lanes, as all sums in kernels are, and in double. A matrix product reaches
the same distances many times faster ($\|a\|^2 - 2\,a \cdot b + \|b\|^2$), but
its terms cancel where two rows are nearly equal. Everything faster in this
directory is checked against this, and falls back on it where it must.
*/
KERNEL double distance_squared(const real *a, const real *b, size_t d)
{
    double part[LANES] = { 0 }, sum = 0;
    size_t j = 0;
    for (; j + LANES <= d; j += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double difference = (double)a[j + l] - (double)b[j + l];
            part[l] += difference * difference;
        }
    for (; j < d; j++) {
        double difference = (double)a[j] - (double)b[j];
        part[j % LANES] += difference * difference;
    }
    for (size_t l = 0; l < LANES; l++) sum += part[l];
    return sum;
}

KERNEL double length_squared(const real *a, size_t d)
{
    double part[LANES] = { 0 }, sum = 0;
    size_t j = 0;
    for (; j + LANES <= d; j += LANES)
        for (size_t l = 0; l < LANES; l++)
            part[l] += (double)a[j + l] * (double)a[j + l];
    for (; j < d; j++) part[j % LANES] += (double)a[j] * (double)a[j];
    for (size_t l = 0; l < LANES; l++) sum += part[l];
    return sum;
}

void squared_norms(real *norm, mat x)
{
    #pragma omp parallel for schedule(static) if (mat_size(x) > 1 << 16)
    for (size_t i = 0; i < x.rows; i++) norm[i] = (real)length_squared(mat_row(x, i), x.cols);
}
