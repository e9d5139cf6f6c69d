/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>

#include "base/error.h"
#include "data/idx.h"
#include "data/packed.h"

enum { CHUNK = 1 << 16, MOST_DIMENSIONS = 3 };

typedef struct idx_file {
    packed in;
    size_t size[MOST_DIMENSIONS];                            /* n, height, width */
    size_t elements;                                         /* their product */
} idx_file;

static uint32_t big_endian(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int read_magic(idx_file *f, int dimensions)
{
    unsigned char b[4];
    if (packed_read(&f->in, b, sizeof b, "its header") != 0) return -1;
    if (b[0] != 0 || b[1] != 0)
        return fail("%s: magic 0x%08x, expected 0x%08x: not an IDX file", f->in.path,
                    big_endian(b), 0x800u + (unsigned)dimensions);
    if (b[2] != 8)
        return fail("%s: elements of type 0x%02x, expected 0x08 (unsigned bytes)",
                    f->in.path, b[2]);
    if (b[3] != dimensions)
        return fail("%s: %d dimensions, expected %d (%s)", f->in.path, b[3], dimensions,
                    dimensions == 1 ? "labels" : "images");
    return 0;
}

static int read_header(idx_file *f, int dimensions)
{
    if (read_magic(f, dimensions) != 0) return -1;
    f->elements = 1;
    for (int d = 0; d < dimensions; d++) {
        unsigned char b[4];
        if (packed_read(&f->in, b, sizeof b, "its header") != 0) return -1;
        f->size[d] = big_endian(b);
        if (f->size[d] == 0)
            return fail("%s: dimension %d is 0", f->in.path, d);
        if (__builtin_mul_overflow(f->elements, f->size[d], &f->elements))
            return fail("%s: dimension %d is %zu: their product overflows", f->in.path, d,
                        f->size[d]);
    }
    if (!packed_can_hold(&f->in, f->elements))
        return fail("%s: the header promises %zu bytes, which a file of %zu bytes cannot hold",
                    f->in.path, f->elements, f->in.bytes);
    return 0;
}

static int open_at_data(idx_file *f, const char *path, int dimensions)
{
    f->size[1] = f->size[2] = 0;
    return packed_open(&f->in, path) == 0 ? read_header(f, dimensions) : -1;
}

static size_t chunk_at(const idx_file *f, size_t done)
{
    return f->elements - done < CHUNK ? f->elements - done : CHUNK;
}

static int read_images(idx_file *f, mat *x, arena *a)
{
    unsigned char chunk[CHUNK];
    mat m = arena_mat(a, f->size[0], f->size[1] * f->size[2]);
    for (size_t done = 0, count; done < f->elements; done += count) {
        count = chunk_at(f, done);
        if (packed_read(&f->in, chunk, count, "its pixels") != 0) return -1;
        for (size_t i = 0; i < count; i++) m.at[done + i] = (real)chunk[i] / 255;
    }
    *x = m;
    return packed_end(&f->in, f->elements);
}

static int read_labels(idx_file *f, int **y, size_t n, size_t classes, arena *a)
{
    unsigned char chunk[CHUNK];
    if (f->size[0] != n)
        return fail("%s: %zu labels for %zu images", f->in.path, f->size[0], n);
    int *label = arena_take(a, n, sizeof *label);
    for (size_t done = 0, count; done < n; done += count) {
        count = chunk_at(f, done);
        if (packed_read(&f->in, chunk, count, "its labels") != 0) return -1;
        for (size_t i = 0; i < count; i++) {
            if (chunk[i] >= classes)
                return fail("%s: label %d of example %zu, expected 0 to %zu", f->in.path,
                            chunk[i], done + i, classes - 1);
            label[done + i] = chunk[i];
        }
    }
    *y = label;
    return packed_end(&f->in, f->elements);
}

int idx_images(mat *x, size_t *height, size_t *width, const char *path, arena *a)
{
    idx_file f;
    int status = open_at_data(&f, path, 3);
    if (status == 0) status = read_images(&f, x, a);
    packed_close(&f.in);
    *height = f.size[1];
    *width = f.size[2];
    return status;
}

int idx_labels(int **y, size_t n, size_t classes, const char *path, arena *a)
{
    idx_file f;
    int status = open_at_data(&f, path, 1);
    if (status == 0) status = read_labels(&f, y, n, classes, a);
    packed_close(&f.in);
    return status;
}
