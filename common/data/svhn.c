/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <matio.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "data/svhn.h"

/*
# Is it all there?

libmatio fills what a truncated file lacks with zeros, and returns it. But the
format tells: after a header of 128 bytes, which ends in the version and the
byte order, come elements, each with its type and its length in front. The
last one has to end where the file ends.
*/
enum { HEADER = 128 };
static const char version_5[] = "\0\1IM";           /* little-endian, as all are now */

static int check_elements(FILE *in, const char *path)
{
    char header[HEADER];
    struct stat about;
    if (fstat(fileno(in), &about) != 0) return fail("%s: %s", path, strerror(errno));
    if (fread(header, 1, HEADER, in) != HEADER || memcmp(header + HEADER - 4, version_5, 4) != 0)
        return fail("%s: not a MATLAB file, version 5, little-endian; get the file again", path);
    off_t at = HEADER;
    while (at < about.st_size) {
        uint32_t tag[2];                                        /* type, length */
        if (fseeko(in, at, SEEK_SET) != 0 || fread(tag, sizeof tag, 1, in) != 1) break;
        at += (off_t)sizeof tag + tag[1];
    }
    if (at != about.st_size)
        return fail("%s: truncated: it has %lld bytes, and its last element ends at %lld; get the"
                    " file again", path, (long long)about.st_size, (long long)at);
    return 0;
}

static int check_whole(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return fail("%s: %s", path, strerror(errno));
    int status = check_elements(in, path);
    fclose(in);
    return status;
}

/*
# Two variables

What libmatio finds wrong with packed data it logs, and goes on; we take the
last message.
*/
static _Thread_local char complaint[256];

static void note(int level, char *message)
{
    (void)level;
    snprintf(complaint, sizeof complaint, "%s", message);
}

static int check_variable(const matvar_t *v, const char *name, const char *path)
{
    if (complaint[0])
        return fail("%s: damaged within %s (%s); get the file again", path, name, complaint);
    if (!v)
        return fail("%s: no variable %s, expected X and y", path, name);
    if (v->class_type != MAT_C_UINT8 || v->isComplex)
        return fail("%s: %s is of class %d, expected %d (uint8)", path, name, v->class_type,
                    MAT_C_UINT8);
    if (v->data) return 0;
    fail("%s: %s is empty", path, name);
    return -1;
}

static int check_images(const matvar_t *v, const char *path)
{
    if (check_variable(v, "X", path) != 0) return -1;
    if (v->rank != 4)
        return fail("%s: X has %d dimensions, expected 4", path, v->rank);
    if (v->dims[0] != SVHN_SIDE || v->dims[1] != SVHN_SIDE || v->dims[2] != SVHN_CHANNELS)
        return fail("%s: X is %zu x %zu x %zu x %zu, expected %d x %d x %d x n", path, v->dims[0],
                    v->dims[1], v->dims[2], v->dims[3], SVHN_SIDE, SVHN_SIDE, SVHN_CHANNELS);
    return 0;
}

static int check_labels(const matvar_t *v, size_t n, const char *path)
{
    if (check_variable(v, "y", path) != 0) return -1;
    if (v->rank != 2 || v->dims[0] != n || v->dims[1] != 1)
        return fail("%s: y is %zu x %zu in %d dimensions, expected %zu x 1, a label an image",
                    path, v->dims[0], v->dims[1], v->rank, n);
    const unsigned char *label = v->data;
    for (size_t i = 0; i < n; i++)
        if (label[i] < 1 || label[i] > 10)
            return fail("%s: label %d of example %zu, expected 1 to 10", path, label[i], i);
    return 0;
}

static void reorder(real *x, const unsigned char *bytes)
{
    for (size_t c = 0; c < SVHN_CHANNELS; c++)
        for (size_t j = 0; j < SVHN_SIDE; j++)
            for (size_t i = 0; i < SVHN_SIDE; i++)
                x[(i * SVHN_SIDE + j) * SVHN_CHANNELS + c] = (real)*bytes++ / 255;
}

static int take(mat *x, int **y, const matvar_t *images, const matvar_t *labels,
                const char *path, arena *a)
{
    size_t n = images->dims[3];
    if (check_labels(labels, n, path) != 0) return -1;
    *x = arena_mat(a, n, SVHN_PIXELS);
    *y = arena_take(a, n, sizeof **y);
    const unsigned char *pixels = images->data, *label = labels->data;
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++) {
        reorder(mat_row(*x, i), pixels + i * SVHN_PIXELS);
        (*y)[i] = label[i] % 10;
    }
    return 0;
}

int svhn_read(mat *x, int **y, const char *path, arena *a)
{
    if (check_whole(path) != 0) return -1;
    complaint[0] = '\0';
    Mat_LogInitFunc("svhn", note);
    mat_t *file = Mat_Open(path, MAT_ACC_RDONLY);
    if (!file) return fail("%s: not a MATLAB file (%s)", path, complaint);
    matvar_t *images = Mat_VarRead(file, "X");
    int status = check_images(images, path);
    matvar_t *labels = status == 0 ? Mat_VarRead(file, "y") : NULL;
    if (status == 0) status = take(x, y, images, labels, path, a);
    Mat_VarFree(images);
    Mat_VarFree(labels);
    Mat_Close(file);
    return status;
}
