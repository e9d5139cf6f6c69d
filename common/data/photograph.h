/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_PHOTOGRAPH_H
#define DATA_PHOTOGRAPH_H

#include "base/arena.h"

/*
# Photographs: single pictures in PNG or JPEG files

    photograph p;
    if (photograph_read(&p, "frost1.png", a) != 0) die(STATUS_FAILED, "%s", error_text());

Line after line of pixels, red, green and blue side by side, a byte each. Grey
becomes RGB, palettes are looked up, 16 bits become 8; transparency and gamma are
passed over, and the colours taken as they are written.
*/
enum { PHOTOGRAPH_CHANNELS = 3 };

typedef struct photograph {
    size_t height, width;
    unsigned char *at;
} photograph;

/* Of that size, in the arena, its pixels not set yet. */
photograph photograph_new(size_t height, size_t width, arena *a);

/* Which of the two a file is, its first bytes tell. Returns 0, or -1 with
   `error_text()` set. */
int photograph_read(photograph *p, const char *path, arena *a);

#endif
