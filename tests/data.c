/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readers and batches, tried out

Without arguments: round trips and the mathematics of batches. With arguments:
one reader on one file, so that `tests/data.bats` can hand it what is broken
and look at what it says.

    data images FILE                what was read, as one line
    data labels FILE N CLASSES
    data matrix FILE.npy
    data classes FILE.npy CLASSES
    data photographs FILE.npy       images of n x height x width x 3
    data write FILE.npy             writes a 3 x 2 matrix
    data set NAME                   statistics of a data set
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_test.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data/npy.h"

/*
# Batches

Every epoch must show each example once (all of them with `KEEP_LAST`, all but
n mod size with `DROP_LAST`), and no two epochs in the same order.
*/
static size_t epoch_of(batches *b, int *seen)
{
    size_t shown = 0, epoch = b->epoch;
    for (size_t i = 0; i < b->n; i++) seen[i] = 0;
    while (b->epoch == epoch) {
        size_t count;
        const size_t *index = batches_next(b, &count);
        for (size_t i = 0; i < count; i++) seen[index[i]]++;
        shown += count;
    }
    return shown;
}

static void test_epochs(arena *a)
{
    enum { N = 103, SIZE = 10 };
    int seen[N];
    gsl_rng *rng = rng_new(1, "order");
    for (batches_last last = DROP_LAST; last <= KEEP_LAST; last++) {
        batches b;
        batches_init(&b, N, SIZE, last, rng, a);
        size_t wanted = last == KEEP_LAST ? N : N / SIZE * SIZE, first[N], same = 0;
        gsl_test_int((int)batches_per_epoch(&b), last == KEEP_LAST ? 11 : 10,
                     "batches an epoch, last=%d", last);
        for (int epoch = 0; epoch < 3; epoch++) {
            int twice = 0;
            gsl_test_int((int)epoch_of(&b, seen), (int)wanted, "examples of epoch %d", epoch);
            for (size_t i = 0; i < N; i++) twice += seen[i] > 1;
            gsl_test_int(twice, 0, "examples shown twice in epoch %d", epoch);
            if (epoch == 0) memcpy(first, b.order, sizeof first);
        }
        for (size_t i = 0; i < N; i++) same += first[i] == b.order[i];
        gsl_test(same > N / 4, "another epoch, another order (%zu places agree)", same);
    }
    gsl_rng_free(rng);
}

/* Stopped in the middle of an epoch, and gone on from what was saved. */
static void test_resume(arena *a)
{
    enum { N = 50, SIZE = 8, BEFORE = 9, AFTER = 20 };
    gsl_rng *rng = rng_new(7, "order"), *other = rng_new(8, "order");
    batches b, c;
    size_t count, again;
    batches_init(&b, N, SIZE, KEEP_LAST, rng, a);
    batches_init(&c, N, SIZE, KEEP_LAST, other, a);
    for (int i = 0; i < BEFORE; i++) batches_next(&b, &count);

    c.position = b.position;
    c.epoch = b.epoch;
    memcpy(c.order, b.order, N * sizeof *c.order);
    gsl_rng_memcpy(other, rng);
    int differ = 0;
    for (int i = 0; i < AFTER; i++) {
        const size_t *p = batches_next(&b, &count), *q = batches_next(&c, &again);
        differ += count != again || memcmp(p, q, count * sizeof *p) != 0;
    }
    gsl_test_int(differ, 0, "batches after a restored state");
    gsl_test(b.epoch != c.epoch || b.position != c.position, "epoch and position agree");
    gsl_rng_free(rng);
    gsl_rng_free(other);
}

/*
# Choosing

Of 20 numbers 5 are chosen, 20,000 times: each is in with probability 1/4, a
count with a standard deviation of $\sqrt{20000 \cdot 3/16} = 61$. Five of
them are the margin. And they are those that GSL chooses.
*/
static void test_choose(void)
{
    enum { N = 20, COUNT = 5, TIMES = 20000 };
    int hits[N] = { 0 }, disorder = 0, others = 0;
    size_t index[N], all[N], gsl[COUNT];
    gsl_rng *rng = rng_new(3, "subset"), *twin = rng_new(3, "subset");
    for (size_t i = 0; i < N; i++) all[i] = i;
    for (int t = 0; t < TIMES; t++) {
        batches_choose(index, COUNT, N, rng);
        gsl_ran_choose(twin, gsl, COUNT, all, N, sizeof *all);
        others += memcmp(index, gsl, sizeof gsl) != 0;
        for (size_t i = 0; i < COUNT; i++) {
            hits[index[i]]++;
            disorder += i > 0 && index[i] <= index[i - 1];
        }
    }
    gsl_test_int(disorder, 0, "chosen numbers ascend");
    gsl_test_int(others, 0, "GSL chooses others");
    gsl_test(gsl_rng_get(rng) != gsl_rng_get(twin), "and has drawn as often");
    for (int i = 0; i < N; i++)
        gsl_test_abs(hits[i], TIMES / 4.0, 5 * 61.3, "how often %d is chosen", i);
    batches_choose(index, N, N, rng);
    for (size_t i = 0; i < N; i++) gsl_test_int((int)index[i], (int)i, "all of them");
    gsl_rng_free(rng);
    gsl_rng_free(twin);
}

static void test_subset(arena *a)
{
    examples all = { arena_mat(a, 30, 2), arena_take(a, 30, sizeof(int)) };
    for (int i = 0; i < 30; i++) {
        all.x.at[2 * i] = (real)i;
        all.x.at[2 * i + 1] = (real)-i;
        all.y[i] = i % 10;
    }
    gsl_rng *rng = rng_new(1, "subset");
    examples some = examples_subset(all, 12, rng, a);
    gsl_test_int((int)some.x.rows, 12, "rows of a subset");
    for (size_t i = 0; i < some.x.rows; i++) {
        real *row = mat_row(some.x, i);
        gsl_test((int)row[0] % 10 != some.y[i] || row[1] != -row[0], "row and label belong"
                 " together");
    }
    gsl_rng_free(rng);
}

/*
# NPY there and back

More numbers than one chunk holds, negative, tiny and huge ones: every bit
comes back.
*/
static void test_npy(arena *a)
{
    enum { ROWS = 12345, COLS = 3 };
    mat m = arena_mat(a, ROWS, COLS), back;
    gsl_rng *rng = rng_new(5, "numbers");
    rng_normal(rng, m, 1e3);
    m.at[0] = REAL_MAX;
    m.at[1] = -REAL_MAX;
    m.at[2] = (real)1e-42;                               /* subnormal as a float */
    gsl_test(npy_write("round.npy", m) != 0, "npy_write: %s", error_text());
    gsl_test(npy_read(&back, "round.npy", a) != 0, "npy_read: %s", error_text());
    gsl_test(!mat_same_shape(m, back), "the shape comes back");
    gsl_test(memcmp(m.at, back.at, mat_size(m) * sizeof(real)) != 0, "the bits come back");
    gsl_test(npy_write("/dev/null/x.npy", m) != -1, "an unwritable path is an error");
    gsl_rng_free(rng);
}

/* Images in two batches, beyond a chunk, rounded and clipped; labels over and over. */
static void test_npy_images(arena *a)
{
    enum { N = 50 };
    const image shape = { 32, 40, 3 };
    atomic_file f;
    image got;
    mat x = arena_mat(a, N, image_size(shape)), back;
    int y[4] = { 3, 0, 255, 7 }, *labels;
    size_t n, wrong = 0;
    for (size_t e = 0; e < mat_size(x); e++) x.at[e] = (real)((double)(e * 7 % 300) + .4) / 255;
    gsl_test(npy_images_begin(&f, "images.npy", N, shape) != 0, "%s", error_text());
    npy_images_add(&f, mat_rows(x, 0, 11));
    npy_images_add(&f, mat_rows(x, 11, N - 11));
    gsl_test(atomic_close(&f) != 0, "%s", error_text());
    gsl_test(npy_images(&back, &got, 3, "images.npy", a) != 0, "npy_images: %s", error_text());
    gsl_test(got.height != 32 || got.width != 40 || got.channels != 3 || back.rows != N, "the shape comes back");
    for (size_t e = 0; e < mat_size(x); e++) {
        size_t byte = e * 7 % 300;
        wrong += back.at[e] != (real)(byte > 255 ? 255 : byte) / 255;
    }
    gsl_test(wrong != 0, "%zu numbers are wrong", wrong);
    gsl_test(npy_images(&back, &got, 1, "images.npy", a) != -1, "other channels are refused");
    gsl_test(npy_write_labels("labels.npy", y, 4, 5) != 0, "%s", error_text());
    gsl_test(npy_labels(&labels, &n, 0, "labels.npy", a) != 0 || n != 20, "npy_labels: %s", error_text());
    for (size_t i = 0; i < n; i++) gsl_test_int(labels[i], y[i % 4], "label %zu", i);
    y[2] = 256;
    gsl_test(npy_write_labels("labels.npy", y, 4, 5) != -1, "256 is no byte");
}

/*
# A tiny IDX file

Two images of 2 x 3 pixels, made here byte by byte, plain and compressed.
*/
static void write_bytes(const char *path, const void *bytes, unsigned count, const char *mode)
{
    gzFile f = gzopen(path, mode);
    REQUIRE(f && gzwrite(f, bytes, count) == (int)count && gzclose(f) == Z_OK, "%s", path);
}

static void test_idx(arena *a)
{
    static const unsigned char images[] = {
        0, 0, 8, 3,  0, 0, 0, 2,  0, 0, 0, 2,  0, 0, 0, 3,
        0, 51, 102, 153, 204, 255,  1, 2, 3, 4, 5, 6
    };
    static const unsigned char labels[] = { 0, 0, 8, 1,  0, 0, 0, 2,  9, 0 };
    static const char *const mode[] = { "wbT", "wb" }, *const name[] = { "tiny", "tiny.gz" };
    for (int i = 0; i < 2; i++) {
        mat x;
        int *y;
        size_t height, width;
        write_bytes(name[i], images, sizeof images, mode[i]);
        gsl_test(idx_images(&x, &height, &width, name[i], a) != 0, "%s: %s", name[i],
                 error_text());
        gsl_test(x.rows != 2 || x.cols != 6 || height != 2 || width != 3, "shape of %s",
                 name[i]);
        for (int p = 0; p < 6; p++) {
            gsl_test_rel(x.at[p], p / 5.0, 1e-7, "pixel %d of %s", p, name[i]);
            gsl_test_rel(x.at[6 + p], (p + 1) / 255.0, 1e-7, "second image, %d of %s", p,
                         name[i]);
        }
        write_bytes(name[i], labels, sizeof labels, mode[i]);
        gsl_test(idx_labels(&y, 2, 10, name[i], a) != 0, "%s: %s", name[i], error_text());
        gsl_test(y[0] != 9 || y[1] != 0, "labels of %s", name[i]);
    }
}

/*
# One reader on one file
*/
static void ask(int status)
{
    if (status != 0)
        die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());
}

static double mean_of(mat m)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(m); i++) sum += (double)m.at[i];
    return m.rows ? sum / (double)mat_size(m) : 0;
}

static void print_labels(const int *y, size_t n)
{
    for (size_t i = 0; i < n && i < 20; i++) printf(i ? " %d" : "%d", y[i]);
    putchar('\n');
}

/* Mean pixel and examples a class. */
static void print_part(const char *part, examples e, const dataset *set)
{
    size_t least = e.x.rows, most = 0;
    for (size_t c = 0; c < set->classes; c++) {
        size_t count = 0;
        for (size_t i = 0; i < e.x.rows; i++) count += e.y[i] == (int)c;
        if (count < least) least = count;
        if (count > most) most = count;
    }
    printf("%s\t.\texamples\t%zu\n%s\t.\tmean\t%.6f\n%s\t.\tleast\t%zu\n%s\t.\tmost\t%zu\n",
           part, e.x.rows, part, mean_of(e.x), part, least, part, most);
}

/*
An L has its ink at the lower left and little at the upper right; transposed,
it is the other way round. So the ratio of the two corners tells whether the
images lie as they should.
*/
static double corner_ratio(const dataset *set, int c)
{
    double lower_left = 0, upper_right = 0;
    for (size_t i = 0; i < set->test.x.rows; i++) {
        if (set->test.y[i] != c) continue;
        const real *pixels = mat_row(set->test.x, i);
        for (size_t row = 0; row < 14; row++)
            for (size_t col = 0; col < 14; col++) {
                lower_left += (double)pixels[(row + 14) * 28 + col];
                upper_right += (double)pixels[row * 28 + col + 14];
            }
    }
    return lower_left / upper_right;
}

static void print_set(const char *name, arena *a)
{
    dataset set;
    ask(dataset_load(&set, name, a));
    print_part("train", set.train, &set);
    print_part("test", set.test, &set);
    printf("title\t.\t.\t%s\nnote\t.\t.\t%s\nlast class\t.\t.\t%s\n", set.title,
           set.note ? set.note : ".", set.class_name[set.classes - 1]);
    if (set.classes == 47 && set.shape.height == 28)
        printf("L\t.\tcorners\t%.4f\n", corner_ratio(&set, 21));
}

static void read_one(int count, char **argument, arena *a)
{
    const char *what = argument[1], *path = argument[2];
    size_t third = count > 3 ? strtoul(argument[3], NULL, 10) : 0;
    size_t fourth = count > 4 ? strtoul(argument[4], NULL, 10) : 0;
    size_t height, width, n;
    mat m;
    int *y;
    if (strcmp(what, "images") == 0) {
        ask(idx_images(&m, &height, &width, path, a));
        printf("%zu x %zu x %zu, mean %.6f\n", m.rows, height, width, mean_of(m));
    } else if (strcmp(what, "labels") == 0) {
        ask(idx_labels(&y, third, fourth, path, a));
        print_labels(y, third);
    } else if (strcmp(what, "matrix") == 0) {
        ask(npy_read(&m, path, a));
        printf("%zu x %zu:", m.rows, m.cols);
        for (size_t i = 0; i < mat_size(m) && i < 12; i++) printf(" %g", (double)m.at[i]);
        putchar('\n');
    } else if (strcmp(what, "photographs") == 0) {
        image shape;
        ask(npy_images(&m, &shape, 3, path, a));
        printf("%zu x %zu x %zu x %zu, mean %.6f\n", m.rows, shape.height, shape.width, shape.channels, mean_of(m));
    } else if (strcmp(what, "classes") == 0) {
        ask(npy_labels(&y, &n, third, path, a));
        print_labels(y, n);
    } else if (strcmp(what, "write") == 0) {
        static real numbers[] = { 1, 2, 3, 4, 5, (real)-0.5 };
        ask(npy_write(path, mat_view(numbers, 3, 2)));
    } else if (strcmp(what, "set") == 0) {
        print_set(path, a);
    } else {
        die(STATUS_USAGE, "no test \"%s\"", what);
    }
}

int main(int count, char **argument)
{
    arena *a = arena_new();
    if (count > 2) {
        read_one(count, argument, a);
        arena_free(a);
        return 0;
    }
    test_epochs(a);
    test_resume(a);
    test_choose();
    test_subset(a);
    test_npy(a);
    test_npy_images(a);
    test_idx(a);
    arena_free(a);
    return gsl_test_summary();
}
