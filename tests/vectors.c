/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Vectors and labels of one's own, tried out

Without arguments: round trips through CSV. With arguments: one reader on one
file, for `tests/vectors.bats`.

    vectors read FILE               the matrix, as one line
    vectors labels FILE N           numbers, then names
    vectors time FILE               reads it, says nothing
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_test.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/npy.h"
#include "data/vectors.h"

/*
# There and back

Nine digits tell every float from its neighbours, seventeen every double: the
same bits come back, whatever stands between the numbers and at the end of the
lines.
*/
static void write_text(const char *path, mat m, char separator, const char *header,
                       const char *end)
{
    FILE *to = fopen(path, "w");
    REQUIRE(to, "%s", path);
    fputs(header, to);
    for (size_t i = 0; i < m.rows; i++)
        for (size_t j = 0; j < m.cols; j++) {
            fprintf(to, sizeof(real) == 4 ? "%.9g" : "%.17g", (double)mat_row(m, i)[j]);
            if (j + 1 < m.cols) fputc(separator, to);
            else if (i + 1 < m.rows) fputs(end, to);
        }
    REQUIRE(fclose(to) == 0, "%s", path);
}

static void test_round_trip(arena *a)
{
    static const struct { const char *path; char separator; const char *header, *end; } form[] = {
        { "round.csv", ',', "", "\n" },
        { "round.tsv", '\t', "\"x, first\"\ty\tz\n", "\r\n" },
        { "round.txt", ';', "x;y;z\r\n", "\n" },
    };
    enum { ROWS = 4321, COLS = 3 };
    mat m = arena_mat(a, ROWS, COLS), back;
    gsl_rng *rng = rng_new(5, "numbers");
    rng_normal(rng, m, 1e3);
    m.at[0] = REAL_MAX;
    m.at[1] = -REAL_MAX;
    m.at[2] = (real)1e-30;
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        write_text(form[i].path, m, form[i].separator, form[i].header, form[i].end);
        gsl_test(vectors_read(&back, form[i].path, a) != 0, "vectors_read: %s", error_text());
        gsl_test(!mat_same_shape(m, back), "the shape comes back from %s", form[i].path);
        gsl_test(memcmp(m.at, back.at, mat_size(m) * sizeof(real)) != 0,
                 "the bits come back from %s", form[i].path);
    }
    gsl_test(npy_write("round.npy", m) != 0 || vectors_read(&back, "round.npy", a) != 0,
             "by way of NPY: %s", error_text());
    gsl_test(memcmp(m.at, back.at, mat_size(m) * sizeof(real)) != 0, "the bits of NPY");
    gsl_rng_free(rng);
}

/* 20,000 words of 700 kinds: equal words and only they have equal numbers. */
static void test_words(arena *a)
{
    enum { N = 20000, KINDS = 700 };
    FILE *to = fopen("words.csv", "w");
    REQUIRE(to, "words.csv");
    gsl_rng *rng = rng_new(6, "words");
    int *kind = arena_take(a, N, sizeof *kind), wrong = 0;
    for (int i = 0; i < N; i++) {
        kind[i] = i < KINDS ? i : (int)gsl_rng_uniform_int(rng, KINDS);
        fprintf(to, "k%04d\n", kind[i]);
    }
    REQUIRE(fclose(to) == 0, "words.csv");
    labels l;
    gsl_test(vectors_labels(&l, N, "words.csv", a) != 0, "vectors_labels: %s", error_text());
    gsl_test_int((int)l.classes, KINDS, "kinds of words");
    for (int i = 0; i < N; i++) wrong += l.y[i] != kind[i] || atoi(l.name[l.y[i]] + 1) != kind[i];
    gsl_test_int(wrong, 0, "words with a number or a name that is not theirs");
    gsl_rng_free(rng);
}

static void read_one(int count, char **argument, arena *a)
{
    const char *what = argument[1], *path = argument[2];
    mat m;
    labels l;
    if (strcmp(what, "labels") == 0 && count == 4) {
        if (vectors_labels(&l, strtoul(argument[3], NULL, 10), path, a) != 0)
            die(STATUS_FAILED, "%s", error_text());
        for (size_t i = 0; i < l.n && i < 20; i++) printf("%d ", l.y[i]);
        printf("of %zu:", l.classes);
        for (size_t c = 0; c < l.classes && c < 20; c++) printf(" %s", l.name[c]);
        putchar('\n');
        return;
    }
    if (vectors_read(&m, path, a) != 0) die(STATUS_FAILED, "%s", error_text());
    if (strcmp(what, "time") == 0) return;
    printf("%zu x %zu:", m.rows, m.cols);
    for (size_t i = 0; i < mat_size(m) && i < 12; i++) printf(" %g", (double)m.at[i]);
    putchar('\n');
}

int main(int count, char **argument)
{
    arena *a = arena_new();
    if (count > 2) {
        read_one(count, argument, a);
        arena_free(a);
        return 0;
    }
    test_round_trip(a);
    test_words(a);
    arena_free(a);
    return gsl_test_summary();
}
