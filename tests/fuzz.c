/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readers and bytes that nobody meant

    fuzz READER FILE ...        hands each file to a reader, and prints what it says
    fuzz save FILE              writes the checkpoint that the reader `checkpoint` takes
    fuzz names                  the readers

A reader believes nothing: whatever bytes a file has, it returns what was read, or -1 with a line that begins with the
name of the file. It never ends the program, and never touches memory that is not its own. Compiled by clang for
libFuzzer (`make fuzz`) this program looks for bytes that break the promise; with a `main` of its own it replays
those that once did (`tests/trust.bats`).
*/
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "base/rng.h"
#include "base/threads.h"
#include "claims/claim.h"
#include "claims/lines.h"
#include "claims/results.h"
#include "data/cifar.h"
#include "data/csv.h"
#include "data/folder.h"
#include "data/frost.h"
#include "data/graph.h"
#include "data/idx.h"
#include "data/npy.h"
#include "data/npz.h"
#include "data/strips.h"
#include "data/svhn.h"
#include "data/vectors.h"
#include "run/checkpoint.h"

/*
# What was read is used

A reader that says 0 has kept what its header promises: numbers that are numbers, in their range, and labels below the
number of classes.
*/
static void expect_range(mat x, double least, double most)
{
    for (size_t i = 0; i < mat_size(x); i++)
        REQUIRE(x.at[i] >= (real)least && x.at[i] <= (real)most, "number %zu is %g", i, (double)x.at[i]);
}

static void expect_labels(const int *y, size_t n, int classes)
{
    for (size_t i = 0; i < n; i++) REQUIRE(y[i] >= 0 && y[i] < classes, "label %zu is %d", i, y[i]);
}

static int read_idx_images(const char *path, arena *a)
{
    mat x;
    size_t height, width;
    int status = idx_images(&x, &height, &width, path, a);
    if (status == 0) expect_range(x, 0, 1);
    return status;
}

enum { LABELS = 12, RECORDS = 2, LINES = 4 };

static int read_idx_labels(const char *path, arena *a)
{
    int *y, status = idx_labels(&y, LABELS, 10, path, a);
    if (status == 0) expect_labels(y, LABELS, 10);
    return status;
}

static int read_cifar(cifar_form form, int classes, const char *path, arena *a)
{
    int y[RECORDS];
    mat x = arena_mat(a, RECORDS, CIFAR_PIXELS);
    int status = cifar_read(x, y, form, path);
    if (status == 0) expect_range(x, 0, 1);
    if (status == 0) expect_labels(y, RECORDS, classes);
    return status;
}

static int read_cifar_10(const char *path, arena *a)
{
    return read_cifar(CIFAR_10, 10, path, a);
}

static int read_cifar_100(const char *path, arena *a)
{
    return read_cifar(CIFAR_100, 100, path, a);
}

static int read_strip(const char *path, arena *a)
{
    mat x = arena_mat(a, LINES, 3 * 16);
    int status = strips_images(x, path);
    if (status == 0) expect_range(x, 0, 1);
    return status;
}

static int read_list(const char *path, arena *a)
{
    int *y = arena_take(a, LABELS, sizeof *y), status = strips_labels(y, LABELS, 10, path);
    if (status == 0) expect_labels(y, LABELS, 10);
    return status;
}

static int read_mat(const char *path, arena *a)
{
    mat x;
    int *y, status = svhn_read(&x, &y, path, a);
    if (status == 0) expect_range(x, 0, 1);
    if (status == 0) expect_labels(y, x.rows, 10);
    return status;
}

static int read_npy(const char *path, arena *a)
{
    mat x;
    int status = vectors_read(&x, path, a);
    if (status == 0) expect_range(x, -REAL_MAX, REAL_MAX);
    return status;
}

static int read_npy_images(const char *path, arena *a)
{
    mat x;
    image shape;
    int status = npy_images(&x, &shape, 3, path, a);
    if (status == 0) expect_range(x, 0, 1);
    return status;
}

static int read_npz(const char *path, arena *a)
{
    npz z;
    mat x;
    int *y, status = npz_open(&z, path);
    size_t n;
    if (status == 0) status = npz_matrix(&x, &z, "x", a);
    if (status == 0) status = npz_labels(&y, &n, LABELS, &z, "labels", a);
    if (status == 0) expect_labels(y, n, LABELS);
    npz_close(&z);
    return status;
}

static int read_labels(const char *path, arena *a)
{
    labels l;
    int status = vectors_labels(&l, LABELS, path, a);
    if (status == 0) expect_labels(l.y, l.n, (int)l.classes);
    return status;
}

static int read_photograph(const char *path, arena *a)
{
    photograph p;
    unsigned sum = 0;
    int status = photograph_read(&p, path, a);
    for (size_t i = 0; status == 0 && i < p.height * p.width * PHOTOGRAPH_CHANNELS; i++) sum += p.at[i];
    return sum == UINT32_MAX ? -1 : status;
}

/*
# Sets and folders

Who reads files under names of its own finds the one file there, wherever it looks (see `begin`).
*/
static char place[64], input[128];

static const char *const directories[] = { "frost", "graphs", "folder", "folder/one", "folder/two" };
static const char *const links[] = { "frost/frost1.png", "frost/frost2.png", "frost/frost3.png", "frost/frost4.jpg",
                                     "frost/frost5.jpg", "graphs/cora.npz", "folder/one/a.png", "folder/two/b.JPEG" };
enum { DIRECTORIES = sizeof directories / sizeof *directories, LINKS = sizeof links / sizeof *links };

static int read_frost(const char *path, arena *a)
{
    frost ice;
    (void)path;
    return frost_read(&ice, a);
}

static int read_graph(const char *path, arena *a)
{
    graph g;
    int status = graph_load(&g, "cora", a);
    (void)path;
    if (status != 0) return status;
    expect_labels(g.y, g.nodes, (int)g.classes);
    for (size_t e = 0; e < g.edges; e++)
        REQUIRE(g.edge[e].a < g.edge[e].b && g.edge[e].b < g.nodes, "edge %zu: %zu and %zu", e, g.edge[e].a, g.edge[e].b);
    for (size_t e = 0; e < csr_entries(g.words); e++)
        REQUIRE(g.words.index[e] < g.words.cols && isfinite((double)g.words.value[e]), "entry %zu: word %zu", e, g.words.index[e]);
    return csr_of_pairs(g.nodes, g.edge, g.edges, a).rows == g.nodes ? 0 : -1;
}

static int read_folder(const char *path, arena *a)
{
    enum { SIDE = 4 };
    char name[80];
    folder f;
    (void)path;
    snprintf(name, sizeof name, "%s/folder", place);
    int status = folder_list(&f, name, a);
    if (status != 0) return status;
    REQUIRE(f.classes == 2 && f.n == 2, "%zu classes, %zu images", f.classes, f.n);
    mat x = arena_mat(a, f.n, SIDE * SIDE * PHOTOGRAPH_CHANNELS);
    status = folder_images(x, &f, SIDE);
    if (status == 0) expect_range(x, 0, 1);
    return status;
}

/*
# A checkpoint

Of all that a program can keep: numbers, a stream and a text.
*/
typedef struct state { real weight[6]; gsl_rng *order; text rows; } state;

static checkpoint *keep(state *s, const char *path)
{
    *s = (state){ .weight = { 1, 2, 3, 4, 5, 6 }, .order = rng_new(1, "order") };
    text_append(&s->rows, "a\t1\tb\t2\n");
    checkpoint *c = checkpoint_new(path, "fuzz");
    checkpoint_keep(c, "weight", s->weight, sizeof s->weight);
    checkpoint_keep_text(c, "rows", &s->rows);
    checkpoint_keep_rng(c, "order", s->order);
    return c;
}

static void drop(state *s, checkpoint *c)
{
    checkpoint_free(c);
    gsl_rng_free(s->order);
    free(s->rows.at);
}

static int read_checkpoint(const char *path, arena *a)
{
    state s;
    checkpoint *c = keep(&s, path);
    int loaded = checkpoint_load(c);
    (void)a;
    drop(&s, c);
    return loaded == 1 ? 0 : loaded;
}

/*
# Text
*/
static int read_results(const char *path, arena *a)
{
    results r;
    int status = results_read(&r, a, (char *[]){ (char *)path }, 1);
    for (size_t c = 0; status == 0 && c < r.count; c++)
        REQUIRE(results_find(&r, r.cells[c].series, r.cells[c].x, r.cells[c].metric) == &r.cells[c], "cell %zu", c);
    return status;
}

static int read_claims(const char *path, arena *a)
{
    claims all;
    return claims_read(&all, a, path);
}

static int read_numbers(const char *path, arena *a)
{
    char *rest, *line;
    if (lines_read(&rest, a, path) != 0) return -1;
    while ((line = line_next(&rest))) {
        double value = NAN;
        REQUIRE(number_read(&value, line) == isfinite(value), "\"%s\" is %g", line, value);
    }
    return 0;
}

/*
# The table

Where the ending of a name tells what a file is, it is the reader's.
*/
typedef struct reader {
    const char *name, *ending;
    int (*read)(const char *path, arena *a);
} reader;

static const reader readers[] = {
    { "idx-images", "", read_idx_images }, { "idx-labels", "", read_idx_labels },
    { "cifar-10", "", read_cifar_10 }, { "cifar-100", "", read_cifar_100 },
    { "strip", "", read_strip }, { "strip-labels", "", read_list }, { "mat", "", read_mat },
    { "npy", ".npy", read_npy }, { "npy-labels", ".npy", read_labels }, { "npy-images", ".npy", read_npy_images },
    { "npz", "", read_npz }, { "csv", ".csv", read_npy }, { "csv-labels", ".csv", read_labels },
    { "photograph", "", read_photograph }, { "frost", "", read_frost }, { "graph", "", read_graph },
    { "folder", "", read_folder }, { "checkpoint", "", read_checkpoint }, { "results", "", read_results },
    { "claims", "", read_claims }, { "numbers", "", read_numbers },
};
enum { READERS = sizeof readers / sizeof *readers };

static const reader *chosen;

static const reader *reader_named(const char *name)
{
    for (size_t i = 0; i < READERS; i++)
        if (strcmp(readers[i].name, name) == 0) return &readers[i];
    die(STATUS_USAGE, "no reader \"%s\"", name);
}

static const char *inside(const char *name)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", place, name);
    return path;
}

static void end(void)
{
    for (size_t i = 0; i < LINKS; i++) unlink(inside(links[i]));
    for (size_t i = DIRECTORIES; i-- > 0; ) rmdir(inside(directories[i]));
    unlink(input);
    rmdir(place);
}

/* A file in memory, and sets and a folder in which every file is this one. */
static void begin(const char *name)
{
    chosen = reader_named(name);
    threads_begin(1);
    snprintf(place, sizeof place, "%s/tangle.XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    REQUIRE(mkdtemp(place), "%s", place);
    snprintf(input, sizeof input, "%s/input%s", place, chosen->ending);
    setenv("DATA_DIR", place, 1);
    for (size_t i = 0; i < DIRECTORIES; i++) REQUIRE(mkdir(inside(directories[i]), 0777) == 0, "%s", directories[i]);
    for (size_t i = 0; i < LINKS; i++) REQUIRE(symlink(input, inside(links[i])) == 0, "%s", links[i]);
    atexit(end);
}

static int try_bytes(const uint8_t *bytes, size_t size)
{
    int out = open(input, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    REQUIRE(out >= 0 && write(out, bytes, size) == (ssize_t)size && close(out) == 0, "%s", input);
    arena *a = arena_new();
    int status = chosen->read(input, a);
    arena_free(a);
    if (status != 0)
        REQUIRE(strncmp(error_text(), place, strlen(place)) == 0 && !strchr(error_text(), '\n'), "\"%s\"", error_text());
    return status;
}

#ifdef FUZZING
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The first argument is ours, the rest libFuzzer's. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    if (*argc < 2) die(STATUS_USAGE, "expected a reader");
    begin((*argv)[1]);
    (*argv)[1] = (*argv)[0];
    ++*argv, --*argc;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    try_bytes(bytes, size);
    return 0;
}
#else
static int save(const char *path)
{
    state s;
    checkpoint *c = keep(&s, path);
    int status = checkpoint_save(c);
    drop(&s, c);
    return status;
}

static void replay(const char *path, arena *a)
{
    FILE *in = fopen(path, "rb");
    struct stat about;
    if (!in || fstat(fileno(in), &about) != 0) die(STATUS_FAILED, "%s cannot be read", path);
    size_t size = (size_t)about.st_size;
    uint8_t *bytes = arena_take(a, size + 1, 1);
    REQUIRE(fread(bytes, 1, size, in) == size, "%s", path);
    fclose(in);
    printf("%s: %s\n", path, try_bytes(bytes, size) == 0 ? "read" : strchr(error_text(), ':') + 2);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "names") == 0) {
        for (size_t i = 0; i < READERS; i++) puts(readers[i].name);
        return STATUS_DONE;
    }
    if (argc < 3) die(STATUS_USAGE, "expected a reader and files");
    if (strcmp(argv[1], "save") == 0) return save(argv[2]) == 0 ? STATUS_DONE : STATUS_FAILED;
    arena *a = arena_new();
    begin(argv[1]);
    for (int i = 2; i < argc; i++) replay(argv[i], a);
    arena_free(a);
    return STATUS_DONE;
}
#endif
