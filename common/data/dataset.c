/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "data/batches.h"
#include "data/dataset.h"
#include "data/idx.h"

static const char *const digits[] = {
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"
};
static const char *const clothes[] = {
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"
};
static const char *const letters[] = {
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J"
};

/*
EMNIST Balanced merges those lower-case letters with their capitals that
nobody can tell apart (c and C, o and O); eleven remain.
*/
static const char *const characters[] = {
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
    "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
    "a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t"
};

/*
# The sets

One row is all that distinguishes one IDX set from the next: what its files
are called, and which way up its images lie. EMNIST's are stored as NIST
scanned them, column by column; read row by row they are mirrored along the
diagonal.
*/
typedef struct source {
    const char *name, *title, *note;
    const char *train, *test, *ending;      /* TRAIN-images-idx3-ubyteENDING */
    const char *const *class_name;
    size_t classes;
    bool transposed, stand_in;
} source;

static const source known[] = {
    { "mnist", "MNIST", NULL,
      "train", "t10k", "", digits, 10, false, false },
    { "fashion-mnist", "Fashion-MNIST", NULL,
      "train", "t10k", ".gz", clothes, 10, false, false },
    { "emnist47", "EMNIST Balanced (stand-in)",
      "A stand-in for EMNIST Balanced, from the same source but not the official split:"
      " 95,653 training characters, 517 to 2,400 a class, and 18,800 for testing.",
      "emnist47-train", "emnist47-test", ".gz", characters, 47, true, true },
    { "emnist-balanced", "EMNIST Balanced", NULL,
      "emnist-balanced-train", "emnist-balanced-test", ".gz", characters, 47, true, false },
    { "notmnist", "notMNIST", NULL,
      NULL, "notmnist-test", ".gz", letters, 10, false, false },
};
enum { KNOWN = sizeof known / sizeof *known };

static const source *source_named(const char *name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].name, name) == 0) return &known[i];
    return NULL;
}

int dataset_file(char *path, size_t size, const char *name, const char *file)
{
    const char *directory = getenv("DATA_DIR");
    if (!directory || !*directory) directory = "data";
    int length = snprintf(path, size, "%s/%s/%s", directory, name, file);
    REQUIRE((size_t)length < size, "a path of %d bytes, room for %zu", length, size);
    if (access(path, R_OK) == 0) return 0;
    fail("%s is not here; get it with: make data/%s", path, name);
    return DATA_MISSING;
}

static void transpose(real *image, size_t side)
{
    for (size_t i = 0; i < side; i++)
        for (size_t j = 0; j < i; j++) {
            real pixel = image[i * side + j];
            image[i * side + j] = image[j * side + i];
            image[j * side + i] = pixel;
        }
}

/* The path of one of the two files of a part ("images-idx3", "labels-idx1"). */
static int part_file(char *path, size_t size, const source *s, const char *part,
                     const char *what)
{
    char file[128];
    snprintf(file, sizeof file, "%s-%s-ubyte%s", part, what, s->ending);
    return dataset_file(path, size, s->name, file);
}

static void note_file(dataset *set, const char *path, arena *a)
{
    size_t i = 0, length = strlen(path) + 1;
    while (i < DATASET_FILES && set->file[i]) i++;
    REQUIRE(i < DATASET_FILES, "%s is one file too many", path);
    set->file[i] = memcpy(arena_take(a, length, 1), path, length);
}

static int load_part(examples *e, dataset *set, const source *s, const char *part, arena *a)
{
    char images[4096], labels[4096];
    size_t height, width;
    int status = part_file(images, sizeof images, s, part, "images-idx3");
    if (status == 0) status = part_file(labels, sizeof labels, s, part, "labels-idx1");
    if (status == 0) status = idx_images(&e->x, &height, &width, images, a);
    if (status == 0) status = idx_labels(&e->y, e->x.rows, s->classes, labels, a);
    if (status != 0) return status;

    if (set->height != 0 && (height != set->height || width != set->width))
        return fail("%s: images of %zu x %zu, but %zu x %zu in training", images, height,
                    width, set->height, set->width);
    set->height = height;
    set->width = width;
    note_file(set, images, a);
    note_file(set, labels, a);
    if (s->transposed && height != width)
        return fail("%s: images of %zu x %zu, expected squares", images, height, width);
    for (size_t i = 0; s->transposed && i < e->x.rows; i++)
        transpose(mat_row(e->x, i), height);
    return 0;
}

int dataset_load(dataset *set, const char *name, arena *a)
{
    const source *s = source_named(name);
    if (!s)
        return fail("no data set \"%s\"; there are: mnist fashion-mnist emnist-balanced emnist47 "
                    "notmnist",
                    name);
    *set = (dataset){ .name = s->name, .title = s->title, .note = s->note,
                      .stand_in = s->stand_in, .classes = s->classes, .class_name = s->class_name };
    if (s->train) {
        int status = load_part(&set->train, set, s, s->train, a);
        if (status != 0) return status;
    }
    return load_part(&set->test, set, s, s->test, a);
}

examples examples_gather(examples from, const size_t *index, size_t count, arena *a)
{
    examples e = { arena_mat(a, count, from.x.cols),
                   from.y ? arena_take(a, count, sizeof *e.y) : NULL };
    batches_gather(e.x, e.y, from.x, from.y, index);
    return e;
}

examples examples_subset(examples from, size_t count, gsl_rng *rng, arena *a)
{
    size_t *index = arena_take(a, count, sizeof *index);
    batches_choose(index, count, from.x.rows, rng);
    return examples_gather(from, index, count, a);
}
