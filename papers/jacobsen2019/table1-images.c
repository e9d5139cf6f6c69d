/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1 on your own photographs

Two folders of images, one to learn from and one to test with, each with a sub-directory for every class: the networks of
`table1-cifar10`, an invertible one with a cosine read-out and a residual one of as many weights, learn to tell the classes apart.

    table1-images --train flowers/train --test flowers/test --output trained/flowers.tsv

PNG and JPEG files of any size serve (`common/data/folder.h`): the middle of each is brought to `--side` pixels. Nothing is stored of
what the blocks of the invertible network are given (`papers/jacobsen2019/recompute.h`), so that images may be large.

*Reads* the images. *Writes* for both networks test and training error in percent, and the number of weights; and
RESULT.images.tsv, which names each image, its class and its bytes.

# ImageNet

is such a pair of folders, and `--profile paper` is the paper's training of its network, but for the size of the
bottlenecks, which it does not print. `papers/jacobsen2019/README.md` says what that takes for the invertible network.
All photographs stay in memory as numbers; and the residual network, of as many weights, takes many times longer, for
its first stage sees all pixels.
*/
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/atomic.h"         /* gives: atomic_open, atomic_close */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "contest.h"             /* gives: contest */
#include "data/folder.h"         /* gives: folder_list, folder_images */

static struct { size_t side, stages, squeezes; } set;

static const run_setting settings[] = {
    { "side", &set.side, NULL, { 16, 32, 64, 224 }, "pixels of a side that each image is brought to", "B.3" },
    { "stages", &set.stages, NULL, { 2, 3, 4, 4 }, "of either network, up to 4", "B.3" },
    { "squeezes", &set.squeezes, NULL, { 1, 1, 1, 2 }, "of the image before the first stage; one more before each next", "B.3" },
    { 0 }
};

static const char *train_folder, *test_folder;

static const run_word words[] = {
    { "train", &train_folder, "DIRECTORY", "images to learn from, a sub-directory a class", NEEDED },
    { "test", &test_folder, "DIRECTORY", "others, of the same classes", NEEDED },
    { 0 }
};

static void check_sizes(void)
{
    size_t halvings = set.squeezes + set.stages - 1;
    if (set.stages > 4) die(STATUS_USAGE, "--stages %zu, expected 1 to 4", set.stages);
    if (halvings >= 16 || set.side % ((size_t)1 << halvings) != 0)
        die(STATUS_USAGE, "--side %zu cannot be halved %zu times (--squeezes %zu, --stages %zu), expected a multiple of %zu",
            set.side, halvings, set.squeezes, set.stages, (size_t)1 << (halvings < 16 ? halvings : 16));
}

static folder listed(const char *path, arena *memory)
{
    folder f;
    if (folder_list(&f, path, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    return f;
}

static void require_two_folders(void)
{
    struct stat a, b;
    if (stat(train_folder, &a) == 0 && stat(test_folder, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
        die(STATUS_USAGE, "--train %s and --test %s: one directory, expected other images to test with", train_folder, test_folder);
}

static void require_same_classes(const folder *a, const folder *b)
{
    for (size_t c = 0; c < a->classes || c < b->classes; c++) {
        const char *in_a = c < a->classes ? a->class_name[c] : NULL, *in_b = c < b->classes ? b->class_name[c] : NULL;
        if (!in_a || !in_b || strcmp(in_a, in_b) != 0)
            die(STATUS_FAILED, "%s and %s: class %zu is \"%s\" here and \"%s\" there, expected the same sub-directories", train_folder,
                test_folder, c + 1, in_a ? in_a : "none", in_b ? in_b : "none");
    }
    if (a->classes < 2) die(STATUS_FAILED, "%s: one class, expected a sub-directory for each of two or more", train_folder);
}

/* The list stands for the images in the provenance; a run on others does not go on from there. */
static void note_images(run *r, const folder *const *of)
{
    char path[4096];
    atomic_file list;
    run_beside(r, path, sizeof path, ".images.tsv");
    if (atomic_open(&list, path) != 0) die(STATUS_FAILED, "%s", error_text());
    fprintf(list.stream, "class\timage\tbytes\n");
    for (size_t part = 0; part < 2; part++)
        for (size_t i = 0; i < of[part]->n; i++) {
            struct stat s = { 0 };
            stat(of[part]->path[i], &s);
            fprintf(list.stream, "%s\t%s\t%lld\n", of[part]->class_name[of[part]->y[i]], of[part]->path[i], (long long)s.st_size);
        }
    if (atomic_close(&list) != 0) die(STATUS_FAILED, "%s", error_text());
    run_input(r, path);
}

static examples images_of(const folder *f, arena *memory)
{
    examples of = { arena_mat(memory, f->n, set.side * set.side * 3), f->y };
    if (folder_images(of.x, f, set.side) != 0) die(STATUS_FAILED, "%s", error_text());
    return of;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "table1-images",
        .purpose = "An invertible network with a cosine read-out against a residual one, on your own folders of images.",
        .settings = { settings, contest_settings }, .words = words, .own_data = true });
    check_sizes();
    arena *memory = arena_new();
    folder train = listed(train_folder, memory), test = listed(test_folder, memory);
    require_two_folders();
    require_same_classes(&train, &test);
    note_images(r, (const folder *const[]){ &train, &test });
    dataset data = { .name = "own", .title = "own images", .classes = train.classes, .class_name = train.class_name,
                     .shape = { set.side, set.side, 3 }, .train = images_of(&train, memory), .test = images_of(&test, memory) };
    contest_depth depth = { .stages = set.stages, .squeezes = set.squeezes, .nothing_stored = true };
    contest(r, &data, depth, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
