/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>
#include <jpeglib.h>

#include "base/error.h"
#include "data/jpeg.h"

/*
# When libjpeg gives up

It reports an error by a call that must not return, so we jump to where
`setjmp` was called. A damaged file is worth no more than a warning to it, and
what is missing is painted grey; to us both are errors.
*/
typedef struct trouble {
    struct jpeg_error_mgr to_libjpeg;       /* first, so that one pointer is both */
    const char *name;
    jmp_buf back;
} trouble;

static void refuse(j_common_ptr codec)
{
    trouble *t = (trouble *)codec->err;
    char why[JMSG_LENGTH_MAX];
    codec->err->format_message(codec, why);
    fail("%s: %s; get the file again", t->name, why);
    longjmp(t->back, 1);
}

static void refuse_warnings(j_common_ptr codec, int level)
{
    if (level < 0) refuse(codec);
}

static struct jpeg_error_mgr *begin(trouble *t, const char *name)
{
    t->name = name;
    jpeg_std_error(&t->to_libjpeg);
    t->to_libjpeg.error_exit = refuse;
    t->to_libjpeg.emit_message = refuse_warnings;
    return &t->to_libjpeg;
}

/*
# There
*/
unsigned char *jpeg_pack(size_t *size, const photograph *p, int quality)
{
    trouble t;
    struct jpeg_compress_struct codec = { .err = begin(&t, "jpeg_pack") };
    unsigned char *packed = NULL;
    unsigned long bytes = 0;
    if (setjmp(t.back)) REQUIRE(0, "%s", error_text());
    jpeg_create_compress(&codec);
    jpeg_mem_dest(&codec, &packed, &bytes);
    codec.image_width = (JDIMENSION)p->width;
    codec.image_height = (JDIMENSION)p->height;
    codec.input_components = PHOTOGRAPH_CHANNELS;
    codec.in_color_space = JCS_RGB;
    jpeg_set_defaults(&codec);
    jpeg_set_quality(&codec, quality, TRUE);
    jpeg_start_compress(&codec, TRUE);
    while (codec.next_scanline < codec.image_height) {
        JSAMPROW line = p->at + codec.next_scanline * p->width * PHOTOGRAPH_CHANNELS;
        jpeg_write_scanlines(&codec, &line, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    *size = bytes;
    return packed;
}

/*
# And back

`do_fancy_upsampling` and `dct_method` keep libjpeg's defaults.
*/
/* A block of 8 x 8 pixels takes a bit at the least, unless it is of the rare kind that does without whole bits. */
static int check_size(const struct jpeg_decompress_struct *codec, size_t size, const char *name)
{
    if (codec->arith_code || (size_t)codec->image_width * codec->image_height / (8 * 64) <= size) return 0;
    return fail("%s: the header promises %u x %u pixels, which a file of %zu bytes cannot hold", name,
                codec->image_height, codec->image_width, size);
}

static int unpack(photograph *p, struct jpeg_decompress_struct *codec, size_t size, trouble *t, arena *a)
{
    if (setjmp(t->back)) return -1;
    jpeg_read_header(codec, TRUE);
    if (check_size(codec, size, t->name) != 0) return -1;
    codec->out_color_space = JCS_RGB;
    jpeg_start_decompress(codec);
    *p = photograph_new(codec->output_height, codec->output_width, a);
    while (codec->output_scanline < codec->output_height) {
        JSAMPROW line = p->at + codec->output_scanline * p->width * PHOTOGRAPH_CHANNELS;
        jpeg_read_scanlines(codec, &line, 1);
    }
    jpeg_finish_decompress(codec);
    return 0;
}

int jpeg_unpack(photograph *p, const unsigned char *packed, size_t size, const char *name, arena *a)
{
    trouble t;
    struct jpeg_decompress_struct codec = { .err = begin(&t, name) };
    if (size == 0) return fail("%s: empty, expected a JPEG file", name);
    jpeg_create_decompress(&codec);
    jpeg_mem_src(&codec, packed, size);
    int status = unpack(p, &codec, size, &t, a);
    jpeg_destroy_decompress(&codec);
    return status;
}
