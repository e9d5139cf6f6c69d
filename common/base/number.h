/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

/*
# Numbers, read from text

True if all of `text` is one finite decimal number, which is then in `value`. `strtod`
would also take blanks in front, hexadecimal, "inf" and "nan".
*/
bool number_read(double *value, const char *text);

#endif
