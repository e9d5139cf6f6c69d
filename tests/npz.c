/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Archives of arrays

libzip packs what `npy_write` leaves, compressed and as it is; the reader finds the same bits. Then archives that are not
whole.

    npz                what is said above
    npz FILE ...       packs files as plain.npz
*/
#include <stdio.h>
#include <unistd.h>
#include <zip.h>

#include "base/arena.h"
#include "base/rng.h"
#include "cases.h"
#include "data/npz.h"

static arena *memory;

/* `files` of the directory go into the archive under their own names. */
static void pack(const char *archive, const char *const *files, zip_int32_t method)
{
    int code;
    zip_t *z = zip_open(archive, ZIP_CREATE | ZIP_TRUNCATE, &code);
    REQUIRE(z, "%s: error %d", archive, code);
    for (size_t i = 0; files[i]; i++) {
        zip_int64_t at = zip_file_add(z, files[i], zip_source_file(z, files[i], 0, -1), ZIP_FL_OVERWRITE);
        REQUIRE(at >= 0 && zip_set_file_compression(z, (zip_uint64_t)at, method, 0) == 0, "%s: %s", files[i], zip_strerror(z));
    }
    REQUIRE(zip_close(z) == 0, "%s: not closed", archive);
}

static void refused(int status, const char *wanted)
{
    gsl_test(status != -1 || !strstr(error_text(), wanted), "refused with \"%s\", wanted \"%s\"", error_text(), wanted);
}

/* Twice the same arrays: the second archive is larger. */
static void test_round(void)
{
    enum { ROWS = 3000, COLS = 7 };
    static const char *const files[] = { "x.npy", "labels.npy", NULL };
    int y[] = { 4, 0, 9 }, *labels;
    size_t n;
    gsl_rng *rng = rng_new(1, "npz");
    mat x = arena_mat(memory, ROWS, COLS), back;
    rng_normal(rng, x, 1);
    gsl_test(npy_write("x.npy", x) != 0 || npy_write_labels("labels.npy", y, 3, 400) != 0, "%s", error_text());
    pack("deflated.npz", files, ZIP_CM_DEFLATE);
    pack("stored.npz", files, ZIP_CM_STORE);
    for (size_t i = 0; i < 2; i++) {
        npz z;
        gsl_test(npz_open(&z, i ? "stored.npz" : "deflated.npz") != 0, "%s", error_text());
        gsl_test(npz_matrix(&back, &z, "x", memory) != 0, "%s", error_text());
        gsl_test(!mat_same_shape(x, back) || memcmp(x.at, back.at, mat_size(x) * sizeof(real)) != 0, "the bits come back");
        gsl_test(npz_labels(&labels, &n, 10, &z, "labels", memory) != 0 || n != 1200, "%s", error_text());
        for (size_t j = 0; j < n; j++) gsl_test(labels[j] != y[j % 3], "label %zu is %d", j, labels[j]);
        refused(npz_labels(&labels, &n, 9, &z, "labels", memory), ".npz, labels: label 9 of example 2");
        refused(npz_matrix(&back, &z, "X", memory), "there is no array \"X\" in it");
        npz_close(&z);
    }
    gsl_rng_free(rng);
}

/* The byte in the middle of x's numbers. */
static void test_damaged(void)
{
    npz z;
    mat m;
    FILE *f = fopen("stored.npz", "r+b");
    REQUIRE(f && fseek(f, 30000, SEEK_SET) == 0, "stored.npz cannot be changed");
    int byte = getc(f);
    fseek(f, 30000, SEEK_SET);
    putc(byte ^ 1, f);
    fclose(f);
    gsl_test(npz_open(&z, "stored.npz") != 0, "%s", error_text());
    refused(npz_matrix(&m, &z, "x", memory), "stored.npz, x: damaged: CRC error");
    npz_close(&z);
    REQUIRE(truncate("deflated.npz", 5000) == 0, "deflated.npz cannot be cut");
    refused(npz_open(&z, "deflated.npz"), "deflated.npz: ");
    npz_close(&z);
    refused(npz_open(&z, "nothing.npz"), "nothing.npz: No such file");
    npz_close(&z);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        pack("plain.npz", (const char *const *)argv + 1, ZIP_CM_DEFLATE);
        return 0;
    }
    memory = arena_new();
    test_round();
    test_damaged();
    arena_free(memory);
    return gsl_test_summary();
}
