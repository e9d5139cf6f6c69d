/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Soft targets, mixed images, and calibration

    soft_targets [CASE]    all cases, or one
*/
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "data/mixing.h"
#include "learn/calibration.h"
#include "tapes.h"

static void sums_to_one(mat targets, const char *what)
{
    double off = 0;
    for (size_t i = 0; i < targets.rows; i++) {
        double sum = 0;
        for (size_t k = 0; k < targets.cols; k++) sum += (double)mat_row(targets, i)[k];
        off = larger(off, fabs(sum - 1));
    }
    gsl_test(!(off < tolerance(1e-6, 1e-14)), "%s: sums are off by %.1e", what, off);
}

static void test_smoothing(void)
{
    const int labels[] = { 2, 0 };
    mat targets = arena_mat(memory, 2, 4);
    soft_targets(targets, labels, .2);
    gsl_test_rel((double)targets.at[2], 1 - 3 * .2 / 4, tolerance(1e-6, 1e-14), "1 - (K - 1) epsilon / K");
    gsl_test_rel((double)targets.at[4 + 3], .05, tolerance(1e-6, 1e-14), "epsilon / K");
    sums_to_one(targets, "smoothed");
    soft_targets(targets, labels, 0);
    gsl_test(targets.at[2] != 1 || targets.at[0] != 0, "without, one-hot");
}

/* $\chi^2$ of 20,000 draws; a certain label is certain, at either end. */
static void test_draws(void)
{
    enum { DRAWS = 20000, K = 5 };
    real p[] = { .1f, 0, .4f, .2f, .3f }, first[] = { 1, 0, 0, 0, 0 }, last[] = { 0, 0, 0, 0, 1 };
    gsl_rng *rng = rng_new(3, "draws");
    double count[K] = { 0 }, chi = 0;
    int drawn;
    for (int i = 0; i < DRAWS; i++) {
        draw_labels(&drawn, mat_view(p, 1, K), rng);
        count[drawn]++;
    }
    gsl_test(count[1] > 0, "what has no probability was drawn %g times", count[1]);
    for (size_t k = 0; k < K; k++)
        if (p[k] > 0) chi += pow(count[k] - DRAWS * (double)p[k], 2) / (DRAWS * (double)p[k]);
    gsl_test(!(gsl_cdf_chisq_Q(chi, 3) > .001), "chi squared of the draws is %g", chi);
    for (int i = 0; i < 100; i++) {
        draw_labels(&drawn, mat_view(first, 1, K), rng);
        gsl_test(drawn != 0, "the first, for certain");
        draw_labels(&drawn, mat_view(last, 1, K), rng);
        gsl_test(drawn != K - 1, "the last, for certain");
    }
    gsl_rng_free(rng);
}

/* Rows 0 and 2 are mixed, 1 with itself. */
static void test_parts(void)
{
    real v[] = { 1, 10, 100 };
    mat x = mat_view(v, 3, 1);
    mix_blend(x, .75);
    gsl_test_rel((double)v[0], .75 + 25, 1e-6, "three quarters of the first");
    gsl_test_rel((double)v[1], 10, 1e-6, "the middle one stays");
    gsl_test_rel((double)v[2], 75 + .25, 1e-6, "three quarters of the last");

    image shape = { 3, 4, 2 };
    mat y = arena_mat(memory, 2, image_size(shape));
    for (size_t i = 0; i < mat_size(y); i++) y.at[i] = (real)i;
    mix_paste(y, shape, (box){ 1, 3, 1, 2 });
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 4; j++)
                for (size_t c = 0; c < 2; c++) {
                    size_t from = i >= 1 && j == 1 ? 1 - n : n, at = (i * 4 + j) * 2 + c;
                    gsl_test(mat_row(y, n)[at] != (real)(from * 24 + at), "image %zu, pixel %zu, %zu", n, i, j);
                }
}

/*
The mean of what CutMix leaves of one's own image, $\lambda$ being uniform: over many $\lambda$, all places of the rectangle, and
for each a count of the lines and columns that it covers. A rectangle that lay over no edge would leave a half.
*/
static double mean_covered(size_t length, double side)
{
    int whole = (int)((double)length * side);
    double covered = 0;
    for (int at = 0; at < (int)length; at++)
        for (int line = at - whole / 2; line < at - whole / 2 + whole; line++) covered += line >= 0 && line < (int)length;
    return covered / (double)(length * length);
}

static double mean_left(image shape)
{
    enum { LAMBDAS = 2000 };
    double left = 1;
    for (int l = 0; l < LAMBDAS; l++) {
        double side = sqrt(1 - (l + .5) / LAMBDAS);
        left -= mean_covered(shape.height, side) * mean_covered(shape.width, side) / LAMBDAS;
    }
    return left;
}

/*
Black images with the first class, white ones with the second: however they are mixed, the mean of an image is the
target of the second class. For CutMix that holds to the pixel; and what is left of one's own has the mean that it should.
*/
static void mix_all(mixing how, const char *what)
{
    enum { IMAGES = 6, DRAWS = 1000 };
    image shape = { 8, 6, 3 };
    mat x = arena_mat(memory, IMAGES, image_size(shape)), targets = arena_mat(memory, IMAGES, 2);
    gsl_rng *rng = rng_new(1, what);
    double off = 0, mean = 0, changed = 0, cut = 0;
    for (int d = 0; d < DRAWS; d++) {
        mat_fill(targets, 0);
        for (size_t i = 0; i < IMAGES; i++) {
            mat_fill(mat_rows(x, i, 1), i >= IMAGES / 2);
            mat_row(targets, i)[i >= IMAGES / 2] = 1;
        }
        mix(x, targets, shape, how, rng);
        sums_to_one(targets, what);
        for (size_t i = 0; i < IMAGES; i++) {
            double white = 0;
            for (size_t j = 0; j < x.cols; j++) white += (double)mat_row(x, i)[j] / (double)x.cols;
            off = larger(off, fabs(white - (double)mat_row(targets, i)[1]));
        }
        mean += (double)targets.at[0] / DRAWS;
        if (!(targets.at[0] < 1)) continue;
        size_t grey = 0;
        for (size_t j = 0; j < x.cols; j++) grey += x.at[j] > 0 && x.at[j] < 1;
        changed += 1.0 / DRAWS;
        cut += grey ? 0 : 1.0 / DRAWS;
    }
    gsl_test(!(off < tolerance(1e-5, 1e-12)), "%s: targets are what the images show, but for %.1e", what, off);
    gsl_test_abs(changed, how.probability, .08, "%s: batches that were mixed", what);
    gsl_test_abs(cut / changed, how.mixup <= 0 ? 1 : how.cutmix > 0 ? .5 : 0, .07, "%s: share of CutMix", what);
    if (how.cutmix <= 0) gsl_test_abs(mean, 1 - how.probability / 2, .06, "%s: mean of lambda", what);
    if (how.mixup <= 0) gsl_test_abs(mean, 1 - how.probability * (1 - mean_left(shape)), .04, "%s: mean of lambda", what);
    gsl_rng_free(rng);
}

static void test_mix(void)
{
    mix_all((mixing){ .8, 0, 1 }, "MixUp");
    mix_all((mixing){ 0, 1, .9 }, "CutMix");
    mix_all((mixing){ .8, 1, .95 }, "either");
    real v[] = { 1, 2 }, w[] = { 1, 0, 0, 1 };
    gsl_rng *rng = rng_new(1, "none"), *same = rng_new(1, "none");
    mix(mat_view(v, 2, 1), mat_view(w, 2, 2), (image){ 1, 1, 1 }, (mixing){ 0, 0, 1 }, rng);
    gsl_test(v[0] != 1 || w[0] != 1 || gsl_rng_get(rng) != gsl_rng_get(same), "neither: nothing is changed, nothing drawn");
    gsl_rng_free(rng);
    gsl_rng_free(same);
}

/*
# Calibration

Two classes at scores 0 and s: confidence 1 / (1 + e^-s).
*/
static void test_calibration(void)
{
    enum { N = 1000 };
    double s = log(3);                          /* 75 % confident */
    mat scores = arena_mat(memory, N, 2);
    int labels[N];
    for (size_t right = 0; right <= N; right += 250) {
        for (size_t i = 0; i < N; i++) {
            mat_row(scores, i)[0] = 0;
            mat_row(scores, i)[1] = (real)s;
            labels[i] = i < right;
        }
        calibration c = calibration_of(scores, labels);
        gsl_test_abs(c.ece, fabs((double)right / N - .75), 1e-6, "%zu of %d right", right, N);
        gsl_test(c.count[11] != N, "75 %% is in the bin from 73 %% to 80 %%");
        gsl_test_rel(c.accuracy[11], (double)right / N, 1e-9, "accuracy of the bin");
    }
    real mixed[] = { 5, 0, 0, 5, .1f, 0, 100, -100 };
    const int y[] = { 0, 1, 1, 1 };
    calibration c = calibration_of(mat_view(mixed, 4, 2), y);
    double sure = 1 / (1 + exp(-5)), unsure = 1 / (1 + exp(-.1));
    gsl_test_abs(c.ece, (fabs(2 - 2 * sure - 1) + unsure) / 4, 1e-6, "three bins: two sure ones, a wrong one that is certain");
    gsl_test(c.count[14] != 3 || c.count[7] != 1, "the certain are in the last bin");

    /* k equal scores, a confidence of 1 / k: where that ends a bin, it is in it */
    const size_t many[] = { 3, 5, CALIBRATION_BINS };
    for (size_t i = 0; i < 3; i++) {
        mat equal = arena_mat(memory, 1, many[i]);
        mat_fill(equal, 2);
        c = calibration_of(equal, (const int[]){ 0 });
        gsl_test(c.count[CALIBRATION_BINS / many[i] - 1] != 1, "a confidence of 1 / %zu is at the upper end of its bin", many[i]);
    }
}

static void test_top(void)
{
    real s[] = { 3, 2, 1, 0,  0, 0, 0, 0,  0, 1, 2, 3 };
    const int y[] = { 1, 2, 0 };
    const double wanted[] = { 0, 1.0 / 3, 2.0 / 3, 1 };
    for (size_t k = 1; k <= 4; k++) gsl_test_rel(top_accuracy(mat_view(s, 3, 4), y, k), wanted[k - 1], 1e-12, "top %zu", k);
}

/* Of the first class one of three is right, of the second both, one of them among equal scores, of the last none; nothing is of
   the third, though something is taken for it. */
static void test_class_average(void)
{
    real s[] = { 1, 0, 0, 0,  0, 1, 0, 0,  0, 0, 1, 0,  0, 2, 1, 0,  0, 1, 1, 1,  3, 2, 1, 0 };
    const int y[] = { 0, 0, 0, 1, 1, 3 };
    mat scores = mat_view(s, 6, 4);
    gsl_test_rel(class_average_accuracy(scores, y), (1 / 3. + 1 + 0) / 3, 1e-12, "average of three classes");
    gsl_test_rel(top_accuracy(scores, y, 1), 3 / 6., 1e-12, "of the same, accuracy");
}

static const test_case cases[] = {
    { "smoothing", test_smoothing }, { "draws", test_draws }, { "parts", test_parts }, { "mix", test_mix },
    { "calibration", test_calibration }, { "top", test_top }, { "class_average", test_class_average },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
