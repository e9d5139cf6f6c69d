/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "data/class_names.h"
#include "data/colour_sets.h"
#include "data/dataset.h"
#include "data/idx_sets.h"

/*
# From a name to a set

A row has what can be said of a set before it is read, and the function that
reads it. `load` fills in the rest: shape, examples, the names of the files.
*/
typedef struct source {
    const char *name, *title;
    const char *const *class_name;
    size_t classes;
    int (*load)(dataset *set, const void *layout, arena *a);
    const void *layout;                     /* what `load` must know beyond the name */
    const char *note;
} source;

static const source known[] = {
    { "mnist", "MNIST", class_digits, 10,
      idx_set_load, &(const idx_layout){ "train", "t10k", "", false }, NULL },
    { "fashion-mnist", "Fashion-MNIST", class_clothes, 10,
      idx_set_load, &(const idx_layout){ "train", "t10k", ".gz", false }, NULL },
    { "emnist-balanced", "EMNIST Balanced", class_characters, 47, idx_set_load,
      &(const idx_layout){ "emnist-balanced-train", "emnist-balanced-test", ".gz", true },
      NULL },
    { "emnist47", "EMNIST Balanced (stand-in)", class_characters, 47, idx_set_load,
      &(const idx_layout){ "emnist47-train", "emnist47-test", ".gz", true },
      "A stand-in for EMNIST Balanced, from the same source but not the official split:"
      " 95,653 training characters, 517 to 2,400 a class, and 18,800 for testing." },
    { "notmnist", "notMNIST", class_letters, 10,
      idx_set_load, &(const idx_layout){ NULL, "notmnist-test", ".gz", false }, NULL },
    { "cifar-10", "CIFAR-10", class_things, 10, cifar_10_load, NULL, NULL },
    { "cifar-100", "CIFAR-100", class_hundred_things, 100, cifar_100_load, NULL, NULL },
    { "svhn", "SVHN", class_digits, 10, svhn_load, NULL, NULL },
};
enum { KNOWN = sizeof known / sizeof *known };

static const source *source_named(const char *name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].name, name) == 0) return &known[i];
    return NULL;
}

int dataset_nobody_knows(const char *what, const char *name, const void *table, size_t rows, size_t size)
{
    text names = { 0 };
    for (size_t i = 0; i < rows; i++) text_append(&names, " %s", *(const char *const *)((const char *)table + i * size));
    fail("no %s \"%s\"; there are:%s", what, name, names.at);
    free(names.at);
    return -1;
}

int dataset_load(dataset *set, const char *name, arena *a)
{
    const source *s = source_named(name);
    if (!s) return dataset_nobody_knows("data set", name, known, KNOWN, sizeof *known);
    *set = (dataset){ .name = s->name, .title = s->title, .note = s->note,
                      .classes = s->classes, .class_name = s->class_name };
    return s->load(set, s->layout, a);
}

/*
# Files
*/
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

const char *dataset_note_file(dataset *set, const char *path, arena *a)
{
    size_t i = 0, length = strlen(path) + 1;
    while (i < DATASET_FILES && set->file[i]) i++;
    REQUIRE(i < DATASET_FILES, "%s is one file too many", path);
    return set->file[i] = memcpy(arena_take(a, length, 1), path, length);
}

/*
# Parts of a set
*/
examples examples_gather(examples from, const size_t *index, size_t count, arena *a)
{
    examples e = { arena_mat(a, count, from.x.cols),
                   from.y ? arena_take(a, count, sizeof *e.y) : NULL };
    batches_gather(e.x, e.y, from.x, from.y, index);
    return e;
}

examples examples_next(examples from, batches *b, arena *a)
{
    size_t count;
    const size_t *index = batches_next(b, &count);
    return examples_gather(from, index, count, a);
}

examples examples_subset(examples from, size_t count, gsl_rng *rng, arena *a)
{
    size_t *index = arena_take(a, count, sizeof *index);
    batches_choose(index, count, from.x.rows, rng);
    return examples_gather(from, index, count, a);
}
