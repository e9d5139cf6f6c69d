/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/error.h"
#include "data/npz.h"
#include "data/packed.h"

int npz_open(npz *z, const char *path)
{
    int code = 0;
    *z = (npz){ path, zip_open(path, ZIP_RDONLY, &code) };
    if (z->archive) return 0;
    zip_error_t why;
    zip_error_init_with_code(&why, code);
    fail("%s: %s; expected what numpy.savez writes", path, zip_error_strerror(&why));
    zip_error_fini(&why);
    return -1;
}

void npz_close(npz *z)
{
    if (z->archive) zip_discard(z->archive);
    z->archive = NULL;
}

/*
# A member

The directory of the archive says how long a member is once it is unpacked, and is not believed where deflate
(`data/packed.h`) could not have left so little. libzip compares the checksum when a reading finds nothing more, so there
has to be one.
*/
enum { NAME = 512 };

static int unpack(npy_bytes *to, const npz *z, const char *member, arena *a)
{
    char file[NAME];
    zip_stat_t about;
    struct stat archive;
    snprintf(file, sizeof file, "%s.npy", member);
    if (zip_stat(z->archive, file, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE))
        return fail("%s: there is no array \"%s\" in it", z->path, member);
    if (stat(z->path, &archive) != 0 || about.size / PACKED_MOST_DEFLATED > (zip_uint64_t)archive.st_size)
        return fail("%s, %s: damaged: says that it unpacks to %zu bytes", z->path, member, (size_t)about.size);
    zip_file_t *in = zip_fopen(z->archive, file, 0);
    if (!in) return fail("%s, %s: %s", z->path, member, zip_strerror(z->archive));
    *to = (npy_bytes){ arena_take(a, about.size, 1), about.size };
    bool whole = zip_fread(in, to->at, about.size) == (zip_int64_t)about.size && zip_fread(in, &(char){ 0 }, 1) == 0;
    int status = whole ? 0 : fail("%s, %s: damaged: %s", z->path, member, zip_file_strerror(in));
    zip_fclose(in);
    return status;
}

int npz_matrix(mat *m, const npz *z, const char *member, arena *a)
{
    npy_bytes bytes = { 0 };
    char what[NAME];
    snprintf(what, sizeof what, "%s, %s", z->path, member);
    return unpack(&bytes, z, member, a) != 0 ? -1 : npy_read_bytes(m, bytes, what, a);
}

int npz_labels(int **y, size_t *n, size_t classes, const npz *z, const char *member, arena *a)
{
    npy_bytes bytes = { 0 };
    char what[NAME];
    snprintf(what, sizeof what, "%s, %s", z->path, member);
    return unpack(&bytes, z, member, a) != 0 ? -1 : npy_labels_bytes(y, n, classes, bytes, what, a);
}
