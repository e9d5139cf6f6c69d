/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Corruptions of one's own images

Makes of test images what CIFAR-10-C is of CIFAR-10's: how robust is *your* classifier against noise, blur, weather
and bad packing?

    corrupt --output CIFAR-10-C/changes.tsv
    corrupt --set svhn --output SVHN-C/changes.tsv
    corrupt --images x.npy --labels y.npy --output mine-C/changes.tsv

*Reads* the test images of a set, or bytes, n x height x width x 3, from a `.npy` file, 16 to 62 pixels a side: the
severities are those for small images. *Writes* into the directory of the result, under the names that the published
files have, `gaussian_noise.npy` to `jpeg_compression.npy` and three extra ones (`common/data/corruption.h`), bytes too:
the n images at severity 1, then at 2, up to 5, so 5n x height x width x 3; `labels.npy`, five times over; and into the
result how much the images changed. Another seed draws other noise. *Checked by* `tests/corruption.bats`.

For CIFAR-10 that is 2.8 GB, in 2 minutes on 2 cores.
*/
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"          /* gives: die */
#include "change.h"              /* gives: change_add */
#include "data/corruption.h"     /* gives: corrupt */
#include "data/npy.h"            /* gives: npy_images */
#include "run/load.h"            /* gives: run_load, run_frost */

static const char *set_name, *images_file, *labels_file;

static const run_word words[] = {
    { "set", &set_name, "NAME", "the test images of cifar-10 (default), cifar-100 or svhn", OPTIONAL },
    { "images", &images_file, "FILE", "or your own: .npy of bytes, n x height x width x 3", OPTIONAL },
    { "labels", &labels_file, "FILE", "their labels: .npy of whole numbers from 0 to 255", OPTIONAL },
    { 0 }
};
static const run_setting settings[] = { { 0 } };

enum { BLOCK = 1000, PATH = 4096, COLOURS = 3 };

/*
# What was given
*/
typedef struct input { examples given; image shape; } input;

static input read_files(run *r, arena *memory)
{
    static const char *const beside[] = { NULL };
    input in = { 0 };
    size_t labels;
    run_refuse_overwrite(r, images_file, beside);
    if (npy_images(&in.given.x, &in.shape, COLOURS, images_file, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    run_input(r, images_file);
    if (!labels_file) return in;
    run_refuse_overwrite(r, labels_file, beside);
    if (npy_labels(&in.given.y, &labels, 256, labels_file, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    if (labels != in.given.x.rows)
        die(STATUS_FAILED, "%s: %zu labels of %zu images", labels_file, labels, in.given.x.rows);
    run_input(r, labels_file);
    return in;
}

static input input_read(run *r, arena *memory)
{
    if (set_name && images_file) die(STATUS_USAGE, "--set or --images: expected one of them");
    if (set_name && strcmp(set_name, "cifar-10") != 0 && strcmp(set_name, "cifar-100") != 0 && strcmp(set_name, "svhn") != 0)
        die(STATUS_USAGE, "--set %s: expected cifar-10, cifar-100 or svhn", set_name);
    if (labels_file && !images_file) die(STATUS_USAGE, "--labels: a set has its own; expected --images");
    input in;
    if (images_file) {
        in = read_files(r, memory);
    } else {
        dataset data = run_load(r, set_name ? set_name : "cifar-10", NULL, memory);
        in = (input){ data.test, data.shape };
    }
    size_t low = in.shape.height < in.shape.width ? in.shape.height : in.shape.width;
    size_t high = in.shape.height > in.shape.width ? in.shape.height : in.shape.width;
    if (low < CORRUPTION_LEAST_SIDE || high > CORRUPTION_MOST_SIDE)
        die(STATUS_FAILED, "%s: images of %zu x %zu, expected %d to %d pixels a side",
            images_file ? images_file : set_name, in.shape.height, in.shape.width,
            CORRUPTION_LEAST_SIDE, CORRUPTION_MOST_SIDE);
    return in;
}

/*
# Where it goes

The names are not the user's to choose, so nothing that is there is written over, unless the result is there as well,
and these are its files.
*/
static void place_of(const run *r, char path[PATH], const char *name)
{
    run_beside(r, path, PATH, ".tsv");
    char *slash = strrchr(path, '/'), *end = slash ? slash + 1 : path;
    size_t room = PATH - (size_t)(end - path);
    REQUIRE((size_t)snprintf(end, room, "%s.npy", name) < room, "a path of more than %d bytes", PATH);
}

static bool is_there(const char *path, struct stat *s)
{
    return path && stat(path, s) == 0;
}

static void require_free(const run *r, const char *name, bool ours)
{
    char path[PATH];
    struct stat there, s;
    place_of(r, path, name);
    if (!is_there(path, &there)) return;
    for (size_t k = 0; k < 2; k++)
        ours &= !(is_there(k ? labels_file : images_file, &s) && s.st_dev == there.st_dev && s.st_ino == there.st_ino);
    if (!ours)
        die(STATUS_USAGE, "--output: %s is there and would be written over; expected a directory without it", path);
}

static void require_places(const run *r, bool resumed)
{
    char result[PATH];
    struct stat s;
    run_beside(r, result, PATH, ".tsv");
    bool ours = resumed || is_there(result, &s);
    for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++) require_free(r, corruptions[c].name, ours);
    require_free(r, "labels", ours);
}

/*
# One corruption

A block of images at a time, so that memory holds the set once.
*/
static void write_corruption(run *r, const input *in, const corruption *c, const corruption_settings *how, arena *scratch)
{
    char path[PATH];
    atomic_file f;
    mat x = in->given.x, damaged = arena_mat(scratch, mat_block(x, 0, BLOCK).rows, x.cols);
    place_of(r, path, c->name);
    if (npy_images_begin(&f, path, SEVERITIES * x.rows, in->shape) != 0) die(STATUS_FAILED, "%s", error_text());
    for (size_t severity = 1; severity <= SEVERITIES; severity++) {
        change found = { 0 };
        for (size_t first = 0; first < x.rows; first += BLOCK) {
            mat from = mat_block(x, first, BLOCK);
            mat to = mat_rows(damaged, 0, from.rows);
            corrupt(to, from, first, c, severity, how);
            npy_images_add(&f, to);
            change_add(&found, to, from);
        }
        change_rows(r, c->name, severity, &found);
    }
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, path);
}

/* Labels that are there without any being given are of an earlier run, and of other images. */
static void write_labels(run *r, const input *in)
{
    char path[PATH];
    place_of(r, path, "labels");
    if (!in->given.y) {
        if (unlink(path) != 0 && errno != ENOENT) die(STATUS_FAILED, "%s: %s", path, strerror(errno));
        return;
    }
    if (npy_write_labels(path, in->given.y, in->given.x.rows, SEVERITIES) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, path);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "corrupt",
        .purpose = "Damages test images in the 15 ways and 5 severities of CIFAR-10-C, and in three more ways.",
        .settings = { settings }, .words = words, .profile = "paper", .own_data = true });
    arena *memory = arena_new(), *scratch = arena_new();
    size_t done = 0;
    input in = input_read(r, memory);
    frost ice = run_frost(r, memory);
    const corruption_settings how = { in.shape, run_seed(r), &ice };
    checkpoint_keep(run_checkpoint(r), "done", &done, sizeof done);
    require_places(r, run_resume(r));
    if (checkpoint_save(run_checkpoint(r)) != 0) die(STATUS_FAILED, "%s", error_text());     /* so that the files are ours */
    while (done < CORRUPTIONS_AND_EXTRA) {
        write_corruption(r, &in, &corruptions[done], &how, scratch);
        done++;
        run_tick(r, done, CORRUPTIONS_AND_EXTRA, corruptions[done - 1].title);
        arena_reset(scratch);
    }
    write_labels(r, &in);
    arena_free(scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
