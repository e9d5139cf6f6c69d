/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Photographs

    photograph                   files made here, and read back
    photograph read FILE         what was read, as one line
    photograph jpeg FILE         writes one of 20 x 30 pixels
    photograph png FILE rgba|grey|palette|deep
    photograph frost DIRECTORY   writes five, small, under the names of the set `frost`
    photograph ice               reads that set
    photograph folder DIRECTORY  reads it as images of 4 x 4 pixels, and prints classes and files
*/
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cases.h"
#include "data/dataset.h"
#include "data/folder.h"
#include "data/frost.h"
#include "data/jpeg.h"
#include "data/square.h"

static arena *memory;

static photograph drawn(size_t height, size_t width, unsigned hue)
{
    photograph p = photograph_new(height, width, memory);
    for (size_t e = 0; e < height * width; e++) {
        p.at[3 * e] = (unsigned char)(50 + e / width * 100 / height);
        p.at[3 * e + 1] = (unsigned char)(80 + e % width * 100 / width);
        p.at[3 * e + 2] = (unsigned char)(hue * 37 % 256);
    }
    return p;
}

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *out = fopen(path, "wb");
    REQUIRE(out && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "%s", path);
}

static void write_jpeg(const char *path, const photograph *p)
{
    size_t size;
    unsigned char *packed = jpeg_pack(&size, p, 95);
    write_bytes(path, packed, size);
    free(packed);
}

/* Red, green, blue and half transparent, or the first of them alone in one of three ways. */
static void write_png(const char *path, const photograph *p, const char *kind)
{
    bool rgba = strcmp(kind, "rgba") == 0, palette = strcmp(kind, "palette") == 0, deep = strcmp(kind, "deep") == 0;
    FILE *out = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    REQUIRE(out && info, "%s", path);
    png_init_io(png, out);
    png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height, deep ? 16 : 8,
                 rgba ? PNG_COLOR_TYPE_RGBA : palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_GRAY, 0, 0, 0);
    png_set_gAMA(png, info, 1);                       /* and nobody is to care */
    png_color colour[256];
    for (int k = 0; k < 256; k++) colour[k] = (png_color){ (png_byte)k, (png_byte)(255 - k), 7 };
    if (palette) png_set_PLTE(png, info, colour, 256);
    png_write_info(png, info);
    unsigned char *line = arena_take(memory, 4 * p->width, 1);
    for (size_t i = 0; i < p->height; i++) {
        for (size_t j = 0; j < p->width; j++) {
            const unsigned char *from = p->at + 3 * (i * p->width + j);
            if (rgba) memcpy(line + 4 * j, (unsigned char[]){ from[0], from[1], from[2], 128 }, 4);
            else if (deep) memcpy(line + 2 * j, (unsigned char[]){ from[0], 200 }, 2);
            else line[j] = from[0];
        }
        png_write_row(png, line);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    REQUIRE(fclose(out) == 0, "%s", path);
}

static int off_at_most(const photograph *a, const photograph *b)
{
    int most = a->height == b->height && a->width == b->width ? 0 : 256;
    for (size_t e = 0; most < 256 && e < a->height * a->width * 3; e++) {
        int off = abs(a->at[e] - b->at[e]);
        if (off > most) most = off;
    }
    return most;
}

static void test_png(void)
{
    static const char *const kind[] = { "rgba", "grey", "palette", "deep" };
    for (size_t k = 0; k < 4; k++) {
        photograph p = drawn(20, 31, 5), got;
        write_png("a.png", &p, kind[k]);
        for (size_t e = 0; e < 20 * 31 && k > 0; e++) {
            p.at[3 * e + 1] = (unsigned char)(k == 2 ? 255 - p.at[3 * e] : p.at[3 * e]);
            p.at[3 * e + 2] = k == 2 ? 7 : p.at[3 * e];
        }
        gsl_test(photograph_read(&got, "a.png", memory) != 0, "%s: %s", kind[k], error_text());
        gsl_test_int(off_at_most(&p, &got), 0, "%s: off by", kind[k]);
    }
}

static void test_jpeg(void)
{
    photograph p = drawn(40, 25, 3), got, again;
    write_jpeg("a.jpg", &p);
    gsl_test(photograph_read(&got, "a.jpg", memory) != 0, "%s", error_text());
    gsl_test(off_at_most(&p, &got) > 4, "a smooth picture survives: off by %d", off_at_most(&p, &got));
    size_t size, smaller;
    unsigned char *packed = jpeg_pack(&size, &p, 95);
    gsl_test(jpeg_unpack(&again, packed, size, "memory", memory) != 0, "%s", error_text());
    gsl_test_int(off_at_most(&got, &again), 0, "from memory it is as from a file: off by");
    free(packed);
    free(jpeg_pack(&smaller, &p, 20));
    gsl_test(smaller >= size, "a lower quality packs better: %zu and %zu", smaller, size);
}

/* 314 pixels become 63, the third of every five; 333 become 67. */
static void write_frost(const char *directory, size_t height)
{
    char path[4096];
    for (unsigned k = 1; k <= FROST_TEXTURES; k++) {
        photograph p = drawn(height, 333, k);
        snprintf(path, sizeof path, "%s/frost%u.%s", directory, k, k < 4 ? "png" : "jpg");
        if (k < 4) write_png(path, &p, "rgba");
        else write_jpeg(path, &p);
    }
}

static void test_frost(void)
{
    frost ice;
    mkdir("data", 0777);
    mkdir("data/frost", 0777);
    setenv("DATA_DIR", "data", 1);
    write_frost("data/frost", 314);
    gsl_test(frost_read(&ice, memory) != 0, "%s", error_text());
    photograph whole = drawn(314, 333, 2), small = ice.texture[1];
    gsl_test(small.height != 63 || small.width != 67, "%zu x %zu", small.height, small.width);
    for (size_t e = 0; e < 3 * 63 * 67; e++) {
        size_t i = e / 3 / 67, j = e / 3 % 67;
        gsl_test(small.at[e] != whole.at[3 * ((5 * i + 2) * 333 + 5 * j + 2) + e % 3], "number %zu", e);
    }
    gsl_test(abs(ice.texture[4].at[2] - 5 * 37) > 4, "the fifth has its own hue: %d", ice.texture[4].at[2]);
}

/*
# Squares

What does not vary stays; to the same size nothing changes; a half is the mean of four, and twice the size lies
between; and of a wide photograph it is the middle.
*/
static photograph ramp(size_t height, size_t width)
{
    photograph p = photograph_new(height, width, memory);
    for (size_t e = 0; e < height * width * 3; e++)
        p.at[e] = (unsigned char)(e % 3 == 0 ? e / 3 / width * 10 : e % 3 == 1 ? e / 3 % width * 10 : 77);
    return p;
}

static const real *square_of(size_t height, size_t width, size_t side)
{
    photograph p = ramp(height, width);
    real *x = arena_take(memory, side * side * 3, sizeof *x);
    photograph_square(x, &p, side, memory);
    return x;
}

static void test_square(void)
{
    const real *same = square_of(6, 6, 6), *half = square_of(6, 6, 3), *odd = square_of(5, 5, 2), *wide = square_of(6, 10, 6);
    const real *tall = square_of(10, 6, 6), *twice = square_of(6, 6, 12);
    for (size_t e = 0; e < 6 * 6; e++) {
        gsl_test_abs(255 * (double)same[3 * e], (double)(e / 6 * 10), 1e-4, "line of pixel %zu", e);
        gsl_test_abs(255 * (double)same[3 * e + 1], (double)(e % 6 * 10), 1e-4, "column of pixel %zu", e);
        gsl_test_abs(255 * (double)wide[3 * e + 1], (double)(e % 6 * 10 + 20), 1e-4, "the middle, pixel %zu", e);
        gsl_test_abs(255 * (double)tall[3 * e], (double)(e / 6 * 10 + 20), 1e-4, "the middle, pixel %zu of a tall one", e);
    }
    for (size_t e = 0; e < 9; e++) {
        gsl_test_abs(255 * (double)half[3 * e], (double)(e / 3 * 20 + 5), 1e-4, "half: line of pixel %zu", e);
        gsl_test_abs(255 * (double)half[3 * e + 2], 77, 1e-4, "half: what does not vary");
    }
    /* 2.5 pixels: (0 + 10 + 20 / 2) / 2.5. */
    gsl_test_abs(255 * (double)odd[1], 8, 1e-4, "two of five");
    gsl_test_abs(255 * (double)odd[4], 32, 1e-4, "the other two of five");
    const double between[] = { 0, 2.5, 7.5, 12.5 };
    for (size_t j = 0; j < 4; j++) gsl_test_abs(255 * (double)twice[3 * j + 1], between[j], 1e-4, "twice: column %zu", j);
}

static void show_folder(const char *path)
{
    folder f;
    if (folder_list(&f, path, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    mat x = arena_mat(memory, f.n, 4 * 4 * 3);
    if (folder_images(x, &f, 4) != 0) die(STATUS_FAILED, "%s", error_text());
    for (size_t i = 0; i < f.n; i++)
        printf("%s %s %.0f\n", f.class_name[f.y[i]], strrchr(f.path[i], '/') + 1, 255 * (double)mat_row(x, i)[2]);
}

static void answer(int status, const photograph *p)
{
    if (status != 0) die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());
    printf("%zu x %zu\n", p->height, p->width);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = { { "png", test_png }, { "jpeg", test_jpeg }, { "frost", test_frost },
                                       { "square", test_square } };
    photograph p;
    frost ice;
    int status = STATUS_DONE;
    memory = arena_new();
    if (argc > 2 && strcmp(argv[1], "read") == 0) {
        answer(photograph_read(&p, argv[2], memory), &p);
    } else if (argc > 2 && strcmp(argv[1], "jpeg") == 0) {
        p = drawn(20, 30, 5);
        write_jpeg(argv[2], &p);
    } else if (argc > 3 && strcmp(argv[1], "png") == 0) {
        p = drawn(20, 30, 5);
        write_png(argv[2], &p, argv[3]);
    } else if (argc > 2 && strcmp(argv[1], "frost") == 0) {
        write_frost(argv[2], argc > 3 ? strtoul(argv[3], NULL, 10) : 313);
    } else if (argc > 2 && strcmp(argv[1], "folder") == 0) {
        show_folder(argv[2]);
    } else if (argc > 1 && strcmp(argv[1], "ice") == 0) {
        answer(frost_read(&ice, memory), &ice.texture[0]);
    } else {
        status = CASES_RUN(cases, NULL, argc, argv);
    }
    arena_free(memory);
    return status;
}
