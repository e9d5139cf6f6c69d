/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/atomic.h"
#include "base/error.h"
#include "data/npy.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "numbers are copied from file to memory as they are");

enum { CHUNK = 1 << 16, LONGEST_HEADER = 1 << 16, PREAMBLE = 10, MOST_DIMENSIONS = 4 };

static const char magic[6] = { '\x93', 'N', 'U', 'M', 'P', 'Y' };

typedef enum { F2, F4, F8, I1, I4, I8, U1, KINDS } kind;
static const char *const kind_name[KINDS] = { "<f2", "<f4", "<f8", "|i1", "<i4", "<i8", "|u1" };
static const size_t kind_size[KINDS] = { 2, 4, 8, 1, 4, 8, 1 };

typedef struct npy_file {
    FILE *stream;
    const char *path;
    size_t bytes, data;                     /* of the file; where its numbers start */
    kind kind;
    size_t most;                            /* dimensions that are taken */
    size_t dimensions, size[MOST_DIMENSIONS];
    size_t rows, cols;                      /* one dimension: rows x 1; several: rows x the rest of them */
} npy_file;

/*
# The header, a Python dictionary

The keys may come in any order. A full parser of Python's literals is not
needed: each of the three keys occurs once, and its value has one form.
*/
static const char *value_of(const char *header, const char *key)
{
    const char *at = strstr(header, key);
    if (!at) return NULL;
    at += strlen(key);
    while (*at == ' ') at++;
    if (*at++ != ':') return NULL;
    while (*at == ' ') at++;
    return at;
}

static int parse_type(npy_file *f, const char *header)
{
    const char *at = value_of(header, "'descr'");
    char name[16];
    if (!at || sscanf(at, "'%15[^']'", name) != 1)
        return fail("%s: the header has no simple 'descr': an array of records?", f->path);
    for (kind k = 0; k < KINDS; k++)
        if (strcmp(name, kind_name[k]) == 0 || (k == U1 && strcmp(name, "<u1") == 0)) {
            f->kind = k;
            return 0;
        }
    if (name[0] == '>')
        return fail("%s: type %s is big-endian, expected little-endian; save"
                    " x.astype('<%s')", f->path, name, name + 1);
    if (name[1] && strchr("USO", name[1]))
        return fail("%s: type %s holds words or objects, expected numbers; save words as .csv, one"
                    " a line", f->path, name);
    return fail("%s: type %s, expected one of f2 f4 f8 i1 i4 i8 u1; save x.astype('<f4')"
                " or labels.astype('<i4')", f->path, name);
}

static int parse_order(const npy_file *f, const char *header)
{
    const char *at = value_of(header, "'fortran_order'");
    if (at && strncmp(at, "False", 5) == 0) return 0;
    if (at && strncmp(at, "True", 4) == 0)
        return fail("%s: columns first (Fortran order), expected rows first; save"
                    " numpy.ascontiguousarray(x)", f->path);
    return fail("%s: the header has no 'fortran_order' of True or False", f->path);
}

/* One number of the shape; `*at` moves behind it. */
static int parse_size(npy_file *f, const char *shape, const char **at)
{
    char *end;
    errno = 0;
    unsigned long long value = isdigit((unsigned char)**at) ? strtoull(*at, &end, 10) : 0;
    if (value == 0)
        return fail("%s: shape %.*s: expected whole numbers from 1; was an empty array saved?",
                    f->path, (int)strcspn(shape, ")") + 1, shape);
    if (errno == ERANGE || (f->dimensions > 0 && __builtin_mul_overflow(f->cols, value, &f->cols)))
        return fail("%s: dimension %zu of the shape overflows", f->path, f->dimensions);
    if (f->dimensions == f->most)
        return f->most == 2 ? fail("%s: more than two dimensions; save x.reshape(len(x), -1)", f->path)
                            : fail("%s: more than %zu dimensions", f->path, f->most);
    f->size[f->dimensions] = value;
    *at = end;
    return 0;
}

static int parse_shape(npy_file *f, const char *header)
{
    const char *shape = value_of(header, "'shape'"), *at = shape;
    if (!at || *at++ != '(')
        return fail("%s: the header has no 'shape' of the form (n,) or (n, d)", f->path);
    f->cols = 1;
    for (f->dimensions = 0; ; f->dimensions++) {
        while (*at == ' ' || *at == ',') at++;
        if (*at == ')') break;
        if (parse_size(f, shape, &at) != 0) return -1;
    }
    if (f->dimensions == 0)
        return fail("%s: a single number, expected one or two dimensions", f->path);
    f->rows = f->size[0];
    return 0;
}

/* The shape and the length of the file must say the same. */
static int check_length(const npy_file *f)
{
    size_t count, bytes;
    if (__builtin_mul_overflow(f->rows, f->cols, &count) ||
        __builtin_mul_overflow(count, kind_size[f->kind], &bytes) ||
        bytes > SIZE_MAX - f->data)
        return fail("%s: the shape %zu x %zu overflows", f->path, f->rows, f->cols);
    if (f->bytes < f->data + bytes)
        return fail("%s: truncated: %zu x %zu numbers of %zu bytes need %zu bytes, the file"
                    " has %zu", f->path, f->rows, f->cols, kind_size[f->kind],
                    f->data + bytes, f->bytes);
    if (f->bytes > f->data + bytes)
        return fail("%s: %zu bytes follow after the %zu x %zu numbers", f->path,
                    f->bytes - f->data - bytes, f->rows, f->cols);
    return 0;
}

static int read_header(npy_file *f)
{
    unsigned char p[PREAMBLE + 2];
    char header[LONGEST_HEADER + 1];
    if (fread(p, 1, PREAMBLE, f->stream) != PREAMBLE || memcmp(p, magic, sizeof magic) != 0)
        return fail("%s: not an NPY file: it does not start with \\x93NUMPY", f->path);
    if (p[6] != 1 && p[6] != 2)
        return fail("%s: NPY version %d.%d, expected 1.0 or 2.0", f->path, p[6], p[7]);
    size_t length = p[8] | (size_t)p[9] << 8;
    f->data = PREAMBLE;
    if (p[6] == 2) {                                    /* two more bytes of length */
        if (fread(p + PREAMBLE, 1, 2, f->stream) != 2)
            return fail("%s: truncated within its header", f->path);
        length |= (size_t)p[10] << 16 | (size_t)p[11] << 24;
        f->data += 2;
    }
    if (length > LONGEST_HEADER)
        return fail("%s: a header of %zu bytes, expected at most %d", f->path, length,
                    LONGEST_HEADER);
    if (fread(header, 1, length, f->stream) != length)
        return fail("%s: truncated within its header", f->path);
    header[length] = '\0';
    f->data += length;
    if (parse_type(f, header) != 0 || parse_order(f, header) != 0 ||
        parse_shape(f, header) != 0)
        return -1;
    return check_length(f);
}

/* The shape may have `most` dimensions. */
static int open_at_data(npy_file *f, const char *path, size_t most)
{
    struct stat about;
    *f = (npy_file){ .path = path, .stream = fopen(path, "rb"), .most = most };
    if (!f->stream || fstat(fileno(f->stream), &about) != 0)
        return fail("%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail("%s: not a regular file", path);
    f->bytes = (size_t)about.st_size;
    if (f->bytes == 0)
        return fail("%s: empty, expected an array; was it saved to the end?", path);
    return read_header(f);
}

static int open_in_memory(npy_file *f, npy_bytes from, const char *path, size_t most)
{
    *f = (npy_file){ .path = path, .bytes = from.count, .most = most };
    if (from.count == 0) return fail("%s: empty, expected an array", path);
    f->stream = fmemopen(from.at, from.count, "rb");
    REQUIRE(f->stream, "%s: no stream of %zu bytes: %s", path, from.count, strerror(errno));
    return read_header(f);
}

/*
# From seven types to two

The numbers come in chunks, whose bytes are copied into a variable of their
type: a pointer into the chunk would not be aligned.
*/
static double half(uint16_t bits)
{
    int exponent = bits >> 10 & 31, mantissa = bits & 1023;
    double size = exponent == 0 ? ldexp(mantissa, -24) : ldexp(1024 + mantissa, exponent - 25);
    if (exponent == 31) size = mantissa ? NAN : INFINITY;
    return bits >> 15 ? -size : size;
}

static double number_at(const unsigned char *chunk, size_t i, kind k)
{
    const unsigned char *at = chunk + i * kind_size[k];
    uint16_t f2; float f4; double f8; int32_t i4; int64_t i8;
    switch (k) {
    case F2: memcpy(&f2, at, sizeof f2); return half(f2);
    case F4: memcpy(&f4, at, sizeof f4); return f4;
    case F8: memcpy(&f8, at, sizeof f8); return f8;
    case I1: return (int8_t)*at;
    case I4: memcpy(&i4, at, sizeof i4); return i4;
    case I8: memcpy(&i8, at, sizeof i8); return (double)i8;
    default: return *at;
    }
}

static int read_chunk(npy_file *f, unsigned char *chunk, size_t count)
{
    if (fread(chunk, kind_size[f->kind], count, f->stream) == count) return 0;
    return fail("%s: %s while reading its numbers", f->path,
                ferror(f->stream) ? strerror(errno) : "unexpected end");
}

static size_t chunk_at(size_t done, size_t all)
{
    return all - done < CHUNK / 8 ? all - done : CHUNK / 8;
}

static int read_matrix(npy_file *f, mat *m, arena *a)
{
    unsigned char chunk[CHUNK];
    *m = arena_mat(a, f->rows, f->cols);
    REQUIRE(f->cols > 0, "%s: rows of no columns", f->path);    /* as parse_size sees to, for clang-tidy */
    for (size_t done = 0, count; done < mat_size(*m); done += count) {
        count = chunk_at(done, mat_size(*m));
        if (read_chunk(f, chunk, count) != 0) return -1;
        for (size_t i = 0; i < count; i++) {
            double value = number_at(chunk, i, f->kind);
            if (isfinite(value) && fabs(value) > (double)REAL_MAX)
                return fail("%s: %g in row %zu is too large for single precision",
                            f->path, value, (done + i) / f->cols);
            m->at[done + i] = (real)value;
        }
    }
    return 0;
}

static int read_labels(npy_file *f, int **y, size_t classes, arena *a)
{
    unsigned char chunk[CHUNK];
    if (f->dimensions != 1)
        return fail("%s: shape %zu x %zu, expected labels in one dimension; save y.ravel()",
                    f->path, f->rows, f->cols);
    if (f->kind == F2 || f->kind == F4 || f->kind == F8)
        return fail("%s: type %s, expected integer labels; save y.astype('<i4')", f->path,
                    kind_name[f->kind]);
    double low = classes ? 0 : INT_MIN, high = classes ? (double)classes - 1 : INT_MAX;
    *y = arena_take(a, f->rows, sizeof **y);
    for (size_t done = 0, count; done < f->rows; done += count) {
        count = chunk_at(done, f->rows);
        if (read_chunk(f, chunk, count) != 0) return -1;
        for (size_t i = 0; i < count; i++) {
            double value = number_at(chunk, i, f->kind);
            if (!(value >= low && value <= high))
                return fail("%s: label %.0f of example %zu, expected %.0f to %.0f", f->path,
                            value, done + i, low, high);
            (*y)[done + i] = (int)value;
        }
    }
    return 0;
}

static int read_images(npy_file *f, mat *x, image *shape, size_t channels, arena *a)
{
    unsigned char chunk[CHUNK];
    if (f->dimensions != 4 || f->size[3] != channels)
        return fail("%s: %zu dimension%s, %zu numbers each, expected images as n x height x width x %zu%s", f->path,
                    f->dimensions, f->dimensions == 1 ? "" : "s", f->cols, channels,
                    f->dimensions == 4 && f->size[1] == channels ? "; save x.transpose(0, 2, 3, 1)" : "");
    if (f->kind != U1)
        return fail("%s: type %s, expected bytes from 0 to 255; save images.astype('u1'), or "
                    "(255 * images).round().astype('u1') of images from 0 to 1", f->path, kind_name[f->kind]);
    *shape = (image){ f->size[1], f->size[2], channels };
    *x = arena_mat(a, f->rows, f->cols);
    for (size_t done = 0, count; done < mat_size(*x); done += count) {
        count = chunk_at(done, mat_size(*x));
        if (read_chunk(f, chunk, count) != 0) return -1;
        for (size_t i = 0; i < count; i++) x->at[done + i] = (real)chunk[i] / 255;
    }
    return 0;
}

static int finish(npy_file *f, int status)
{
    if (f->stream) fclose(f->stream);
    return status;
}

int npy_read(mat *m, const char *path, arena *a)
{
    npy_file f;
    int status = open_at_data(&f, path, 2);
    return finish(&f, status == 0 ? read_matrix(&f, m, a) : status);
}

int npy_read_bytes(mat *m, npy_bytes from, const char *path, arena *a)
{
    npy_file f;
    int status = open_in_memory(&f, from, path, 2);
    return finish(&f, status == 0 ? read_matrix(&f, m, a) : status);
}

int npy_labels(int **y, size_t *n, size_t classes, const char *path, arena *a)
{
    npy_file f;
    int status = open_at_data(&f, path, 2);
    if (status == 0) status = read_labels(&f, y, classes, a);
    *n = f.rows;
    return finish(&f, status);
}

int npy_labels_bytes(int **y, size_t *n, size_t classes, npy_bytes from, const char *path, arena *a)
{
    npy_file f;
    int status = open_in_memory(&f, from, path, 2);
    if (status == 0) status = read_labels(&f, y, classes, a);
    *n = f.rows;
    return finish(&f, status);
}

int npy_images(mat *x, image *shape, size_t channels, const char *path, arena *a)
{
    npy_file f;
    int status = open_at_data(&f, path, MOST_DIMENSIONS);
    return finish(&f, status == 0 ? read_images(&f, x, shape, channels, a) : status);
}

/*
# Writing

The header is padded with spaces so that the numbers start at a multiple of 64
bytes, as NumPy does. Room for four numbers of 20 digits makes it 192 long; two do with 128.
*/
static void write_header(FILE *out, const char *type, const char *shape)
{
    enum { MOST = 192 };
    char h[MOST + 1];
    int length = snprintf(h + PREAMBLE, MOST - PREAMBLE, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }",
                          type, shape);
    int whole = PREAMBLE + length < 128 ? 128 : MOST;
    memcpy(h, magic, sizeof magic);
    memcpy(h + sizeof magic, (char[]){ 1, 0, (char)(whole - PREAMBLE), 0 }, 4);
    memset(h + PREAMBLE + length, ' ', (size_t)(whole - PREAMBLE - length));
    h[whole - 1] = '\n';
    fwrite(h, 1, (size_t)whole, out);
}

int npy_write(const char *path, mat m)
{
    atomic_file f;
    char type[8], shape[64];
    if (atomic_open(&f, path) != 0) return -1;
    snprintf(type, sizeof type, "<f%zu", sizeof(real));
    snprintf(shape, sizeof shape, "%zu, %zu", m.rows, m.cols);
    write_header(f.stream, type, shape);
    fwrite(m.at, sizeof(real), mat_size(m), f.stream);
    return atomic_close(&f);
}

int npy_images_begin(atomic_file *f, const char *path, size_t n, image s)
{
    char shape[96];
    if (atomic_open(f, path) != 0) return -1;
    snprintf(shape, sizeof shape, "%zu, %zu, %zu, %zu", n, s.height, s.width, s.channels);
    write_header(f->stream, "|u1", shape);
    return 0;
}

void npy_images_add(atomic_file *f, mat x)
{
    unsigned char chunk[CHUNK];
    for (size_t done = 0, count; done < mat_size(x); done += count) {
        count = chunk_at(done, mat_size(x));
        for (size_t i = 0; i < count; i++)
            chunk[i] = image_byte(x.at[done + i]);
        fwrite(chunk, 1, count, f->stream);
    }
}

int npy_write_labels(const char *path, const int *y, size_t n, size_t times)
{
    atomic_file f;
    char shape[32];
    for (size_t i = 0; i < n; i++)
        if (y[i] < 0 || y[i] > 255) return fail("%s: label %d of example %zu, expected 0 to 255", path, y[i], i);
    if (atomic_open(&f, path) != 0) return -1;
    snprintf(shape, sizeof shape, "%zu,", n * times);
    write_header(f.stream, "|u1", shape);
    for (size_t i = 0; i < n * times; i++) putc(y[i % n], f.stream);
    return atomic_close(&f);
}
