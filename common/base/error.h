/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

/*
# Failing: three ways, and who uses which

**A reader returns.** A function that can fail for a reason in the world (a
missing file, a truncated archive) returns 0, or -1 after it has described
the trouble with `fail`: which file, which value, what was expected, what to
do. The caller decides; `error_text()` gives the description.

**A program dies.** `die(status, ...)` prints `program: message` and exits:

| status | meaning |
|--------|---------|
| 0  | done |
| 1  | failed |
| 2  | a data set is not here (the message says how to get it) |
| 64 | wrong usage |

**A contract breaks.** `REQUIRE(condition, ...)` is for what no caller can
mend, a shape that does not fit or memory that is not there. It names file,
line and values, and stops.

    if (idx_read(&images, path) != 0)
        die(STATUS_FAILED, "%s", error_text());
    REQUIRE(a.cols == b.rows, "%zu columns meet %zu rows", a.cols, b.rows);
*/
enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_MISSING = 2, STATUS_USAGE = 64 };

/* Describes a failure for whoever asks `error_text()` next. Always returns
   -1, so that a reader can say `return fail(...)`. It is one line: where it quotes a file,
   control characters become question marks. */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The last description given to `fail` on this thread; never NULL. */
const char *error_text(void);

/* Prints `program: message` on standard error and exits with `status`. */
_Noreturn void die(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define REQUIRE(condition, ...) \
    do { \
        if (!(condition)) \
            require_failed(__FILE__, __LINE__, #condition, __VA_ARGS__); \
    } while (0)

_Noreturn void require_failed(const char *file, int line, const char *condition,
                              const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
