/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "data/mosaic.h"
#include "run/picture.h"

void run_picture(run *r, const char *ending, mat x, image shape, size_t columns)
{
    char path[4096];
    if (!run_has_place(r)) return;
    run_beside(r, path, sizeof path, ending);
    if (mosaic_write(path, x, shape, columns) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, path);
}
