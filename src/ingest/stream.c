/* src/ingest/stream.c - three layers, each of which may be absent: bytes as they are on disk,
 * inflated by zlib, turned into UTF-8 by iconv. A plain UTF-8 file is read straight into the
 * caller's buffer. */
#include "ingest/stream.h"

#include "base/digester.h"
#include "base/os.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { GR_STREAM_BUFFER = 64 * 1024 };

typedef struct buffer {
    size_t from, to; /* bytes[from .. to) are still to be used */
    char bytes[GR_STREAM_BUFFER];
} buffer;

struct gr_stream {
    const char *name;
    int fd;         /* -1: memory */
    gr_text memory; /* what is left of it */
    gr_digester *digester;
    uint64_t done, total;
    bool is_packed, was_packed_end, ended, is_recoded;
    z_stream zlib;
    iconv_t recoder;
    buffer packed, head, before;
};

static gr_place here(const gr_stream *s)
{
    return (gr_place){ s->name, 0, 0 };
}

/* ---- bytes as they are on disk ---- */

static gr_status read_disk(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    ssize_t n;

    if (s->fd < 0) {
        n = (ssize_t)(s->memory.len < room ? s->memory.len : room);
        memcpy(into, s->memory.ptr, (size_t)n);
        s->memory = gr_text_slice(s->memory, (size_t)n, s->memory.len);
    } else if ((n = gr_os_read(s->fd, into, room)) < 0) {
        return gr_fail_io(err, s->name, "read");
    }
    gr_digester_add(s->digester, into, (size_t)n);
    s->done += (size_t)n;
    *got = (size_t)n;
    return GR_OK;
}

/* ---- inflated ---- */

static gr_status damaged(const gr_stream *s, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, here(s), "copy or export the file again",
                   "the compressed data is damaged");
}

static gr_status packed_end(const gr_stream *s, gr_error *err)
{
    if (s->was_packed_end)
        return GR_OK;
    return gr_fail(err, GR_EINPUT, here(s), "copy or export the file again",
                   "the compressed file is cut short");
}

/* A file may be several compressed ones in a row. Zeros after the end are padding. */
static gr_status next_member(gr_stream *s, gr_error *err)
{
    while (s->packed.from < s->packed.to && s->packed.bytes[s->packed.from] == 0)
        s->packed.from++;
    if (s->packed.from == s->packed.to)
        return GR_OK;
    s->was_packed_end = false;
    return inflateReset(&s->zlib) == Z_OK ? GR_OK : damaged(s, err);
}

static gr_status inflate_some(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    int result;

    s->zlib.next_in = (Bytef *)s->packed.bytes + s->packed.from;
    s->zlib.avail_in = (uInt)(s->packed.to - s->packed.from);
    s->zlib.next_out = (Bytef *)into;
    s->zlib.avail_out = (uInt)room;
    result = inflate(&s->zlib, Z_NO_FLUSH);
    s->packed.from = s->packed.to - s->zlib.avail_in;
    *got = room - s->zlib.avail_out;
    if (result == Z_MEM_ERROR)
        return gr_fail_memory(err);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return damaged(s, err);
    s->was_packed_end = result == Z_STREAM_END;
    return s->was_packed_end ? next_member(s, err) : GR_OK;
}

static gr_status read_plain(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    gr_status status = GR_OK;

    *got = 0;
    if (!s->is_packed)
        return read_disk(s, into, room, got, err);
    while (*got == 0 && status == GR_OK) {
        if (s->packed.from == s->packed.to) {
            size_t n;

            status = read_disk(s, s->packed.bytes, sizeof s->packed.bytes, &n, err);
            s->packed.from = 0;
            s->packed.to = status == GR_OK ? n : 0;
            if (status == GR_OK && n == 0)
                return packed_end(s, err);
        }
        if (status == GR_OK && s->was_packed_end)
            status = next_member(s, err);
        else if (status == GR_OK)
            status = inflate_some(s, into, room, got, err);
    }
    return status;
}

/* ---- opening ---- */

static gr_status start_inflating(gr_stream *s, gr_error *err)
{
    static const char magic[] = { 0x1f, (char)0x8b };

    if (s->head.to < 2 || memcmp(s->head.bytes, magic, sizeof magic) != 0)
        return GR_OK;
    memcpy(&s->packed, &s->head, sizeof s->packed);
    s->head.to = 0;
    if (inflateInit2(&s->zlib, 15 + 16) != Z_OK)
        return gr_fail_memory(err);
    s->is_packed = true;
    return GR_OK;
}

static gr_status fill_head(gr_stream *s, gr_error *err)
{
    gr_status status = GR_OK;
    size_t got = 1;

    while (status == GR_OK && got > 0 && s->head.to < sizeof s->head.bytes) {
        status =
            read_plain(s, s->head.bytes + s->head.to, sizeof s->head.bytes - s->head.to, &got, err);
        if (status == GR_OK)
            s->head.to += got;
    }
    return status;
}

static gr_status open_stream(const char *name, int fd, gr_text bytes, gr_stream **out,
                             gr_error *err)
{
    gr_stream *s = gr_os_alloc(sizeof *s);
    gr_status status;

    if (!s)
        return gr_fail_memory(err);
    memset(s, 0, offsetof(gr_stream, packed));
    s->packed.from = s->packed.to = s->head.from = s->head.to = s->before.from = s->before.to = 0;
    s->name = name;
    s->fd = fd;
    s->memory = bytes;
    s->total = bytes.len;
    s->digester = gr_digester_open();
    status = s->digester ? fill_head(s, err) : gr_fail_memory(err);
    if (status == GR_OK)
        status = start_inflating(s, err);
    if (status == GR_OK && s->is_packed)
        status = fill_head(s, err);
    if (status != GR_OK) {
        s->fd = -1; /* the caller closes it */
        gr_stream_free(s);
        return status;
    }
    *out = s;
    return GR_OK;
}

gr_status gr_stream_open(const char *path, gr_stream **out, gr_error *err)
{
    bool is_input = strcmp(path, "-") == 0;
    int fd = is_input ? STDIN_FILENO : gr_os_open(path);
    struct stat about;
    gr_status status;

    if (fd < 0)
        return gr_fail_io(err, path, "open");
    status = open_stream(is_input ? "standard input" : path, fd, GR_TEXT(""), out, err);
    if (status != GR_OK && !is_input)
        gr_os_close(fd);
    if (status == GR_OK && fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        (*out)->total = (uint64_t)about.st_size;
    return status;
}

gr_status gr_stream_memory(const char *name, gr_text bytes, gr_stream **out, gr_error *err)
{
    return open_stream(name, -1, bytes, out, err);
}

void gr_stream_free(gr_stream *s)
{
    if (!s)
        return;
    if (s->is_packed)
        inflateEnd(&s->zlib);
    if (s->is_recoded)
        iconv_close(s->recoder);
    if (s->fd > STDIN_FILENO)
        gr_os_close(s->fd);
    gr_digester_free(s->digester);
    gr_os_free(s);
}

gr_text gr_stream_head(const gr_stream *s)
{
    return (gr_text){ s->head.bytes, s->head.to };
}

/* ---- UTF-8 ---- */

/* A byte order mark has done its work. */
static void skip_mark(gr_stream *s)
{
    static const char *const marks[] = { "\xEF\xBB\xBF", "\xFF\xFE\0\0", "\0\0\xFE\xFF", "\xFF\xFE",
                                         "\xFE\xFF" };
    static const size_t sizes[] = { 3, 4, 4, 2, 2 };

    for (size_t i = 0; i < GR_COUNT(marks); i++)
        if (s->head.to >= sizes[i] && memcmp(s->head.bytes, marks[i], sizes[i]) == 0) {
            s->head.from = sizes[i];
            return;
        }
}

gr_status gr_stream_encoding(gr_stream *s, const char *name, gr_error *err)
{
    skip_mark(s);
    if (!name)
        return GR_OK;
    s->recoder = iconv_open("UTF-8", name);
    if (s->recoder == (iconv_t)-1)
        return gr_fail(err, GR_EINPUT, here(s), "export it as UTF-8",
                       "the encoding '%.40s' is not known", name);
    s->is_recoded = true;
    return GR_OK;
}

/* What was read ahead first, then what comes. */
static gr_status read_on(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    size_t left = s->head.to - s->head.from;

    if (left == 0)
        return read_plain(s, into, room, got, err);
    *got = left < room ? left : room;
    memcpy(into, s->head.bytes + s->head.from, *got);
    s->head.from += *got;
    return GR_OK;
}

/* Adds to what is left of a letter that was cut in two. */
static gr_status refill(gr_stream *s, gr_error *err)
{
    buffer *b = &s->before;
    size_t got;
    gr_status status;

    memmove(b->bytes, b->bytes + b->from, b->to - b->from);
    b->to -= b->from;
    b->from = 0;
    status = read_on(s, b->bytes + b->to, sizeof b->bytes - b->to, &got, err);
    if (status != GR_OK)
        return status;
    s->ended = got == 0;
    b->to += got;
    return GR_OK;
}

static gr_status recode(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    char *from = s->before.bytes + s->before.from, *to = into;
    size_t left = s->before.to - s->before.from, free_room = room;
    size_t result = iconv(s->recoder, &from, &left, &to, &free_room);

    s->before.from = s->before.to - left;
    *got = room - free_room;
    if (result == (size_t)-1 && (errno == EILSEQ || (errno == EINVAL && s->ended)) && *got == 0)
        return gr_fail(err, GR_EINPUT, here(s), "export it as UTF-8",
                       "byte %llu is not text in the encoding that the document names",
                       (unsigned long long)(s->done - left + 1));
    return GR_OK;
}

gr_status gr_stream_read(gr_stream *s, char *into, size_t room, size_t *got, gr_error *err)
{
    gr_status status = GR_OK;

    *got = 0;
    if (!s->is_recoded)
        return read_on(s, into, room, got, err);
    while (status == GR_OK && *got == 0 && !(s->ended && s->before.from == s->before.to)) {
        if (!s->ended && s->before.to - s->before.from < 16)
            status = refill(s, err);
        if (status == GR_OK && s->before.from < s->before.to)
            status = recode(s, into, room, got, err);
    }
    return status;
}

uint64_t gr_stream_done(const gr_stream *s)
{
    return s->done;
}

uint64_t gr_stream_total(const gr_stream *s)
{
    return s->total;
}

void gr_stream_digest(gr_stream *s, char hex[GR_DIGEST_HEX])
{
    gr_digester_end(s->digester, hex);
}
