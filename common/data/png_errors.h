/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_PNG_ERRORS_H
#define DATA_PNG_ERRORS_H

#include <png.h>

/*
# When libpng gives up

It reports an error by a call that must not return. `png_refuse` puts into `error_text()` what
it was, and jumps to where `setjmp(png_jmpbuf(png))` was called. What libpng would only warn of
passes in silence.

    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, (void *)path, png_refuse, png_pass);
    ...
    if (setjmp(png_jmpbuf(png))) return -1;
*/
void png_refuse(png_structp png, png_const_charp reason);
void png_pass(png_structp png, png_const_charp warning);

#endif
