/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

#include "base/label.h"
#include "data/mixing.h"

void soft_targets(mat targets, const int *labels, double epsilon)
{
    mat_fill(targets, (real)(epsilon / (double)targets.cols));
    for (size_t i = 0; i < targets.rows; i++)
        mat_row(targets, i)[label_index(labels[i], targets.cols)] += (real)(1 - epsilon);
}

void draw_labels(int *labels, mat targets, gsl_rng *rng)
{
    for (size_t i = 0; i < targets.rows; i++) {
        const real *alpha = mat_row(targets, i);
        double u = gsl_rng_uniform(rng);
        size_t k = 0, last = 0;
        for (; k < targets.cols; k++) {
            if (alpha[k] > 0) last = k;
            if ((u -= (double)alpha[k]) < 0) break;
        }
        labels[i] = (int)(k < targets.cols ? k : last);      /* rounding: the row sums to a little less than u */
    }
}

/*
# MixUp

Rows i and n - 1 - i are changed together, so that each sees the other as it was. The middle one of an odd number is
mixed with itself.
*/
void mix_blend(mat x, double lambda)
{
    real own = (real)lambda, other = (real)(1 - lambda);
    for (size_t i = 0; i < x.rows / 2; i++) {
        real *a = mat_row(x, i), *b = mat_row(x, x.rows - 1 - i);
        for (size_t j = 0; j < x.cols; j++) {
            real was = a[j];
            a[j] = own * was + other * b[j];
            b[j] = own * b[j] + other * was;
        }
    }
}

/*
# CutMix
*/
void mix_paste(mat x, image shape, box b)
{
    size_t run = (b.right - b.left) * shape.channels;
    for (size_t i = 0; i < x.rows / 2; i++)
        for (size_t line = b.top; line < b.bottom; line++) {
            size_t at = (line * shape.width + b.left) * shape.channels;
            real *p = mat_row(x, i) + at, *q = mat_row(x, x.rows - 1 - i) + at;
            for (size_t j = 0; j < run; j++) {
                real was = p[j];
                p[j] = q[j];
                q[j] = was;
            }
        }
}

/* The root of 1 - lambda of the height and of the width, around a place drawn uniformly. */
static box draw_box(image shape, double lambda, gsl_rng *rng)
{
    double side = sqrt(1 - lambda);
    size_t tall = (size_t)((double)shape.height * side), wide = (size_t)((double)shape.width * side);
    size_t down = gsl_rng_uniform_int(rng, shape.height), right = gsl_rng_uniform_int(rng, shape.width);
    size_t bottom = down + tall - tall / 2, end = right + wide - wide / 2;
    return (box){ down > tall / 2 ? down - tall / 2 : 0, bottom < shape.height ? bottom : shape.height,
                  right > wide / 2 ? right - wide / 2 : 0, end < shape.width ? end : shape.width };
}

void mix(mat x, mat targets, image shape, mixing how, gsl_rng *rng)
{
    if (how.mixup <= 0 && how.cutmix <= 0) return;
    if (gsl_rng_uniform(rng) >= how.probability) return;
    bool cut = how.cutmix > 0 && (how.mixup <= 0 || gsl_rng_uniform(rng) < .5);
    double alpha = cut ? how.cutmix : how.mixup, lambda = gsl_ran_beta(rng, alpha, alpha);
    if (cut) {
        box b = draw_box(shape, lambda, rng);
        mix_paste(x, shape, b);
        lambda = 1 - (double)((b.bottom - b.top) * (b.right - b.left)) / (double)(shape.height * shape.width);
    } else {
        mix_blend(x, lambda);
    }
    mix_blend(targets, lambda);
}
