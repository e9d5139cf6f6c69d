/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "data/cifar.h"
#include "data/packed.h"

enum { PLANE = CIFAR_SIDE * CIFAR_SIDE, MOST_LABELS = 2 };

/* The labels in front of a record, in their order; the last one is the class. */
typedef struct layout {
    size_t labels;
    struct { const char *name; int classes; } label[MOST_LABELS];
} layout;

static const layout layout_of[] = {
    [CIFAR_10] = { 1, { { "label", 10 } } },
    [CIFAR_100] = { 2, { { "coarse label", 20 }, { "label", 100 } } },
};

/*
# From planes to pixels
*/
static void interleave(real *x, const unsigned char *planes)
{
    for (size_t p = 0; p < PLANE; p++)
        for (size_t c = 0; c < CIFAR_CHANNELS; c++)
            x[p * CIFAR_CHANNELS + c] = (real)planes[c * PLANE + p] / 255;
}

static int check_labels(const unsigned char *record, const layout *l, size_t i, const char *path)
{
    for (size_t k = 0; k < l->labels; k++)
        if (record[k] >= l->label[k].classes)
            return fail("%s: %s %d of record %zu, expected 0 to %d; is it a file of this form?",
                        path, l->label[k].name, record[k], i, l->label[k].classes - 1);
    return 0;
}

static int read_records(mat x, int *y, const layout *l, packed *f)
{
    unsigned char record[MOST_LABELS + CIFAR_PIXELS];
    size_t size = l->labels + CIFAR_PIXELS;
    for (size_t i = 0; i < x.rows; i++) {
        if (packed_read(f, record, size, "record %zu of %zu", i, x.rows) != 0) return -1;
        if (check_labels(record, l, i, f->path) != 0) return -1;
        interleave(mat_row(x, i), record + l->labels);
        y[i] = record[l->labels - 1];
    }
    return packed_end(f, x.rows * size);
}

int cifar_read(mat x, int *y, cifar_form form, const char *path)
{
    packed f;
    REQUIRE(x.cols == CIFAR_PIXELS, "%zu columns for %d pixels", x.cols, CIFAR_PIXELS);
    int status = packed_open(&f, path);
    if (status == 0) status = read_records(x, y, &layout_of[form], &f);
    packed_close(&f);
    return status;
}
