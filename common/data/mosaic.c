/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/atomic.h"
#include "base/error.h"
#include "data/mosaic.h"
#include "data/png_errors.h"

/*
# A line of pixels

Line `i` of the picture runs through line i mod height of `columns` images.
*/
static void fill_line(unsigned char *line, size_t i, mat x, image shape, size_t columns)
{
    size_t width = shape.width * shape.channels, first = i / shape.height * columns;
    memset(line, 255, columns * width);
    for (size_t k = 0; k < columns && first + k < x.rows; k++) {
        const real *from = mat_row(x, first + k) + i % shape.height * width;
        for (size_t e = 0; e < width; e++) line[k * width + e] = image_byte(from[e]);
    }
}

/*
# The file

libpng jumps when writing fails; why it did, the stream knows, and `atomic_close` says.
*/
static void give_up(png_structp png, png_const_charp reason)
{
    (void)reason;
    png_longjmp(png, 1);
}

static bool write_picture(png_structp png, png_infop info, FILE *out, unsigned char *line, mat x, image shape,
                          size_t columns)
{
    size_t height = (x.rows + columns - 1) / columns * shape.height;
    if (setjmp(png_jmpbuf(png))) return false;
    png_init_io(png, out);
    png_set_IHDR(png, info, (png_uint_32)(columns * shape.width), (png_uint_32)height, 8,
                 shape.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (size_t i = 0; i < height; i++) {
        fill_line(line, i, x, shape, columns);
        png_write_row(png, line);
    }
    png_write_end(png, NULL);
    return true;
}

int mosaic_write(const char *path, mat x, image shape, size_t columns)
{
    REQUIRE(x.rows > 0 && columns > 0 && x.cols == image_size(shape) && (shape.channels == 1 || shape.channels == 3),
            "%zu rows of %zu numbers for images of %zu x %zu x %zu, %zu side by side", x.rows, x.cols,
            shape.height, shape.width, shape.channels, columns);
    atomic_file f;
    if (atomic_open(&f, path) != 0) return -1;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, png_pass);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    unsigned char *line = malloc(columns * shape.width * shape.channels);
    REQUIRE(info && line, "%s: libpng does not start", path);
    bool whole = write_picture(png, info, f.stream, line, x, shape, columns);
    REQUIRE(whole || ferror(f.stream), "%s: libpng gave up", path);
    free(line);
    png_destroy_write_struct(&png, &info);
    return atomic_close(&f);
}
