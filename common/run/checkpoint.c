/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/atomic.h"
#include "base/error.h"
#include "run/checkpoint.h"

enum { PARTS = 256, NAME = 64, FINGERPRINT = 4096 };
static const char MAGIC[16] = "tangle state 1";

/* A part is memory of a fixed size, or a text, whose size is what it is now. */
typedef struct part { const char *name; void *memory; size_t bytes; text *grows; } part;

/* What stands in the file in front of each part's bytes. */
typedef struct part_header { char name[NAME]; uint64_t bytes, crc; } part_header;

struct checkpoint {
    char path[4096], fingerprint[FINGERPRINT];
    part part[PARTS];
    size_t count;
};

void checkpoint_mark(checkpoint *c, const char *mark)
{
    size_t length = strlen(c->fingerprint);
    REQUIRE(length + strlen(mark) < FINGERPRINT, "a fingerprint of %zu characters",
            length + strlen(mark));
    snprintf(c->fingerprint + length, FINGERPRINT - length, "%s", mark);
}

checkpoint *checkpoint_new(const char *path, const char *fingerprint)
{
    checkpoint *c = calloc(1, sizeof *c);
    REQUIRE(c, "no memory for a checkpoint");
    snprintf(c->path, sizeof c->path, "%s", path);
    checkpoint_mark(c, fingerprint);
    return c;
}

void checkpoint_free(checkpoint *c)
{
    free(c);
}

void checkpoint_keep(checkpoint *c, const char *name, void *memory, size_t bytes)
{
    REQUIRE(c->count < PARTS && strlen(name) < NAME, "part %zu, \"%s\"", c->count, name);
    c->part[c->count++] = (part){ .name = name, .memory = memory, .bytes = bytes };
}

void checkpoint_keep_mat(checkpoint *c, const char *name, mat m)
{
    checkpoint_keep(c, name, m.at, mat_size(m) * sizeof(real));
}

void checkpoint_keep_rng(checkpoint *c, const char *name, gsl_rng *rng)
{
    checkpoint_keep(c, name, gsl_rng_state(rng), gsl_rng_size(rng));
}

void checkpoint_keep_text(checkpoint *c, const char *name, text *s)
{
    checkpoint_keep(c, name, NULL, 0);
    c->part[c->count - 1].grows = s;
}

static uint64_t crc_of(const void *memory, size_t bytes)
{
    return crc32_z(0, memory, bytes);
}

int checkpoint_save(const checkpoint *c)
{
    atomic_file f;
    if (atomic_open(&f, c->path) != 0) return -1;
    uint64_t count = c->count;
    fwrite(MAGIC, sizeof MAGIC, 1, f.stream);
    fwrite(c->fingerprint, FINGERPRINT, 1, f.stream);
    fwrite(&count, sizeof count, 1, f.stream);
    for (size_t i = 0; i < c->count; i++) {
        const part *p = &c->part[i];
        const void *memory = p->grows ? p->grows->at : p->memory;
        size_t bytes = p->grows ? p->grows->length : p->bytes;
        part_header h = { .bytes = bytes, .crc = crc_of(memory, bytes) };
        snprintf(h.name, sizeof h.name, "%s", p->name);
        fwrite(&h, sizeof h, 1, f.stream);
        if (bytes) fwrite(memory, bytes, 1, f.stream);
    }
    return atomic_close(&f);
}

/*
# Loading

Everything is read and verified beside the state before a byte of the state is
touched: half an old state and half a new one would be worse than none.
*/
static int read_head(FILE *in, const checkpoint *c)
{
    char magic[sizeof MAGIC], fingerprint[FINGERPRINT];
    uint64_t count;
    if (fread(magic, sizeof magic, 1, in) != 1 || memcmp(magic, MAGIC, sizeof MAGIC) != 0)
        return fail("%s: not a checkpoint of this version", c->path);
    if (fread(fingerprint, sizeof fingerprint, 1, in) != 1 || fread(&count, sizeof count, 1, in) != 1)
        return fail("%s: truncated", c->path);
    fingerprint[FINGERPRINT - 1] = '\0';
    if (strcmp(fingerprint, c->fingerprint) != 0 || count != c->count)
        return fail("%s: belongs to another run: it is of \"%s\", this is \"%s\"",
                    c->path, fingerprint, c->fingerprint);
    return 0;
}

static int read_part(FILE *in, const checkpoint *c, const part *p, char **copy, size_t *bytes)
{
    part_header h;
    if (fread(&h, sizeof h, 1, in) != 1)
        return fail("%s: truncated before \"%s\"", c->path, p->name);
    h.name[NAME - 1] = '\0';
    if (strcmp(h.name, p->name) != 0 || (!p->grows && h.bytes != p->bytes))
        return fail("%s: \"%s\" of %llu bytes where \"%s\" of %zu was expected",
                    c->path, h.name, (unsigned long long)h.bytes, p->name, p->bytes);
    struct stat file;
    if (fstat(fileno(in), &file) != 0 || h.bytes > (uint64_t)file.st_size)
        return fail("%s: truncated in \"%s\"", c->path, p->name);
    *bytes = h.bytes;
    *copy = malloc(h.bytes + 1);
    if (!*copy) return fail("%s: no memory for \"%s\", %zu bytes", c->path, p->name, *bytes);
    if (h.bytes && fread(*copy, h.bytes, 1, in) != 1)
        return fail("%s: truncated in \"%s\"", c->path, p->name);
    if (crc_of(*copy, h.bytes) != h.crc)
        return fail("%s: \"%s\" is damaged", c->path, p->name);
    return 0;
}

static void restore(const part *p, const char *copy, size_t bytes)
{
    REQUIRE(copy, "\"%s\" was not read", p->name);
    if (p->grows) text_set(p->grows, copy, bytes);
    else memcpy(p->memory, copy, bytes);
}

int checkpoint_load(checkpoint *c)
{
    FILE *in = fopen(c->path, "r");
    if (!in) return errno == ENOENT ? 0 : fail("%s: cannot read: %s", c->path, strerror(errno));
    char *copy[PARTS] = { 0 };
    size_t bytes[PARTS] = { 0 };
    const size_t count = c->count;
    int result = read_head(in, c);
    for (size_t i = 0; i < count && result == 0; i++)
        result = read_part(in, c, &c->part[i], &copy[i], &bytes[i]);
    for (size_t i = 0; i < count; i++) {
        if (result == 0) restore(&c->part[i], copy[i], bytes[i]);
        free(copy[i]);
    }
    fclose(in);
    return result == 0 ? 1 : -1;
}

void checkpoint_remove(const checkpoint *c)
{
    atomic_remove(c->path);
}
