/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

bool number_read(double *value, const char *text)
{
    if (*text == '\0' || text[strspn(text, "+-.0123456789eE")] != '\0') return false;
    char *end;
    double v = strtod(text, &end);
    if (*end != '\0' || !isfinite(v)) return false;
    *value = v;
    return true;
}
