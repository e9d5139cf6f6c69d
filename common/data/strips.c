/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "data/png_errors.h"
#include "data/strips.h"

enum { RGB = 3 };

/*
# Pictures
*/
static void read_bytes(png_structp png, png_bytep to, size_t count)
{
    FILE *in = png_get_io_ptr(png);
    if (fread(to, 1, count, in) != count)
        png_error(png, ferror(in) ? strerror(errno) : "truncated");
}

static int check_form(png_structp png, png_infop info, mat x, const char *path)
{
    unsigned width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    int depth = png_get_bit_depth(png, info), type = png_get_color_type(png, info);
    if (depth != 8 || type != PNG_COLOR_TYPE_RGB)
        return fail("%s: a PNG file of colour type %d and %d bits, expected type %d (RGB) and 8",
                    path, type, depth, PNG_COLOR_TYPE_RGB);
    if (png_get_interlace_type(png, info) != PNG_INTERLACE_NONE)
        return fail("%s: interlaced, expected a PNG file without", path);
    if (height != x.rows || (size_t)width * RGB != x.cols)
        return fail("%s: %u lines of %u pixels, expected %zu of %zu (a line is an image)", path,
                    height, width, x.rows, x.cols / RGB);
    return 0;
}

static int read_picture(mat x, unsigned char *line, png_structp png, png_infop info,
                        const char *path)
{
    if (setjmp(png_jmpbuf(png))) return -1;
    png_read_info(png, info);
    if (check_form(png, info, x, path) != 0) return -1;
    for (size_t i = 0; i < x.rows; i++) {
        png_read_row(png, line, NULL);
        for (size_t e = 0; e < x.cols; e++) mat_row(x, i)[e] = (real)line[e] / 255;
    }
    png_read_end(png, NULL);
    return 0;
}

int strips_images(mat x, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return fail("%s: %s", path, strerror(errno));
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, (void *)path, png_refuse, png_pass);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    unsigned char *line = malloc(x.cols);
    REQUIRE(info && line, "%s: libpng does not start", path);
    png_set_read_fn(png, in, read_bytes);
    int status = read_picture(x, line, png, info, path);
    free(line);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(in);
    return status;
}

/*
# Labels

Of JSON we need the brackets, the commas and integers; `scanf` skips the
blanks. What stands behind a number tells whether the list goes on. Nine digits
are more than any label has, and fit an int.
*/
static int read_label(int *label, FILE *in, size_t i, size_t n, const char *path)
{
    char behind;
    if (fscanf(in, "%9d %c", label, &behind) != 2 || (behind != ',' && behind != ']'))
        return fail("%s: entry %zu is no integer followed by a comma or a bracket", path, i);
    if (behind == ']' && i + 1 < n)
        return fail("%s: %zu labels, expected %zu", path, i + 1, n);
    if (behind == ',' && i + 1 == n)
        return fail("%s: the list goes on after the %zu labels that are expected", path, n);
    return 0;
}

static int read_list(int *y, size_t n, size_t classes, FILE *in, const char *path)
{
    char mark;
    if (fscanf(in, " %c", &mark) != 1 || mark != '[')
        return fail("%s: %s, expected a JSON array of labels, [6,9,9]", path,
                    ferror(in) ? strerror(errno) : "it does not begin with a bracket");
    for (size_t i = 0; i < n; i++) {
        if (read_label(&y[i], in, i, n, path) != 0) return -1;
        if (y[i] < 0 || (size_t)y[i] >= classes)
            return fail("%s: label %d of example %zu, expected 0 to %zu", path, y[i], i,
                        classes - 1);
    }
    if (fscanf(in, " %c", &mark) == 1)
        return fail("%s: text after the closing bracket", path);
    return 0;
}

int strips_labels(int *y, size_t n, size_t classes, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return fail("%s: %s", path, strerror(errno));
    int status = read_list(y, n, classes, in, path);
    fclose(in);
    return status;
}
