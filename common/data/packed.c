/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Reading bytes that may be packed, and may be wrong

A download that broke off, a web page saved under the name of an archive, a
flipped bit: all of these look like data until somebody asks. Both libraries
report a broken stream only to those who look, so each read is followed by a
look.
*/
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/threads.h"
#include "data/packed.h"

/*
# What a file is
*/
typedef struct packing {
    const char *name, *ending, *magic;
    size_t length;                          /* of the magic */
} packing;

static const packing gzip = { "a gzip", ".gz", "\x1f\x8b", 2 };
static const packing xz = { "an xz", ".xz", "\xfd" "7zXZ\0", 6 };

static bool is_named(const char *path, const packing *p)
{
    size_t length = strlen(path), ending = strlen(p->ending);
    return length > ending && strcmp(path + length - ending, p->ending) == 0;
}

static int check_name(const packed *f, const char *magic, const packing *p)
{
    if (!is_named(f->path, p) || memcmp(magic, p->magic, p->length) == 0) return 0;
    return fail("%s: not %s file in spite of its name; get the file again", f->path, p->name);
}

/*
# Opening

An xz file of several blocks, each with its size in front, is unpacked by
several threads, which takes memory for a block each: at most `MEMORY`.
*/
static const size_t MEMORY = (size_t)256 << 20;

static int open_xz(packed *f)
{
    lzma_mt how = { .flags = LZMA_CONCATENATED, .threads = (uint32_t)threads_count(),
                    .memlimit_threading = MEMORY, .memlimit_stop = UINT64_MAX };
    f->xz = fopen(f->path, "rb");
    if (!f->xz) return fail("%s: %s", f->path, strerror(errno));
    lzma_ret status = lzma_stream_decoder_mt(&f->unpacker, &how);
    REQUIRE(status == LZMA_OK, "liblzma does not start: code %d", (int)status);
    return 0;
}

static int open_gzip(packed *f)
{
    f->gzip = gzopen(f->path, "rb");
    if (!f->gzip) return fail("%s: %s", f->path, strerror(errno));
    gzbuffer(f->gzip, 1 << 18);
    return 0;
}

static int read_magic(char *magic, size_t size, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return fail("%s: %s", path, strerror(errno));
    memset(magic, 0, size);
    size_t got = fread(magic, 1, size, in);
    int failed = got < size && ferror(in);
    if (failed) fail("%s: %s", path, strerror(errno));
    fclose(in);
    return failed ? -1 : 0;
}

int packed_open(packed *f, const char *path)
{
    struct stat about;
    char magic[6];
    f->path = path;
    f->gzip = NULL;
    f->xz = NULL;
    f->unpacker = (lzma_stream)LZMA_STREAM_INIT;
    if (stat(path, &about) != 0)
        return fail("%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail("%s: not a regular file", path);
    f->bytes = (size_t)about.st_size;
    if (read_magic(magic, sizeof magic, path) != 0) return -1;
    if (check_name(f, magic, &gzip) != 0 || check_name(f, magic, &xz) != 0) return -1;
    return memcmp(magic, xz.magic, xz.length) == 0 ? open_xz(f) : open_gzip(f);
}

void packed_close(packed *f)
{
    if (f->gzip) gzclose_r(f->gzip);
    if (f->xz) fclose(f->xz);
    lzma_end(&f->unpacker);
}

/*
# Reading

Each of the two libraries hands over as many of `count` bytes as there are,
and says how it stands with the stream.
*/
typedef struct state {
    enum { FINE, TRUNCATED, DAMAGED } is;   /* a file that ends where it may is FINE */
    const char *reason;                     /* for DAMAGED */
} state;

static state read_gzip(packed *f, void *to, size_t *count)
{
    int status, got = gzread(f->gzip, to, (unsigned)*count);
    const char *reason = gzerror(f->gzip, &status);
    *count = got > 0 ? (size_t)got : 0;
    return (state){ status == Z_OK ? FINE : status == Z_BUF_ERROR ? TRUNCATED : DAMAGED, reason };
}

static state state_of(lzma_ret status)
{
    switch (status) {
    case LZMA_OK: case LZMA_STREAM_END: return (state){ FINE, NULL };
    case LZMA_BUF_ERROR:     return (state){ TRUNCATED, NULL };
    case LZMA_DATA_ERROR:    return (state){ DAMAGED, "its data are corrupt" };
    case LZMA_FORMAT_ERROR:  return (state){ DAMAGED, "what follows is not xz" };
    case LZMA_OPTIONS_ERROR: return (state){ DAMAGED, "options that liblzma does not know" };
    case LZMA_MEM_ERROR:     return (state){ DAMAGED, "no memory to unpack it" };
    default:                 return (state){ DAMAGED, "liblzma gives up" };
    }
}

/* Once the file is read to its end, `LZMA_FINISH` says that no more will come. */
static state read_xz(packed *f, void *to, size_t *count)
{
    lzma_stream *u = &f->unpacker;
    lzma_ret status = LZMA_OK;
    u->next_out = to;
    u->avail_out = *count;
    while (u->avail_out > 0 && status == LZMA_OK) {
        if (u->avail_in == 0) {
            u->next_in = f->chunk;
            u->avail_in = fread(f->chunk, 1, sizeof f->chunk, f->xz);
            if (ferror(f->xz)) break;
        }
        status = lzma_code(u, u->avail_in == 0 ? LZMA_FINISH : LZMA_RUN);
    }
    *count -= u->avail_out;
    return ferror(f->xz) ? (state){ DAMAGED, strerror(errno) } : state_of(status);
}

static state read_some(packed *f, void *to, size_t *count)
{
    return f->xz ? read_xz(f, to, count) : read_gzip(f, to, count);
}

int packed_read(packed *f, void *to, size_t count, const char *within, ...)
{
    REQUIRE(count <= INT_MAX, "%zu bytes at once", count);
    size_t got = count;
    state s = read_some(f, to, &got);
    if (got == count) return 0;

    char where[128];
    va_list arguments;
    va_start(arguments, within);
    vsnprintf(where, sizeof where, within, arguments);
    va_end(arguments);
    if (s.is == DAMAGED)
        return fail("%s: damaged within %s (%s); get the file again", f->path, where, s.reason);
    return fail("%s: truncated: it ends within %s; get the file again", f->path, where);
}

/*
The checksum of a stream stands behind its last byte. Asking for one byte more
than there should be makes the library verify it, and shows whether the file
goes on.
*/
int packed_end(packed *f, size_t count)
{
    unsigned char beyond;
    size_t got = 1;
    state s = read_some(f, &beyond, &got);
    if (got > 0)
        return fail("%s: bytes follow after the %zu that are expected", f->path, count);
    if (s.is == TRUNCATED)
        return fail("%s: truncated at its end; get the file again", f->path);
    if (s.is == DAMAGED)
        return fail("%s: damaged at its end (%s); get the file again", f->path, s.reason);
    return 0;
}

/*
# How much may be in it

LZMA does better than deflate: a match of 273 bytes costs at the least 14 binary
decisions of 0.022 bits each, one byte in some 7,100.
*/
enum { MOST_OF_LZMA = 7200 };

bool packed_can_hold(const packed *f, size_t count)
{
    return count / (f->xz ? MOST_OF_LZMA : PACKED_MOST_DEFLATED) <= f->bytes;
}
