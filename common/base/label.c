/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/label.h"

size_t label_index(int label, size_t classes)
{
    REQUIRE(label >= 0 && (size_t)label < classes, "label %d of %zu classes", label, classes);
    return (size_t)label;
}

void labels_require(const int *y, size_t n, size_t classes)
{
    for (size_t i = 0; i < n; i++) label_index(y[i], classes);
}
