/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
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

number_text number_show(double value)
{
    number_text shown;
    double size = fabs(value);
    if (isnan(value))
        strcpy(shown.text, "-");
    else if (size > 0 && (size < 1e-3 || size >= 1e9))
        snprintf(shown.text, sizeof shown.text, "%.3g", value);
    else
        snprintf(shown.text, sizeof shown.text, "%.*f",
                 size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3, value);
    return shown;
}

number_text number_within(double value, double width)
{
    if (isnan(value) || isnan(width) || width <= 0 || fabs(value) >= 1e15) return number_show(value);
    number_text shown;
    int decimals = (int)fmax(0, fmin(12, 1 - floor(log10(width))));
    double unit = pow(10, -decimals);
    if (fabs(value) < unit / 2) value = 0;      /* and not -0 */
    snprintf(shown.text, sizeof shown.text, "%.*f", decimals, value);
    return shown;
}

void number_print(FILE *to, double value)
{
    if (isnan(value))
        fputc('.', to);
    else
        fprintf(to, "%.9g", value);
}
