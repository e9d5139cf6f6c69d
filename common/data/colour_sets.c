/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "data/cifar.h"
#include "data/colour_sets.h"
#include "data/strips.h"
#include "data/svhn.h"

/*
# CIFAR: several files, one matrix

Both sets have 50,000 images for training, in files of equal length, and 10,000
for testing in one more. Every file goes straight into its rows.
*/
enum { TRAIN = 50000, TEST = 10000, MOST_FILES = 6 };

typedef int reader(mat x, int *y, const char *path);
typedef struct batch { mat x; int *y; const char *path; } batch;

static int read_ten(mat x, int *y, const char *path)
{
    return cifar_read(x, y, CIFAR_10, path);
}

static int read_hundred(mat x, int *y, const char *path)
{
    return cifar_read(x, y, CIFAR_100, path);
}

static int read_strip(mat x, int *y, const char *path)
{
    (void)y;
    return strips_images(x, path);
}

/*
What went wrong is known to the thread that met it. For the caller's thread to
know it, too, it reads the first bad file once more.
*/
static int read_batches(const batch *b, size_t count, reader *read)
{
    int status[MOST_FILES];
    #pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < count; i++) status[i] = read(b[i].x, b[i].y, b[i].path);
    for (size_t i = 0; i < count; i++)
        if (status[i] != 0 && read(b[i].x, b[i].y, b[i].path) != 0) return -1;
    return 0;
}

/* As `dataset_file`, and packed files will do; the plain one is named if none is here. */
static int find(char *path, size_t size, const dataset *set, const char *file)
{
    static const char *const ending[] = { ".gz", ".xz", "" };
    int status = DATA_MISSING;
    for (size_t i = 0; i < 3 && status != 0; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", file, ending[i]);
        status = dataset_file(path, size, set->name, name);
    }
    return status;
}

static void make_parts(dataset *set, arena *a)
{
    set->shape.height = set->shape.width = CIFAR_SIDE;
    set->shape.channels = CIFAR_CHANNELS;
    set->train = (examples){ arena_mat(a, TRAIN, CIFAR_PIXELS), arena_take(a, TRAIN, sizeof(int)) };
    set->test = (examples){ arena_mat(a, TEST, CIFAR_PIXELS), arena_take(a, TEST, sizeof(int)) };
}

/* The last of the `count` files is for testing. */
static int load_batches(dataset *set, const char *const *file, size_t count, reader *read,
                        arena *a)
{
    char path[4096];
    batch b[MOST_FILES];
    size_t each = TRAIN / (count - 1);
    for (size_t i = 0; i < count; i++) {
        int status = find(path, sizeof path, set, file[i]);
        if (status != 0) return status;
        const char *kept = dataset_note_file(set, path, a);
        b[i] = i + 1 == count
            ? (batch){ set->test.x, set->test.y, kept }
            : (batch){ mat_rows(set->train.x, i * each, each), set->train.y + i * each, kept };
    }
    return read_batches(b, count, read);
}

int cifar_100_load(dataset *set, const void *layout, arena *a)
{
    static const char *const file[] = { "train.bin", "test.bin" };
    (void)layout;
    make_parts(set, a);
    return load_batches(set, file, 2, read_hundred, a);
}

/*
# CIFAR-10: records or strips

Labels first: a list that is missing is known at once.
*/
static int load_labels(dataset *set, examples e, const char *file, arena *a)
{
    char path[4096];
    int status = dataset_file(path, sizeof path, set->name, file);
    if (status != 0) return status;
    return strips_labels(e.y, e.x.rows, set->classes, dataset_note_file(set, path, a));
}

static int load_strips(dataset *set, arena *a)
{
    static const char *const file[] = {
        "data_batch_1.png", "data_batch_2.png", "data_batch_3.png", "data_batch_4.png",
        "data_batch_5.png", "test_batch.png"
    };
    int status = load_labels(set, set->train, "train_lables.json", a);
    if (status == 0) status = load_labels(set, set->test, "test_lables.json", a);
    return status == 0 ? load_batches(set, file, 6, read_strip, a) : status;
}

static bool all_here(const dataset *set, const char *const *file, size_t count)
{
    char path[4096];
    for (size_t i = 0; i < count; i++)
        if (find(path, sizeof path, set, file[i]) != 0) return false;
    return true;
}

int cifar_10_load(dataset *set, const void *layout, arena *a)
{
    static const char *const records[] = {
        "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
        "data_batch_5.bin", "test_batch.bin"
    };
    (void)layout;
    make_parts(set, a);
    return all_here(set, records, 6) ? load_batches(set, records, 6, read_ten, a)
                                     : load_strips(set, a);
}

/*
# SVHN
*/
static int load_digits(examples *e, dataset *set, const char *file, arena *a)
{
    char path[4096];
    int status = dataset_file(path, sizeof path, set->name, file);
    if (status != 0) return status;
    return svhn_read(&e->x, &e->y, dataset_note_file(set, path, a), a);
}

int svhn_load(dataset *set, const void *layout, arena *a)
{
    (void)layout;
    set->shape.height = set->shape.width = SVHN_SIDE;
    set->shape.channels = SVHN_CHANNELS;
    int status = load_digits(&set->train, set, "train_32x32.mat", a);
    return status == 0 ? load_digits(&set->test, set, "test_32x32.mat", a) : status;
}
