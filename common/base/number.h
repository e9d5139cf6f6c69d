/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdio.h>

/*
# Numbers, from text and to text

True if all of `text` is one finite decimal number, which is then in `value`. `strtod`
would also take blanks in front, hexadecimal, "inf" and "nan".
*/
bool number_read(double *value, const char *text);

/* For people: as many decimals as four digits need. NaN becomes `-`. */
typedef struct number_text { char text[32]; } number_text;
number_text number_show(double value);

/* The same of a number that is known within an interval of this width: with as many decimals as show
   two digits of the width, so that no difference is lost and no noise shown. As `number_show` if the
   width is 0 or NaN, and from 1e15 on. */
number_text number_within(double value, double width);

/* For programs: nine digits; NaN becomes `.`. */
void number_print(FILE *to, double value);

#endif
