/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "data/png_errors.h"

void png_refuse(png_structp png, png_const_charp reason)
{
    fail("%s: %s; get the file again", (const char *)png_get_error_ptr(png), reason);
    png_longjmp(png, 1);
}

void png_pass(png_structp png, png_const_charp warning)
{
    (void)png, (void)warning;
}
