/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_PACKED_H
#define DATA_PACKED_H

#include <lzma.h>
#include <stdbool.h>
#include <stdio.h>
#include <zlib.h>

/*
# Bytes that may be packed

A data file comes as it is, through gzip or through xz, and the reader of its
format need not know. Its first bytes tell:

| begins with | packed by | read through |
|-------------|-----------|--------------|
| `1f 8b`             | gzip    | zlib |
| `fd 37 7a 58 5a 00` | xz      | liblzma, in as many threads as the pool has |
| anything else       | nothing | zlib, which hands it over as it is |

A file whose name ends in `.gz` or `.xz` has to begin so.

    packed f;
    int status = packed_open(&f, path);
    if (status == 0) status = packed_read(&f, header, sizeof header, "its header");
    if (status == 0) status = packed_end(&f, sizeof header);
    packed_close(&f);

The functions return 0, or -1 with `error_text()` set: which file, what is
wrong with it, what to do.
*/
enum { PACKED_CHUNK = 1 << 16 };

typedef struct packed {
    const char *path;                       /* borrowed */
    size_t bytes;                           /* on disk */
    gzFile gzip;                            /* gzip or nothing; NULL for xz, which has: */
    FILE *xz;                               /* the file, */
    lzma_stream unpacker;                   /* what unpacks it, */
    unsigned char chunk[PACKED_CHUNK];      /* and a piece of it, still packed */
} packed;

/* Opens a regular file. `packed_close` is due even after a failure. */
int packed_open(packed *f, const char *path);
void packed_close(packed *f);

/* The next `count` bytes, all of them. The format says within what (`"record %zu"`)
   they were missed or damaged. */
int packed_read(packed *f, void *to, size_t count, const char *within, ...)
    __attribute__((format(printf, 4, 5)));

/*
Nothing may follow the `count` bytes that were read. Only here does a broken
checksum at the end of a packed file come to light.
*/
int packed_end(packed *f, size_t count);

/* Deflate, which packs for gzip and in archives, makes at most so many bytes out of one. */
enum { PACKED_MOST_DEFLATED = 1032 };

/* Can the file hold that many bytes, however well it is packed? For sizes that a
   header promises, before any memory is taken for them. */
bool packed_can_hold(const packed *f, size_t count);

#endif
