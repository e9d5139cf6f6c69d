/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PICTURE_H
#define RUN_PICTURE_H

#include "base/image.h"
#include "run/run.h"

/*
# A picture beside a result

Images as a mosaic (`data/mosaic.h`), which takes `ending` in the place of .tsv: a figure shows it (`mosaic` in
`common/run/figure.gp`). A result on standard output has no place beside it, and nothing is written.
*/
void run_picture(run *r, const char *ending, mat x, image shape, size_t columns);

#endif
