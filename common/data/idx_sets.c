/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "data/idx.h"
#include "data/idx_sets.h"

/*
EMNIST's images are stored as NIST scanned them, column by column; read row by
row they are mirrored along the diagonal.
*/
static void transpose(real *pixels, size_t side)
{
    for (size_t i = 0; i < side; i++)
        for (size_t j = 0; j < i; j++) {
            real pixel = pixels[i * side + j];
            pixels[i * side + j] = pixels[j * side + i];
            pixels[j * side + i] = pixel;
        }
}

/* The path of one of the two files of a part ("images-idx3", "labels-idx1"). */
static int part_file(char *path, size_t size, const dataset *set, const idx_layout *l,
                     const char *part, const char *what)
{
    char file[128];
    snprintf(file, sizeof file, "%s-%s-ubyte%s", part, what, l->ending);
    return dataset_file(path, size, set->name, file);
}

static int load_part(examples *e, dataset *set, const idx_layout *l, const char *part, arena *a)
{
    char images[4096], labels[4096];
    size_t height, width;
    int status = part_file(images, sizeof images, set, l, part, "images-idx3");
    if (status == 0) status = part_file(labels, sizeof labels, set, l, part, "labels-idx1");
    if (status == 0) status = idx_images(&e->x, &height, &width, images, a);
    if (status == 0) status = idx_labels(&e->y, e->x.rows, set->classes, labels, a);
    if (status != 0) return status;

    if (set->shape.height != 0 && (height != set->shape.height || width != set->shape.width))
        return fail("%s: images of %zu x %zu, but %zu x %zu in training", images, height,
                    width, set->shape.height, set->shape.width);
    set->shape.height = height;
    set->shape.width = width;
    set->shape.channels = 1;
    dataset_note_file(set, images, a);
    dataset_note_file(set, labels, a);
    if (l->transposed && height != width)
        return fail("%s: images of %zu x %zu, expected squares", images, height, width);
    for (size_t i = 0; l->transposed && i < e->x.rows; i++)
        transpose(mat_row(e->x, i), height);
    return 0;
}

int idx_set_load(dataset *set, const void *layout, arena *a)
{
    const idx_layout *l = layout;
    int status = l->train ? load_part(&set->train, set, l, l->train, a) : 0;
    return status == 0 ? load_part(&set->test, set, l, l->test, a) : status;
}
