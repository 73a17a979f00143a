/* src/report/sheet_check.c - reads a spreadsheet back, archive member after member. libxlsxwriter copies the rows of a sheet
 * from one file into another and does not look whether they arrive: on a full device it would end well, with a sheet
 * that no program opens. So the last row of each sheet must stand where the rows before it end, and its last tag at
 * its end. That every byte came out as it went in, zlib has seen to. */
#include "report/sheet_xlsx.h"

#include <string.h>

#include <zlib.h>

#include "base/error.h"
#include "base/os.h"

enum { PIECE = 65536, HEADER = 30 };

static const char rows_start[] = "<sheetData>", row_start[] = "<row r=\"",
                  page_end[] = "</worksheet>";

typedef struct archive {
    int fd;
    const char *path;
    uint8_t bytes[PIECE];
    size_t used, count; /* of bytes */
    bool read_failed, no_memory;
} archive;

/* Of one sheet, as it comes out. */
typedef struct sheet_view {
    uint64_t at;    /* bytes that came before */
    uint64_t last;  /* where its last row must begin; 0: not known yet */
    size_t matched; /* bytes of row_start that stand there */
    char tail[sizeof page_end - 1];
} sheet_view;

static bool refill(archive *a)
{
    ssize_t got = gr_os_read(a->fd, a->bytes, sizeof a->bytes);

    a->read_failed = a->read_failed || got < 0;
    a->used = 0;
    a->count = got > 0 ? (size_t)got : 0;
    return got > 0;
}

static bool take(archive *a, uint8_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a->used == a->count && !refill(a))
            return false;
        if (out)
            out[i] = a->bytes[a->used];
        a->used++;
    }
    return true;
}

static void look(sheet_view *view, const uint8_t *bytes, size_t count, int64_t rows)
{
    size_t tail = sizeof view->tail;

    if (view->at == 0) {
        for (size_t i = 0; i + sizeof rows_start <= count && view->last == 0; i++)
            if (memcmp(bytes + i, rows_start, sizeof rows_start - 1) == 0)
                view->last = i + sizeof rows_start - 1 + (uint64_t)rows;
    }
    while (view->last > 0 && view->matched < sizeof row_start - 1) {
        uint64_t next = view->last + view->matched;

        if (next < view->at || next >= view->at + count ||
            bytes[next - view->at] != (uint8_t)row_start[view->matched])
            break;
        view->matched++;
    }
    if (count >= tail) {
        memcpy(view->tail, bytes + count - tail, tail);
    } else {
        memmove(view->tail, view->tail + count, tail - count);
        memcpy(view->tail + tail - count, bytes, count);
    }
    view->at += count;
}

static bool is_whole(const sheet_view *view)
{
    return view->matched == sizeof row_start - 1 &&
           memcmp(view->tail, page_end, sizeof view->tail) == 0;
}

/* One member; view: NULL where it is no sheet. */
static bool read_member(archive *a, z_stream *z, sheet_view *view, int64_t rows)
{
    uint8_t out[PIECE];
    int state = Z_OK;

    if (inflateReset(z) != Z_OK)
        return false;
    while (state == Z_OK) {
        if (a->used == a->count && !refill(a))
            return false;
        z->next_in = a->bytes + a->used;
        z->avail_in = (uInt)(a->count - a->used);
        z->next_out = out;
        z->avail_out = sizeof out;
        state = inflate(z, Z_NO_FLUSH);
        a->used = a->count - z->avail_in;
        if (view)
            look(view, out, sizeof out - z->avail_out, rows);
    }
    a->no_memory = state == Z_MEM_ERROR;
    return state == Z_STREAM_END;
}

static size_t two_bytes(const uint8_t *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8;
}

/* Members stand one behind the other, each with a header; then comes the archive's directory. */
static bool read_members(archive *a, z_stream *z, const int64_t *rows, size_t sheets)
{
    static const char folder[] = "xl/worksheets/sheet";
    uint8_t header[HEADER], name[256];
    size_t found = 0, length;

    for (;;) {
        sheet_view view = { 0 };
        bool is_sheet;

        if (!take(a, header, 4) || memcmp(header, "PK", 2) != 0)
            return false;
        if (memcmp(header, "PK\3\4", 4) != 0)
            return found == sheets;
        if (!take(a, header + 4, HEADER - 4) || two_bytes(header + 8) != Z_DEFLATED)
            return false;
        length = two_bytes(header + 26);
        if (length > sizeof name || !take(a, name, length) ||
            !take(a, NULL, two_bytes(header + 28)))
            return false;
        is_sheet = length > sizeof folder && memcmp(name, folder, sizeof folder - 1) == 0;
        if (is_sheet && found == sheets)
            return false;
        if (!read_member(a, z, is_sheet ? &view : NULL, is_sheet ? rows[found] : 0) ||
            (is_sheet && !is_whole(&view)))
            return false;
        found += is_sheet;
    }
}

static void *zlib_alloc(void *context, uInt items, uInt size)
{
    (void)context;
    return gr_os_alloc((size_t)items * size);
}

static void zlib_free(void *context, void *block)
{
    (void)context;
    gr_os_free(block);
}

static gr_status fail(const archive *a, gr_error *err)
{
    if (a->no_memory)
        return gr_fail_memory(err);
    if (a->read_failed)
        return gr_fail_io(err, a->path, "read back");
    return gr_fail(
        err, GR_EFULL, (gr_place){ a->path, 0, 0 },
        "make room on the device: sheets need several times as much as the finished file",
        "the spreadsheet was not written whole");
}

gr_status gr_xlsx_check(const char *path, const int64_t *rows, size_t sheets, gr_error *err)
{
    z_stream z = { .zalloc = zlib_alloc, .zfree = zlib_free };
    archive a = { .fd = gr_os_open(path), .path = path };
    gr_status status = GR_OK;

    if (a.fd < 0)
        return gr_fail_io(err, path, "read back");
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) {
        gr_os_close(a.fd);
        return gr_fail_memory(err);
    }
    if (!read_members(&a, &z, rows, sheets))
        status = fail(&a, err);
    inflateEnd(&z);
    gr_os_close(a.fd);
    return status;
}
