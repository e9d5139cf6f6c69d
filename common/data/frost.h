/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_FROST_H
#define DATA_FROST_H

#include "data/photograph.h"

/*
# Photographs of frost

Ice on a window pane is not drawn by a formula: the corruption `frost` lays
pieces of photographs over an image, those of the set `frost`. The published
program names six files and draws a number from 0 to 4, so the sixth is never
used; we read five.

    frost ice;
    int status = frost_read(&ice, memory);
    if (status != 0) die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());

They are made smaller by a factor of 5, with OpenCV's bilinear interpolation.
Pixel i of the smaller one lies at $5 (i + \tfrac12) - \tfrac12 = 5i + 2$, which is a
whole number: nothing is averaged, every fifth pixel is taken. There are
height / 5 of them, rounded to the nearest.
*/
enum { FROST_TEXTURES = 5, FROST_REDUCTION = 5,
       FROST_MOST_SIDE = 62 };                  /* of a piece, in pixels: no texture is smaller */

typedef struct frost {
    photograph texture[FROST_TEXTURES];     /* made smaller */
    const char *file[FROST_TEXTURES];       /* what was read */
} frost;

/* From the files of the set `frost` (`data/dataset.h`). Returns 0, `DATA_MISSING` or -1 as
   `dataset_load` does; a photograph too small to cut a piece from is refused. */
int frost_read(frost *f, arena *a);

#endif
