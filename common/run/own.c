/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "run/own.h"

/* Squared distances of large numbers do not fit into a float. */
static void require_moderate(mat x, double most, const char *path)
{
    for (size_t e = 0; e < mat_size(x); e++)
        if (!(x.at[e] >= (real)-most && x.at[e] <= (real)most))
            die(STATUS_FAILED, "%s: %g in row %zu, column %zu (counted from 0), expected numbers up to "
                "%g; change the unit", path, (double)x.at[e], e / x.cols, e % x.cols, most);
}

own own_read(run *r, const char *vectors, const char *labels_file, const char *const *beside,
             double most, arena *memory)
{
    own in = { 0 };
    run_refuse_overwrite(r, vectors, beside);
    if (labels_file) run_refuse_overwrite(r, labels_file, beside);
    if (vectors_read(&in.x, vectors, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    require_moderate(in.x, most, vectors);
    run_input(r, vectors);
    if (labels_file) {
        if (vectors_labels(&in.of, in.x.rows, labels_file, memory) != 0)
            die(STATUS_FAILED, "%s", error_text());
        run_input(r, labels_file);
    }
    if (in.of.classes == in.x.rows && in.x.rows > 1)
        run_note(r, "%s: no two labels are equal: each vector is a class of its own, and what is measured of classes says nothing",
                 labels_file);
    return in;
}

void own_open(atomic_file *f, const run *r, const char *ending)
{
    char path[sizeof f->path];
    run_beside(r, path, sizeof path, ending);
    if (atomic_open(f, path) != 0) die(STATUS_FAILED, "%s", error_text());
}

void own_close(atomic_file *f, run *r)
{
    if (atomic_close(f) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, f->path);
}

void own_name(FILE *out, const char *name)
{
    fputc('"', out);
    for (; *name; name++) fputs(*name == '"' ? "\"\"" : (char[]){ *name, '\0' }, out);
    fputc('"', out);
}
