/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The ground floor, tried out

Memory, streams, matrices, texts and failures; `tests/elementary.c` has the
functions of numbers, `tests/blas.c` what runs in pieces.

    base [CASE]            all cases, or one
    base refuse WHAT       breaks one contract, and should not survive it
*/
#include <errno.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_test.h>
#include <limits.h>
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/atomic.h"
#include "base/blas.h"
#include "base/error.h"
#include "base/mat.h"
#include "base/number.h"
#include "base/rng.h"
#include "base/text.h"
#include "base/threads.h"
#include "cases.h"

/*
# The arena

The second filling of an arena has to find one block: its pieces then lie side by
side, and at the same addresses the third time.
*/
enum { TAKES = 40 };
static size_t take_size(size_t i) { return (i * i * 997) % 300000 + 1; }

static void fill_arena(arena *a, char **at)
{
    for (size_t i = 0; i < TAKES; i++) {
        at[i] = arena_take(a, take_size(i), 1);
        memset(at[i], (int)i, take_size(i));
    }
}

static void test_growth(void)
{
    arena *a = arena_new();
    char *at[TAKES], *again[TAKES];
    size_t bytes = 0, misplaced = 0, overwritten = 0;
    fill_arena(a, at);
    for (size_t i = 0; i < TAKES; i++) {
        bytes += (take_size(i) + 63) / 64 * 64;
        misplaced += (uintptr_t)at[i] % 64 != 0;
        for (size_t b = 0; b < take_size(i); b++) overwritten += at[i][b] != (char)i;
    }
    gsl_test(bytes < 3 << 20, "%zu bytes are more than the first blocks hold", bytes);
    gsl_test(misplaced != 0, "%zu of %d are not aligned to 64 bytes", misplaced, TAKES);
    gsl_test(overwritten != 0, "%zu bytes were handed out twice", overwritten);
    gsl_test(arena_used(a) != bytes || arena_peak(a) != bytes, "%zu used, %zu at most, %zu taken",
             arena_used(a), arena_peak(a), bytes);

    arena_reset(a);
    gsl_test(arena_used(a) != 0 || arena_peak(a) != bytes, "after a reset: %zu used, %zu at most",
             arena_used(a), arena_peak(a));
    fill_arena(a, again);
    size_t apart = 0;
    for (size_t i = 1; i < TAKES; i++)
        apart += again[i] != again[i - 1] + (take_size(i - 1) + 63) / 64 * 64;
    gsl_test(apart != 0, "%zu gaps: not one block", apart);
    arena_reset(a);
    fill_arena(a, at);
    gsl_test(memcmp(at, again, sizeof at) != 0, "the third filling has the addresses of the second");
    gsl_test(arena_peak(a) != bytes, "the peak stays %zu", arena_peak(a));
    gsl_test(!arena_take(a, 0, 8), "nothing has an address too");
    arena_free(a);
    arena_free(NULL);
}

static void test_marks(void)
{
    arena *a = arena_new();
    char *kept = arena_take(a, 1000, 1);
    memset(kept, 7, 1000);
    size_t used = arena_used(a);
    arena_mark outer = arena_save(a);
    char *taken = arena_take(a, 500, 4);
    arena_mark inner = arena_save(a);
    arena_take(a, 10, 1);
    arena_release(a, inner);
    gsl_test(arena_take(a, 10, 1) != taken + 2048, "a released place is handed out again");
    arena_release(a, outer);
    gsl_test(arena_used(a) != used, "%zu used after the release, %zu before the mark",
             arena_used(a), used);
    gsl_test(arena_take(a, 500, 4) != taken, "the outer mark too gives back its place");
    arena_release(a, outer);

    size_t peak = 0;
    for (int i = 0; i < 100; i++) {
        outer = arena_save(a);
        for (int k = 0; k < 3; k++) memset(arena_take(a, 3 << 20, 1), i, 3 << 20);
        if (i == 10) peak = arena_peak(a);
        arena_release(a, outer);
    }
    gsl_test(arena_used(a) != used, "%zu used after releases that dropped blocks, not %zu",
             arena_used(a), used);
    gsl_test(arena_peak(a) != peak, "a loop over marks grows from %zu to %zu", peak, arena_peak(a));
    size_t changed = 0;
    for (size_t i = 0; i < 1000; i++) changed += kept[i] != 7;
    gsl_test(changed != 0, "%zu bytes from before the mark have changed", changed);
    arena_free(a);
}

static void test_arena(void)
{
    test_growth();
    test_marks();
}

/*
# Streams

A stream is its seed and its name. For the draws, the first four moments of a hundred
thousand, each within four of its standard errors.
*/
static int same_draws(unsigned long seed_a, const char *a, unsigned long seed_b, const char *b)
{
    gsl_rng *one = rng_new(seed_a, a), *other = rng_new(seed_b, b);
    int equal = 0;
    for (int i = 0; i < 1000; i++) equal += gsl_rng_get(one) == gsl_rng_get(other);
    gsl_rng_free(one);
    gsl_rng_free(other);
    return equal;
}

static void test_draws(gsl_rng *rng)
{
    enum { N = 100000 };
    real *x = malloc(N * sizeof *x);
    double *d = malloc(N * sizeof *d);
    REQUIRE(x && d, "no memory for %d numbers", N);
    rng_normal(rng, mat_view(x, 100, N / 100), 3);
    for (size_t i = 0; i < N; i++) d[i] = (double)x[i];
    double mean = gsl_stats_mean(d, 1, N), sd = gsl_stats_sd(d, 1, N);
    gsl_test_abs(mean, 0, 4 * 3 / sqrt(N), "the mean of normal draws");
    gsl_test_abs(sd, 3, 4 * 3 / sqrt(2.0 * N), "the standard deviation of normal draws");
    gsl_test_abs(gsl_stats_skew(d, 1, N), 0, 4 * sqrt(6.0 / N), "their skewness");
    gsl_test_abs(gsl_stats_kurtosis(d, 1, N), 0, 4 * sqrt(24.0 / N), "their kurtosis");

    rng_uniform(rng, mat_view(x, 100, N / 100), -2, 5);
    for (size_t i = 0; i < N; i++) d[i] = (double)x[i];
    gsl_test_abs(gsl_stats_mean(d, 1, N), 1.5, 4 * 7 / sqrt(12.0 * N), "the mean of even draws");
    gsl_test_abs(gsl_stats_sd(d, 1, N), 7 / sqrt(12), 4 * 7 / sqrt(12.0 * N) / 2, "their spread");
    double least, most;
    gsl_stats_minmax(&least, &most, d, 1, N);
    gsl_test(!(least >= -2 && least < -1.99 && most <= 5 && most > 4.99), "from %g to %g", least, most);
    free(x);
    free(d);
}

static void test_permutation(gsl_rng *rng)
{
    enum { N = 5, DRAWS = 12000 };
    size_t place[N][N] = { { 0 } }, index[N], broken = 0, large[1001];
    for (int i = 0; i < DRAWS; i++) {
        size_t seen = 0;
        rng_permutation(rng, index, N);
        for (size_t k = 0; k < N; k++) {
            place[index[k] % N][k]++;
            seen |= (size_t)1 << index[k];
        }
        broken += seen != 31;
    }
    double chi2 = 0, expected = (double)DRAWS / N;
    for (size_t i = 0; i < N * N; i++) chi2 += pow((double)place[i / N][i % N] - expected, 2) / expected;
    gsl_test(broken != 0, "%zu of %d are no permutations", broken, DRAWS);
    gsl_test(!(chi2 < 39.3), "chi-square %g of 16 degrees of freedom, below 39.3 but once in a "
             "thousand", chi2);
    rng_permutation(rng, large, 1001);
    size_t sum = 0, fixed = 0;
    for (size_t i = 0; i < 1001; i++) { sum += large[i]; fixed += large[i] == i; }
    gsl_test(sum != 1001 * 500 || fixed > 10, "%zu of 1001 stay where they were", fixed);
}

static void test_rng(void)
{
    gsl_test(same_draws(1, "init", 1, "init") != 1000, "the same seed and name, the same numbers");
    gsl_test(same_draws(1, "init", 2, "init") > 1, "another seed, other numbers");
    gsl_test(same_draws(1, "init", 1, "order") > 1, "another name, other numbers");
    gsl_test(same_draws(1, "", 1, "a") > 1, "the empty name is one of its own");
    gsl_test(same_draws(1, "ab", 1, "ba") > 1, "the order of the letters matters");
    gsl_test(same_draws(1, "init", 1 + (1ul << 32), "init") > 1, "high bits of a seed matter");
    gsl_rng *rng = rng_new(11, "draws");
    test_draws(rng);
    test_permutation(rng);
    gsl_rng_free(rng);
}

/*
# Matrices

Sizes of one piece and of several. What is not finite is put at every place of a short
matrix, and into the last place of a long one.
*/
static void test_arithmetic(arena *memory, size_t rows, size_t cols)
{
    mat x = arena_mat(memory, rows, cols), y = arena_mat(memory, rows, cols);
    size_t n = mat_size(x), wrong = 0;
    mat_fill(x, 3);
    for (size_t i = 0; i < n; i++) { wrong += x.at[i] != 3; y.at[i] = (real)(i % 1000); }
    gsl_test(wrong != 0, "fill leaves out %zu of %zu", wrong, n);
    mat_add(x, y);
    for (size_t i = 0; i < n; i++) wrong += x.at[i] != (real)(3 + i % 1000);
    gsl_test(wrong != 0, "add is wrong in %zu of %zu", wrong, n);
    mat_copy(x, y);
    gsl_test(memcmp(x.at, y.at, n * sizeof(real)) != 0, "copy of %zu", n);

    const size_t index[] = { rows - 1, 0, rows / 2, 0 };
    mat few = arena_mat(memory, 4, cols);
    mat_gather(few, y, index);
    for (size_t i = 0; i < 4; i++)
        gsl_test(memcmp(mat_row(few, i), mat_row(y, index[i]), cols * sizeof(real)) != 0,
                 "row %zu gathered", index[i]);
    gsl_test(mat_rows(y, 1, rows - 1).at != y.at + cols, "rows are a view");

    gsl_test(!mat_is_finite(y), "%zu finite numbers", n);
    y.at[n - 1] = (real)NAN;
    gsl_test(mat_is_finite(y), "a NaN in the last of %zu", n);
}

static void test_mat(void)
{
    arena *memory = arena_new();
    test_arithmetic(memory, 2, 1);
    test_arithmetic(memory, 7, 5);
    test_arithmetic(memory, 300, 333);
    const double bad[] = { NAN, -NAN, INFINITY, -INFINITY };
    for (size_t b = 0; b < 4; b++)
        for (size_t at = 0; at < 37; at++) {
            mat x = arena_mat(memory, 1, 37);
            mat_fill(x, (real)REAL_MAX);
            gsl_test(!mat_is_finite(x), "the largest number is finite");
            x.at[at] = (real)bad[b];
            gsl_test(mat_is_finite(x), "%g at place %zu is found", bad[b], at);
        }
    gsl_test(!mat_is_finite(mat_view(NULL, 0, 5)), "nothing is finite");
    arena_free(memory);
}

/*
# Texts

They grow past every block that is set aside for them, and end in one NUL.
*/
static void test_text(void)
{
    enum { LINES = 3000 };
    text s = { 0 };
    size_t wrong = 0;
    for (int i = 0; i < LINES; i++) text_append(&s, "%05d%s", i, i % 2 ? "\n" : "; ");
    gsl_test(s.length != LINES / 2 * 13 || strlen(s.at) != s.length, "%zu characters", s.length);
    for (int i = 0; i < LINES; i += 2) wrong += atoi(s.at + i / 2 * 13) != i;
    gsl_test(wrong != 0, "%zu lines of %d are wrong", wrong, LINES / 2);
    text_append(&s, "%s", "");
    gsl_test(strlen(s.at) != LINES / 2 * 13, "nothing is appended");
    text_set(&s, "ab\0c", 4);
    gsl_test(s.length != 4 || memcmp(s.at, "ab\0c", 5) != 0, "a text becomes another, with its NUL");
    text_set(&s, NULL, 0);
    gsl_test(s.length != 0 || s.at[0] != '\0', "and none");
    free(s.at);
}

/*
# Failing

`fail` always says -1, keeps the last description, one for each thread, and cuts
what is too long.
*/
static void test_fail(void)
{
    gsl_test(!error_text(), "there is a text before the first failure");
    gsl_test(fail("%s, value %d", "file", 3) != -1, "fail returns -1");
    gsl_test(strcmp(error_text(), "file, value 3") != 0, "the description is \"%s\"", error_text());
    int other = 0;
    #pragma omp parallel num_threads(2) reduction(+ : other)
    if (omp_get_thread_num() == 1) {
        fail("another thread");
        other += strcmp(error_text(), "another thread") == 0;
    }
    gsl_test(other != 1 || strcmp(error_text(), "file, value 3") != 0, "each thread has its own");
    fail("%05000d", 1);
    gsl_test(strlen(error_text()) != 1023, "%zu characters of 5000", strlen(error_text()));
    fail("of a file: %s", "a\nb\033[31m");
    gsl_test(strcmp(error_text(), "of a file: a?b?[31m") != 0, "the description is \"%s\"", error_text());
}

/*
# Broken contracts
*/
static void refuse(const char *what)
{
    arena *memory = arena_new();
    mat a = arena_mat(memory, 3, 4), b = arena_mat(memory, 5, 2);
    const size_t index[] = { 0, 1, 5 };
    if (strcmp(what, "overflow") == 0) arena_take(memory, SIZE_MAX / 4, 8);
    if (strcmp(what, "product") == 0) arena_mat(memory, SIZE_MAX / 2, 3);
    if (strcmp(what, "gemm") == 0) gemm(a, 1, a, PLAIN, b, PLAIN, 0);
    if (strcmp(what, "block") == 0) gemm_block((size_t)INT_MAX + 1, 1, 1, 1, a.at, 1, PLAIN, b.at, 1, PLAIN, 0, a.at, 1);
    if (strcmp(what, "copy") == 0) mat_copy(a, b);
    if (strcmp(what, "add") == 0) mat_add(a, b);
    if (strcmp(what, "gather") == 0) mat_gather(arena_mat(memory, 3, 2), b, index);
    if (strcmp(what, "seed") == 0) rng_new(0, "init");
    if (strcmp(what, "die") == 0) die(STATUS_USAGE, "%s: %d", "nothing", 7);
}

/*
# Several writers of one file

Each writes lines of its own letter, as many as it likes; who looks at any moment finds all of one of them, and nobody
is told that writing failed.
*/
enum { WRITERS = 4, WRITTEN = 40, LOOKS = 400 };

static int write_often(int writer)
{
    for (int k = 0; k < WRITTEN; k++) {
        atomic_file f;
        if (atomic_open(&f, "shared") != 0) return 1;
        for (int i = 0; i < 3000 * (writer + 1); i++) putc('a' + writer, f.stream);
        if (k % 10 == 5) atomic_drop(&f);
        else if (atomic_close(&f) != 0) return 1;
        if (k % 10 == 8) atomic_remove("shared");
    }
    return 0;
}

static bool is_whole(void)
{
    static char bytes[3000 * (WRITERS + 1)];
    FILE *in = fopen("shared", "rb");
    if (!in) return errno == ENOENT;
    size_t size = fread(bytes, 1, sizeof bytes, in), same = 0;
    fclose(in);
    while (same < size && bytes[same] == bytes[0]) same++;
    return size > 0 && same == size && size == 3000 * (size_t)(bytes[0] - 'a' + 1);
}

static void test_atomic(void)
{
    int torn = 0, failed = 0, status;
    for (int w = 0; w < WRITERS; w++)
        if (fork() == 0) _exit(write_often(w));
    for (int k = 0; k < LOOKS; k++) torn += !is_whole();
    for (int w = 0; w < WRITERS; w++) failed += wait(&status) < 0 || status != 0;
    gsl_test_int(torn, 0, "files that were not whole");
    gsl_test_int(failed, 0, "writers that failed");
    gsl_test(access("shared.tmp", F_OK) == 0, "nothing is left beside it");
}

/* A device that is always full is written to directly: nobody can say that nothing was changed. */
static void test_unwritten(void)
{
    atomic_file f;
    gsl_test(atomic_open(&f, "") == 0 || !strstr(error_text(), "an empty path"), "a file without a name is refused");
    gsl_test(atomic_open(&f, "/dev/full") != 0, "a device is opened");
    putc('a', f.stream);
    gsl_test(atomic_close(&f) == 0, "and is full");
    gsl_test(!strstr(error_text(), "writing failed: No space left on device") || strstr(error_text(), "nothing was changed"),
             "which is said, and no more: \"%s\"", error_text());
    gsl_test(atomic_open(&f, "/dev/full") != 0, "it is opened again");
    for (int i = 0; i < 100000; i++) putc('a', f.stream);
    gsl_test(access("/nowhere", F_OK) == 0, "something else fails meanwhile");
    gsl_test(atomic_close(&f) == 0 || !strstr(error_text(), "writing failed: an earlier write failed (is the disk full?)"),
             "an earlier write does not fail for the reason of something else: \"%s\"", error_text());
}

/*
# Numbers for people

As many decimals as the width asks for, and never fewer digits than the number has.
*/
static void test_number(void)
{
    static const struct { double value, width; const char *wanted; } of[] = {
        { 1.2345, .01, "1.234" }, { -0.0001, 1, "0.0" }, { 3, 0, "3.000" }, { NAN, 1, "-" }, { 123456.7, 1000, "123457" },
        { 999999999999999, 1, "999999999999999.0" }, { -999999999999999, 1e-12, "-999999999999999.000000000000" },
        { 1e15, 1, "1e+15" }, { 1.5e40, 1e39, "1.5e+40" }, { -1.5e300, 1e-9, "-1.5e+300" },
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        number_text shown = number_within(of[i].value, of[i].width);
        gsl_test(strcmp(shown.text, of[i].wanted) != 0, "%g within %g is \"%s\"", of[i].value, of[i].width, shown.text);
    }
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "arena", test_arena }, { "rng", test_rng }, { "mat", test_mat }, { "text", test_text },
        { "fail", test_fail }, { "atomic", test_atomic }, { "unwritten", test_unwritten },
        { "number", test_number },
    };
    threads_begin(2);
    if (argc > 2 && strcmp(argv[1], "refuse") == 0) {
        refuse(argv[2]);
        return STATUS_DONE;
    }
    return CASES_RUN(cases, NULL, argc, argv);
}
