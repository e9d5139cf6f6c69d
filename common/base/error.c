/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

static _Thread_local char description[1024] = "no error";

int fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(description, sizeof description, format, arguments);
    va_end(arguments);
    for (char *c = description; *c; c++)
        if (iscntrl((unsigned char)*c)) *c = '?';
    return -1;
}

const char *error_text(void)
{
    return description;
}

static void say(const char *format, va_list arguments)
{
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

_Noreturn void die(int status, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s: ", program_invocation_short_name);
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    exit(status);
}

_Noreturn void require_failed(const char *file, int line, const char *condition,
                              const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s: %s:%d: broken contract: %s: ",
            program_invocation_short_name, file, line, condition);
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    exit(STATUS_FAILED);
}
