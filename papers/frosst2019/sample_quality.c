/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "learn/calibration.h"
#include "sample_quality.h"

double total_variation(mat x, image shape)
{
    double sum = 0;
    size_t line = shape.width * shape.channels;
    for (size_t n = 0; n < x.rows; n++) {
        const real *at = mat_row(x, n);
        for (size_t e = 0; e < x.cols; e++) {
            if (e % line + shape.channels < line) sum += fabs((double)(at[e + shape.channels] - at[e]));
            if (e + line < x.cols) sum += fabs((double)(at[e + line] - at[e]));
        }
    }
    return sum / (double)x.rows;
}

recognition recognise(const network *net, mat x, tape *t)
{
    enum { BLOCK = 500, MOST_CLASSES = 100 };
    recognition found = { 0 };
    size_t count[MOST_CLASSES] = { 0 }, classes = 0;
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        node *part = tape_input(t, mat_block(x, first, BLOCK));
        mat scores = net->apply(t, net->model, part, INFERENCE).scores->value;
        classes = scores.cols;
        REQUIRE(classes <= MOST_CLASSES, "%zu classes", classes);
        for (size_t i = 0; i < scores.rows; i++) {
            double p;
            size_t class = likeliest_class(mat_row(scores, i), classes, &p);
            found.confidence += p / (double)x.rows;
            count[class] += p > .5;
        }
        tape_reset(t);
    }
    for (size_t j = 0; j < classes; j++) found.classes += count[j] > 0 && 100 * count[j] >= x.rows;
    return found;
}

mat sample_quality_real(const dataset *set, size_t count)
{
    return mat_rows(set->test.x, 0, count < set->test.x.rows ? count : set->test.x.rows);
}

void sample_quality_rows(run *r, const char *series, mat x, image shape, const network *net, tape *t)
{
    recognition found = recognise(net, x, t);
    run_row(r, series, RUN_NO_X, "total_variation", total_variation(x, shape));
    run_row(r, series, RUN_NO_X, "classes", (double)found.classes);
    run_row(r, series, RUN_NO_X, "confidence", found.confidence);
}

void sample_quality_conclude(gan *g, size_t count, image shape, const network *net, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat x = arena_mat(scratch, count, g->images.cols);
    gan_sample(x, g, "samples", scratch);
    sample_quality_rows(g->r, g->rules->name, x, shape, net, g->t);
    arena_release(scratch, mark);
}
