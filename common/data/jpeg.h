/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_JPEG_H
#define DATA_JPEG_H

#include "data/photograph.h"

/*
# JPEG, in memory

Colour images to JPEG and back, by libjpeg with the settings that it has by
itself: chroma at half the resolution, the integer transform, the standard
tables scaled to a quality from 1 (worst) to 100.

    size_t size;
    unsigned char *packed = jpeg_pack(&size, &p, 80);
    if (jpeg_unpack(&p, packed, size, "what was packed", a) != 0) ...
    free(packed);
*/

/* The image as a JPEG file of `*size` bytes, which the caller frees. */
unsigned char *jpeg_pack(size_t *size, const photograph *p, int quality);

/* What the `size` bytes show; its pixels live in the arena. Grey becomes RGB. Returns 0,
   or -1 with `error_text()` set, where `name` says of what; half a picture is refused. */
int jpeg_unpack(photograph *p, const unsigned char *packed, size_t size, const char *name, arena *a);

#endif
