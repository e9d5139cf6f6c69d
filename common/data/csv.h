/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CSV_H
#define DATA_CSV_H

#include "base/arena.h"

/*
# CSV: a table of numbers as text

For vectors that come from a spreadsheet, from R or from a shell:

    x,y,z
    5.1,3.5,-1.4e-2
    4.9,3.0,1.4

A line is a row. Comma, tab or semicolon stands between the fields: whichever
the first line has outside quotes, tab before semicolon before comma. Blanks
around a field, quotes around it, `\r\n` at the end of a line, a byte order
mark at the start of the file and blank lines at its end are allowed. Numbers
have a decimal point.

A first line without any number is a header and is passed over. Everything
that might mean something else than it says is refused, with line, column and
remedy: rows of different lengths, empty fields, NaN and infinity, a first
line of names and numbers mixed, and the row names and numbers that R and
pandas add on their own. (Two columns that pandas has numbered `0,1` cannot be told from
a row: they are taken for one.)

Each function returns 0, or -1 with `error_text()` set. What is read lives in
the arena `a`. Cost: the file is read twice, first to count its lines; what
is kept beside the matrix is one line.

    numpy.savetxt("z.csv", z, delimiter=",")
    pandas.DataFrame(z).to_csv("z.csv", index=False, header=False)
    write.csv(z, "z.csv", row.names = FALSE)              # R
*/
int csv_read(mat *m, const char *path, arena *a);

/* The fields of a file of one column as texts, the first line among them: a
   column of words does not tell whether it has a header. `*n` is at least 1,
   and text i stands in line i + 1. */
int csv_column(const char *const **text, size_t *n, const char *path, arena *a);

#endif
