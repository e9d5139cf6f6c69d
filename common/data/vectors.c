/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/number.h"
#include "data/csv.h"
#include "data/npy.h"
#include "data/vectors.h"

/*
# What a file is
*/
typedef enum { NPY, TEXT, UNKNOWN } form;

static form form_of(const char *path)
{
    static const char *const ending[] = { ".npy", ".csv", ".tsv", ".txt" };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof ending / sizeof *ending; i++)
        if (strcasecmp(dot, ending[i]) == 0) return i == 0 ? NPY : TEXT;
    fail("%s: expected a name that ends in .npy, .csv, .tsv or .txt", path);
    return UNKNOWN;
}

/* An NPY file may hold what is no number. */
static int check_finite(mat x, const char *path)
{
    if (mat_is_finite(x)) return 0;
    size_t i = 0;
    while (mat_is_finite(mat_rows(x, i, 1))) i++;
    return fail("%s: NaN or infinity in row %zu (counted from 0), expected finite numbers; fill"
                " it in, or leave the row out", path, i);
}

int vectors_read(mat *x, const char *path, arena *a)
{
    switch (form_of(path)) {
    case NPY:  return npy_read(x, path, a) == 0 ? check_finite(*x, path) : -1;
    case TEXT: return csv_read(x, path, a);
    default:   return -1;
    }
}

/*
# From labels to numbers

Sorted, equal labels stand side by side, and each new one gets the next
number.
*/
typedef struct label {
    const char *word;                       /* or NULL, and then a number: */
    double value;
    size_t example;
} label;

static int in_order(const void *p, const void *q)
{
    const label *a = p, *b = q;
    if (a->word) return strcmp(a->word, b->word);
    return (a->value > b->value) - (a->value < b->value);
}

static const char *name_of(const label *l, arena *a)
{
    enum { LONGEST = 24 };
    if (l->word) return l->word;
    char *name = arena_take(a, LONGEST, 1);
    snprintf(name, LONGEST, "%.0f", l->value);
    return name;
}

static void number(labels *l, label *all, size_t n, arena *a)
{
    qsort(all, n, sizeof *all, in_order);
    *l = (labels){ .n = n, .y = arena_take(a, n, sizeof *l->y) };
    for (size_t i = 0; i < n; i++) {
        l->classes += i == 0 || in_order(&all[i - 1], &all[i]) != 0;
        l->y[all[i].example] = (int)l->classes - 1;
    }
    l->name = arena_take(a, l->classes, sizeof *l->name);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || in_order(&all[i - 1], &all[i]) != 0)
            l->name[l->y[all[i].example]] = name_of(&all[i], a);
}

static int count_differs(const char *path, size_t count, size_t n)
{
    return fail("%s: %zu labels for %zu vectors, expected as many of each", path, count, n);
}

static int labels_of_array(label *all, size_t n, const char *path, arena *a)
{
    int *y;
    size_t count;
    if (npy_labels(&y, &count, INT_MAX, path, a) != 0) return -1;
    if (count != n) return count_differs(path, count, n);
    for (size_t i = 0; i < n; i++) all[i] = (label){ NULL, y[i], i };
    return 0;
}

/*
A column of numbers is one in which all labels are numbers; they must then be
whole, and not below 0: -1 often says that an example has no label, and would
pass for one more class. Among words it is `nan`, or R's `NA`, that says so.
*/
static int check_label(const char *word, double value, bool numbers, const char *path,
                       size_t line)
{
    if (numbers && !(value >= 0 && value < INT_MAX && value == floor(value)))
        return fail("%s: line %zu: label %.40s, expected a whole number from 0, or words; leave"
                    " out examples without a label", path, line, word);
    if (!numbers && (strcasecmp(word, "nan") == 0 || strcmp(word, "NA") == 0))
        return fail("%s: line %zu: label %s, expected a word or a number; leave out examples"
                    " without a label, and rename a class that is called so", path, line, word);
    return 0;
}

static int labels_of_column(label *all, size_t n, const char *path, arena *a)
{
    const char *const *word;
    size_t count;
    double value = 0;
    bool numbers = true;
    if (csv_column(&word, &count, path, a) != 0) return -1;
    size_t header = count == n + 1 && !number_read(&value, word[0]);
    if (count - header != n) return count_differs(path, count, n);
    for (size_t i = 0; i < n && numbers; i++) numbers = number_read(&value, word[i + header]);
    for (size_t i = 0; i < n; i++) {
        const char *w = word[i + header];
        if (numbers) number_read(&value, w);
        if (check_label(w, value, numbers, path, i + header + 1) != 0) return -1;
        all[i] = (label){ numbers ? NULL : w, value, i };
    }
    return 0;
}

int vectors_labels(labels *l, size_t n, const char *path, arena *a)
{
    form f = form_of(path);
    if (f == UNKNOWN) return -1;
    label *all = arena_take(a, n, sizeof *all);
    int status = (f == NPY ? labels_of_array : labels_of_column)(all, n, path, a);
    if (status == 0) number(l, all, n, a);
    return status;
}
