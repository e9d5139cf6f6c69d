/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readers of colour images, tried out

Without arguments: files made here, number by number, and read back. With
arguments: one reader on one file, or a file for `tests/images.bats` to break.

    images cifar FILE CLASSES RECORDS      10 or 100 classes
    images strip FILE IMAGES PIXELS        what was read, as one line
    images labels FILE LABELS CLASSES
    images svhn FILE
    images set NAME                        statistics of a data set
    images records FILE CLASSES RECORDS    writes ...
    images png FILE IMAGES PIXELS rgb|grey|deep|interlaced
    images mat FILE IMAGES good|double|flat|small|short|eleven|nameless
*/
#include <lzma.h>
#include <math.h>
#include <matio.h>
#include <omp.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "cases.h"
#include "base/threads.h"
#include "data/cifar.h"
#include "data/dataset.h"
#include "base/image.h"
#include "data/mosaic.h"
#include "data/strips.h"
#include "data/svhn.h"

enum { SIDE = 32, CHANNELS = 3, PIXELS = SIDE * SIDE * CHANNELS };

/* Any two neighbours, channels, lines and images differ. */
static unsigned char value_at(size_t n, size_t i, size_t j, size_t c)
{
    return (unsigned char)(n * 59 + i * 7 + j * 3 + c * 101 + i * j % 5);
}

static int label_of(size_t n, size_t classes)
{
    return (int)((n * 7 + 3) % classes);
}

/* Every number of every image stands where `base/image.h` says. */
static void is_read(const char *what, mat x, const int *y, size_t width, size_t classes)
{
    size_t wrong = 0, line = width * CHANNELS;
    for (size_t n = 0; n < x.rows; n++) {
        for (size_t e = 0; e < x.cols; e++) {
            unsigned char wanted = value_at(n, e / line, e / CHANNELS % width, e % CHANNELS);
            wrong += !(fabs((double)mat_row(x, n)[e] * 255 - wanted) <= 1e-4);
        }
        if (y) gsl_test_int(y[n], label_of(n, classes), "%s: label %zu", what, n);
    }
    gsl_test(wrong != 0, "%s: %zu of %zu numbers are wrong", what, wrong, mat_size(x));
}

/*
# Packing

The blocks of the xz file are small, so that several threads have several.
*/
static void write_plain(const char *path, const unsigned char *bytes, size_t count)
{
    FILE *out = fopen(path, "wb");
    REQUIRE(out && fwrite(bytes, 1, count, out) == count && fclose(out) == 0, "%s", path);
}

static void write_gzip(const char *path, const unsigned char *bytes, size_t count)
{
    gzFile out = gzopen(path, "wb");
    REQUIRE(out && gzwrite(out, bytes, (unsigned)count) == (int)count && gzclose(out) == Z_OK,
            "%s", path);
}

static void write_xz(const char *path, const unsigned char *bytes, size_t count)
{
    lzma_stream s = LZMA_STREAM_INIT;
    lzma_mt how = { .threads = 2, .block_size = 4096, .check = LZMA_CHECK_CRC64 };
    size_t room = 2 * count + 4096;
    unsigned char *packed = malloc(room);
    REQUIRE(packed && lzma_stream_encoder_mt(&s, &how) == LZMA_OK, "no xz encoder");
    s.next_in = bytes;
    s.avail_in = count;
    s.next_out = packed;
    s.avail_out = room;
    REQUIRE(lzma_code(&s, LZMA_FINISH) == LZMA_STREAM_END, "%zu bytes do not fit", count);
    write_plain(path, packed, room - s.avail_out);
    lzma_end(&s);
    free(packed);
}

/*
# CIFAR
*/
static unsigned char *records(size_t n, size_t classes, size_t *size)
{
    size_t labels = classes == 100 ? 2 : 1;
    unsigned char *all = malloc(n * (labels + PIXELS)), *at = all;
    REQUIRE(all, "no memory");
    for (size_t k = 0; k < n; k++) {
        if (labels == 2) *at++ = (unsigned char)(19 - k % 20);
        *at++ = (unsigned char)label_of(k, classes);
        for (size_t c = 0; c < CHANNELS; c++)
            for (size_t i = 0; i < SIDE; i++)
                for (size_t j = 0; j < SIDE; j++) *at++ = value_at(k, i, j, c);
    }
    *size = (size_t)(at - all);
    return all;
}

static void test_cifar(arena *a)
{
    enum { N = 23 };
    static const struct {
        const char *path;
        void (*write)(const char *path, const unsigned char *bytes, size_t count);
    } form[] = { { "plain.bin", write_plain }, { "packed.bin.gz", write_gzip },
                 { "packed.bin.xz", write_xz }, { "gzip-without-a-name", write_gzip },
                 { "xz-without-a-name", write_xz } };
    for (size_t classes = 10; classes <= 100; classes += 90)
        for (size_t f = 0; f < sizeof form / sizeof *form; f++) {
            mat x = arena_mat(a, N, CIFAR_PIXELS);
            int y[N];
            size_t size;
            unsigned char *bytes = records(N, classes, &size);
            form[f].write(form[f].path, bytes, size);
            gsl_test(cifar_read(x, y, classes == 10 ? CIFAR_10 : CIFAR_100, form[f].path) != 0,
                     "%s: %s", form[f].path, error_text());
            is_read(form[f].path, x, y, SIDE, classes);
            free(bytes);
        }
}

/*
# PNG strips
*/
static void write_png(const char *path, size_t n, size_t pixels, const char *kind)
{
    bool grey = strcmp(kind, "grey") == 0, deep = strcmp(kind, "deep") == 0;
    int interlaced = strcmp(kind, "interlaced") == 0;
    FILE *out = fopen(path, "wb");
    unsigned char *line = calloc(pixels, 2 * CHANNELS);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    REQUIRE(out && line && info, "%s", path);
    png_init_io(png, out);
    png_set_IHDR(png, info, (unsigned)pixels, (unsigned)n, deep ? 16 : 8,
                 grey ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, interlaced, 0, 0);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_write_info(png, info);
    for (int passes = interlaced ? png_set_interlace_handling(png) : 1; passes > 0; passes--)
        for (size_t k = 0; k < n; k++) {
            for (size_t e = 0; e < pixels * CHANNELS; e++)
                line[e] = value_at(k, e / CHANNELS / SIDE, e / CHANNELS % SIDE, e % CHANNELS);
            png_write_row(png, line);
        }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    free(line);
    REQUIRE(fclose(out) == 0, "%s", path);
}

static void test_strips(arena *a)
{
    enum { N = 9 };
    static const char list[] = "\n[3, 10,17,\t24 ,31,38,45,\n52,59 ]\n";
    mat x = arena_mat(a, N, PIXELS);
    int y[N];
    write_png("strip.png", N, SIDE * SIDE, "rgb");
    gsl_test(strips_images(x, "strip.png") != 0, "strip.png: %s", error_text());
    is_read("strip.png", x, NULL, SIDE, 1);
    write_plain("list.json", (const unsigned char *)list, sizeof list - 1);
    gsl_test(strips_labels(y, N, 60, "list.json") != 0, "list.json: %s", error_text());
    for (size_t n = 0; n < N; n++) gsl_test_int(y[n], (int)(3 + 7 * n), "label %zu of the list", n);
}

/*
# Mosaics

Seven images, three to a line, read back by libpng: each pixel stands in its place, what is beyond 0 and 1
is black or white, and so are the two places at the end.
*/
static void compare_mosaic(image shape, arena *a)
{
    enum { IMAGES = 7, ACROSS = 3, DOWN = 3 };
    mat x = arena_mat(a, IMAGES, image_size(shape));
    for (size_t e = 0; e < mat_size(x); e++) x.at[e] = (real)(value_at(e, 1, 2, 0) - 20) / 200;
    gsl_test(mosaic_write("mosaic.png", x, shape, ACROSS) != 0, "mosaic.png: %s", error_text());
    png_image in = { .version = PNG_IMAGE_VERSION };
    gsl_test(!png_image_begin_read_from_file(&in, "mosaic.png"), "mosaic.png is a PNG file");
    gsl_test(in.width != ACROSS * shape.width || in.height != DOWN * shape.height, "%u x %u pixels", in.height, in.width);
    in.format = shape.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    unsigned char *found = arena_take(a, PNG_IMAGE_SIZE(in), 1);
    gsl_test(!png_image_finish_read(&in, NULL, found, 0, NULL), "its pixels are read");
    size_t wrong = 0, line = ACROSS * shape.width * shape.channels;
    for (size_t e = 0; e < DOWN * shape.height * line; e++) {
        size_t i = e / line, j = e % line / shape.channels, k = i / shape.height * ACROSS + j / shape.width;
        double v = k < IMAGES ? (double)mat_row(x, k)[(i % shape.height * shape.width + j % shape.width) * shape.channels
                                                      + e % shape.channels] : 1;
        wrong += !(fabs(found[e] - 255 * fmin(fmax(v, 0), 1)) <= .5001);
    }
    gsl_test(wrong != 0, "%zu channels: %zu numbers are wrong", shape.channels, wrong);
}

static void test_mosaic(arena *a)
{
    compare_mosaic((image){ 5, 4, 1 }, a);
    compare_mosaic((image){ 3, 8, 3 }, a);
    gsl_test(mosaic_write("nowhere/../strip.png/x.png", arena_mat(a, 1, 4), (image){ 2, 2, 1 }, 1) == 0,
             "a place that cannot be written to is refused");
}

/*
# SVHN
*/
static void write_variable(mat_t *to, const char *name, void *data, int type, int rank,
                           size_t *size, enum matio_compression how)
{
    enum matio_classes class = type == MAT_T_DOUBLE ? MAT_C_DOUBLE : MAT_C_UINT8;
    matvar_t *v = Mat_VarCreate(name, class, (enum matio_types)type, rank, size, data, 0);
    REQUIRE(v && Mat_VarWrite(to, v, how) == 0, "variable %s", name);
    Mat_VarFree(v);
}

static void write_mat(const char *path, size_t n, const char *kind, enum matio_compression how)
{
    bool small = strcmp(kind, "small") == 0, flat = strcmp(kind, "flat") == 0;
    size_t height = small ? SIDE - 1 : SIDE, labels = n - (strcmp(kind, "short") == 0);
    size_t of_x[] = { height, SIDE, CHANNELS, n }, of_y[] = { labels, 1 };
    if (flat) of_x[2] *= n;
    unsigned char *x = calloc(n * PIXELS, sizeof(double)), *at = x, *y = malloc(n);
    mat_t *to = Mat_CreateVer(path, NULL, MAT_FT_MAT5);
    REQUIRE(x && y && to, "%s", path);
    for (size_t k = 0; k < n; k++) {
        y[k] = (unsigned char)(label_of(k, 10) ? label_of(k, 10) : 10);
        for (size_t c = 0; c < CHANNELS; c++)
            for (size_t j = 0; j < SIDE; j++)
                for (size_t i = 0; i < height; i++) *at++ = value_at(k, i, j, c);
    }
    if (strcmp(kind, "eleven") == 0) y[n - 1] = 11;
    write_variable(to, strcmp(kind, "nameless") == 0 ? "Z" : "X", x,
                   strcmp(kind, "double") == 0 ? MAT_T_DOUBLE : MAT_T_UINT8, flat ? 3 : 4, of_x,
                   how);
    write_variable(to, "y", y, MAT_T_UINT8, 2, of_y, how);
    Mat_Close(to);
    free(x);
    free(y);
}

static void test_svhn(arena *a)
{
    enum { N = 27 };
    for (int packed = 0; packed < 2; packed++) {
        mat x = { 0 };
        int *y = NULL;
        write_mat("svhn.mat", N, "good", packed ? MAT_COMPRESSION_ZLIB : MAT_COMPRESSION_NONE);
        gsl_test(svhn_read(&x, &y, "svhn.mat", a) != 0, "svhn.mat: %s", error_text());
        gsl_test(x.rows != N || x.cols != PIXELS, "%zu x %zu", x.rows, x.cols);
        is_read(packed ? "packed svhn.mat" : "svhn.mat", x, y, SIDE, 10);
    }
}

/*
# Statistics of a set

Examples a class, and mean and deviation of each channel; the first three pixels
of the first line and the first of the second tell how the images lie. Label and
first number of an example at the beginning of every fifth tell whether the files
of a set stand in their order.
*/
static void print_channels(const char *part, mat x, size_t channels)
{
    for (size_t c = 0; c < channels; c++) {
        double sum = 0, squares = 0, n = (double)(mat_size(x) / channels);
        for (size_t e = c; e < mat_size(x); e += channels) {
            sum += (double)x.at[e];
            squares += (double)x.at[e] * (double)x.at[e];
        }
        printf("%s\t%zu\tmean\t%.5f\n%s\t%zu\tsd\t%.5f\n", part, c, sum / n, part, c,
               sqrt(squares / n - sum / n * sum / n));
    }
}

static void print_part(const char *part, examples e, const dataset *set)
{
    size_t least = e.x.rows, most = 0;
    for (size_t c = 0; c < set->classes; c++) {
        size_t count = 0;
        for (size_t i = 0; i < e.x.rows; i++) count += e.y[i] == (int)c;
        if (count < least) least = count;
        if (count > most) most = count;
    }
    printf("%s\t.\texamples\t%zu\n%s\t.\tleast\t%zu\n%s\t.\tmost\t%zu\n", part, e.x.rows, part,
           least, part, most);
    printf("%s\t.\tlabels\t%d %d %d %d\n", part, e.y[0], e.y[1], e.y[2], e.y[3]);
    printf("%s\t.\tfifths\t", part);
    for (size_t i = 0; i < 5; i++)
        printf(i ? " %d:%.0f" : "%d:%.0f", e.y[i * e.x.rows / 5],
               (double)mat_row(e.x, i * e.x.rows / 5)[0] * 255);
    printf("\n%s\t.\tpixels\t", part);
    for (size_t p = 0; p < 3 * set->shape.channels; p++) printf("%.0f ", (double)e.x.at[p] * 255);
    for (size_t c = 0; c < set->shape.channels; c++)
        printf(c ? " %.0f" : "%.0f", (double)e.x.at[set->shape.width * set->shape.channels + c] * 255);
    putchar('\n');
    print_channels(part, e.x, set->shape.channels);
}

static void ask(int status)
{
    if (status != 0)
        die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());
}

static void print_set(const char *name, arena *a)
{
    dataset set;
    ask(dataset_load(&set, name, a));
    printf("shape\t.\t.\t%zu x %zu x %zu\n", set.shape.height, set.shape.width, set.shape.channels);
    REQUIRE(set.train.x.cols == image_size(set.shape) && set.test.x.cols == image_size(set.shape),
            "%zu and %zu columns", set.train.x.cols, set.test.x.cols);
    for (size_t i = 0; i < DATASET_FILES && set.file[i]; i++)
        printf("file\t%zu\t.\t%s\n", i, set.file[i]);
    print_part("train", set.train, &set);
    print_part("test", set.test, &set);
}

/*
# One reader on one file
*/
static void print_read(mat x, const int *y)
{
    double sum = 0;
    for (size_t e = 0; e < mat_size(x); e++) sum += (double)x.at[e];
    printf("%zu x %zu, mean %.6f, labels", x.rows, x.cols, sum / (double)mat_size(x));
    for (size_t n = 0; y && n < x.rows && n < 10; n++) printf(" %d", y[n]);
    putchar('\n');
}

static void write_records(const char *path, size_t classes, size_t n)
{
    size_t size;
    unsigned char *bytes = records(n, classes, &size);
    write_plain(path, bytes, size);
    free(bytes);
}

static void run_one(const char *what, const char *path, size_t third, size_t fourth,
                    const char *kind, arena *a)
{
    mat x = { 0 };
    int *y = NULL;
    if (strcmp(what, "cifar") == 0) {
        x = arena_mat(a, fourth, CIFAR_PIXELS);
        y = arena_take(a, fourth, sizeof *y);
        ask(cifar_read(x, y, third == 10 ? CIFAR_10 : CIFAR_100, path));
        print_read(x, y);
    } else if (strcmp(what, "strip") == 0) {
        x = arena_mat(a, third, fourth * CHANNELS);
        ask(strips_images(x, path));
        print_read(x, NULL);
    } else if (strcmp(what, "labels") == 0) {
        y = arena_take(a, third, sizeof *y);
        ask(strips_labels(y, third, fourth, path));
    } else if (strcmp(what, "svhn") == 0) {
        ask(svhn_read(&x, &y, path, a));
        print_read(x, y);
    } else if (strcmp(what, "set") == 0) {
        print_set(path, a);
    } else if (strcmp(what, "records") == 0) {
        write_records(path, third, fourth);
    } else if (strcmp(what, "png") == 0) {
        write_png(path, third, fourth, kind);
    } else if (strcmp(what, "mat") == 0) {
        write_mat(path, third, kind, MAT_COMPRESSION_ZLIB);
    } else {
        die(STATUS_USAGE, "no test \"%s\"", what);
    }
}

int main(int count, char **argument)
{
    arena *a = arena_new();
    threads_begin(2);
    if (count > 2) {
        run_one(argument[1], argument[2], count > 3 ? strtoul(argument[3], NULL, 10) : 0,
                count > 4 ? strtoul(argument[4], NULL, 10) : 0, argument[count - 1], a);
        arena_free(a);
        return 0;
    }
    for (int threads = 1; threads <= 2; threads++) {
        omp_set_num_threads(threads);
        test_cifar(a);
        test_strips(a);
        test_mosaic(a);
        test_svhn(a);
    }
    arena_free(a);
    return gsl_test_summary();
}
