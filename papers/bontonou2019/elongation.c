/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "elongation.h"

static double elongation_of(mat x, const int *y, int class)
{
    double n = 0, mean[2] = { 0 }, a = 0, b = 0, c = 0;
    for (size_t i = 0; i < x.rows; i++)
        if (y[i] == class) {
            n++;
            for (size_t s = 0; s < 2; s++) mean[s] += (double)mat_row(x, i)[s];
        }
    for (size_t i = 0; i < x.rows; i++)
        if (y[i] == class) {
            double u = (double)mat_row(x, i)[0] - mean[0] / n, v = (double)mat_row(x, i)[1] - mean[1] / n;
            a += u * u;
            b += u * v;
            c += v * v;
        }
    double middle = (a + c) / 2, half = sqrt((a - c) * (a - c) / 4 + b * b);
    return middle + half > 0 ? 2 * half / (middle + half) : 0;
}

double elongation(mat x, const int *y, size_t classes)
{
    double sum = 0;
    for (size_t k = 0; k < classes; k++) sum += elongation_of(x, y, (int)k);
    return sum / (double)classes;
}
