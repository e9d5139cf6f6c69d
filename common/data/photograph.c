/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "data/jpeg.h"
#include "data/photograph.h"
#include "data/png_errors.h"

photograph photograph_new(size_t height, size_t width, arena *a)
{
    size_t size = height * width * PHOTOGRAPH_CHANNELS;
    return (photograph){ height, width, arena_take(a, size, 1) };
}

/*
# A file as bytes
*/
typedef struct bytes { unsigned char *at; size_t size, read; const char *path; } bytes;

static int read_file(bytes *b, const char *path, arena *a)
{
    struct stat about;
    if (stat(path, &about) != 0) return fail("%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode)) return fail("%s: not a regular file", path);
    FILE *in = fopen(path, "rb");
    if (!in) return fail("%s: %s", path, strerror(errno));
    size_t size = (size_t)about.st_size;
    *b = (bytes){ arena_take(a, size + 1, 1), size, 0, path };
    bool whole = fread(b->at, 1, size, in) == size;
    fclose(in);
    return whole ? 0 : fail("%s: changed while it was read; try again", path);
}

/*
# PNG

libpng reads the whole picture at once.
*/
static void next_bytes(png_structp png, png_bytep to, size_t count)
{
    bytes *b = png_get_io_ptr(png);
    if (count > b->size - b->read) png_error(png, "truncated");
    memcpy(to, b->at + b->read, count);
    b->read += count;
}

static int read_png(photograph *p, png_structp png, png_infop info, arena *a)
{
    if (setjmp(png_jmpbuf(png))) return -1;
    png_read_png(png, info, PNG_TRANSFORM_EXPAND | PNG_TRANSFORM_STRIP_16 | PNG_TRANSFORM_GRAY_TO_RGB |
                 PNG_TRANSFORM_STRIP_ALPHA, NULL);
    *p = photograph_new(png_get_image_height(png, info), png_get_image_width(png, info), a);
    size_t line = p->width * PHOTOGRAPH_CHANNELS;
    REQUIRE(png_get_rowbytes(png, info) == line, "%zu bytes a line of %zu pixels",
            (size_t)png_get_rowbytes(png, info), p->width);
    png_bytepp from = png_get_rows(png, info);
    for (size_t i = 0; i < p->height; i++) memcpy(p->at + i * line, from[i], line);
    return 0;
}

static int unpack_png(photograph *p, bytes *b, arena *a)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, (void *)b->path, png_refuse, png_pass);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    REQUIRE(info, "%s: libpng does not start", b->path);
    png_set_read_fn(png, b, next_bytes);
    int status = read_png(p, png, info, a);
    png_destroy_read_struct(&png, &info, NULL);
    return status;
}

int photograph_read(photograph *p, const char *path, arena *a)
{
    bytes b = { .path = path };
    if (read_file(&b, path, a) != 0) return -1;
    if (b.size >= 8 && png_sig_cmp(b.at, 0, 8) == 0) return unpack_png(p, &b, a);
    if (b.size >= 2 && b.at[0] == 0xff && b.at[1] == 0xd8) return jpeg_unpack(p, b.at, b.size, path, a);
    return fail("%s: neither a PNG nor a JPEG file", path);
}
