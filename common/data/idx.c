/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Reading bytes that may be compressed, and may be wrong

A download that broke off, a web page saved under the name of an archive, a
header with a flipped bit: all of these look like data until somebody asks.
zlib's `gzread` hands over an uncompressed file as it is, and reports a broken
stream only to those who look, so each read is followed by a look.
*/
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/error.h"
#include "data/idx.h"

enum { CHUNK = 1 << 16, MOST_DIMENSIONS = 3 };

/*
Deflate cannot make 1032 bytes out of less than one, so a header that
promises more than that of the bytes on disk is wrong, and is found out
before any memory is taken for it.
*/
enum { MOST_EXPANSION = 1032 };

typedef struct idx_file {
    gzFile stream;
    const char *path;
    size_t bytes;                                            /* on disk */
    size_t size[MOST_DIMENSIONS];                            /* n, height, width */
    size_t elements;                                         /* their product */
} idx_file;

static int read_bytes(idx_file *f, void *to, size_t count, const char *what)
{
    int got = gzread(f->stream, to, (unsigned)count);
    if (got == (int)count) return 0;
    int status;
    const char *reason = gzerror(f->stream, &status);
    if (status == Z_OK || status == Z_BUF_ERROR)
        return fail("%s: truncated: it ends within %s; get the file again", f->path, what);
    return fail("%s: damaged within %s (%s); get the file again", f->path, what, reason);
}

static uint32_t big_endian(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int read_magic(idx_file *f, int dimensions)
{
    unsigned char b[4];
    if (read_bytes(f, b, sizeof b, "its header") != 0) return -1;
    size_t length = strlen(f->path);
    if (length > 3 && strcmp(f->path + length - 3, ".gz") == 0 && gzdirect(f->stream))
        return fail("%s: not a gzip file in spite of its name; get the file again", f->path);
    if (b[0] != 0 || b[1] != 0)
        return fail("%s: magic 0x%08x, expected 0x%08x: not an IDX file", f->path,
                    big_endian(b), 0x800u + (unsigned)dimensions);
    if (b[2] != 8)
        return fail("%s: elements of type 0x%02x, expected 0x08 (unsigned bytes)",
                    f->path, b[2]);
    if (b[3] != dimensions)
        return fail("%s: %d dimensions, expected %d (%s)", f->path, b[3], dimensions,
                    dimensions == 1 ? "labels" : "images");
    return 0;
}

static int read_header(idx_file *f, int dimensions)
{
    if (read_magic(f, dimensions) != 0) return -1;
    f->elements = 1;
    for (int d = 0; d < dimensions; d++) {
        unsigned char b[4];
        if (read_bytes(f, b, sizeof b, "its header") != 0) return -1;
        f->size[d] = big_endian(b);
        if (f->size[d] == 0)
            return fail("%s: dimension %d is 0", f->path, d);
        if (__builtin_mul_overflow(f->elements, f->size[d], &f->elements))
            return fail("%s: dimension %d is %zu: their product overflows", f->path, d,
                        f->size[d]);
    }
    if (f->elements / MOST_EXPANSION > f->bytes)
        return fail("%s: the header promises %zu bytes, which a file of %zu bytes cannot hold",
                    f->path, f->elements, f->bytes);
    return 0;
}

static int open_at_data(idx_file *f, const char *path, int dimensions)
{
    struct stat about;
    *f = (idx_file){ .path = path };
    if (stat(path, &about) != 0)
        return fail("%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail("%s: not a regular file", path);
    f->bytes = (size_t)about.st_size;
    f->stream = gzopen(path, "rb");
    if (!f->stream)
        return fail("%s: %s", path, strerror(errno));
    gzbuffer(f->stream, 1 << 18);
    return read_header(f, dimensions);
}

/*
The checksum of a gzip stream stands behind its last byte. Asking for one byte
more than we need makes zlib verify it, and shows whether the file goes on.
*/
static int read_end(idx_file *f)
{
    unsigned char beyond;
    int got = gzread(f->stream, &beyond, 1), status;
    const char *reason = gzerror(f->stream, &status);
    if (got > 0)
        return fail("%s: bytes follow after the %zu that the header promises", f->path,
                    f->elements);
    if (got < 0 || status != Z_OK)
        return fail("%s: %s at its end (%s); get the file again", f->path,
                    status == Z_BUF_ERROR ? "truncated" : "damaged", reason);
    return 0;
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
        if (read_bytes(f, chunk, count, "its pixels") != 0) return -1;
        for (size_t i = 0; i < count; i++) m.at[done + i] = (real)chunk[i] / 255;
    }
    *x = m;
    return read_end(f);
}

static int read_labels(idx_file *f, int **y, size_t n, size_t classes, arena *a)
{
    unsigned char chunk[CHUNK];
    if (f->size[0] != n)
        return fail("%s: %zu labels for %zu images", f->path, f->size[0], n);
    int *label = arena_take(a, n, sizeof *label);
    for (size_t done = 0, count; done < n; done += count) {
        count = chunk_at(f, done);
        if (read_bytes(f, chunk, count, "its labels") != 0) return -1;
        for (size_t i = 0; i < count; i++) {
            if (chunk[i] >= classes)
                return fail("%s: label %d of example %zu, expected 0 to %zu", f->path,
                            chunk[i], done + i, classes - 1);
            label[done + i] = chunk[i];
        }
    }
    *y = label;
    return read_end(f);
}

int idx_images(mat *x, size_t *height, size_t *width, const char *path, arena *a)
{
    idx_file f;
    int status = open_at_data(&f, path, 3);
    if (status == 0) status = read_images(&f, x, a);
    if (f.stream) gzclose_r(f.stream);
    *height = f.size[1];
    *width = f.size[2];
    return status;
}

int idx_labels(int **y, size_t n, size_t classes, const char *path, arena *a)
{
    idx_file f;
    int status = open_at_data(&f, path, 1);
    if (status == 0) status = read_labels(&f, y, n, classes, a);
    if (f.stream) gzclose_r(f.stream);
    return status;
}
