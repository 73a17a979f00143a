/* src/ingest/window.h - the last bytes of an export, as long as somebody may ask for them: to cut
 * out a record that goes to quarantine, and to find the column of a tag. The parser reads from
 * here too. */
#ifndef GR_INGEST_WINDOW_H
#define GR_INGEST_WINDOW_H

#include "base/error.h"

/* Bytes fed to the parser at a time, and bytes kept: both fit the processor's cache. Measured: a
 * window of 1.3 MB makes parser and kernel a third slower. */
enum { GR_PIECE = 16 * 1024, GR_WINDOW = 8 * GR_PIECE };

typedef struct gr_window {
    char *bytes;
    size_t room, used;
    uint64_t from; /* offset in the export of bytes[0] */
    /* The last place asked for, and its column. Later ones count on from it, so that an export of a
     * single line is not searched again and again. */
    uint64_t known_offset;
    uint32_t known_column;
} gr_window;

bool gr_window_open(gr_window *window); /* false: no memory */
void gr_window_free(gr_window *window);
void gr_window_reset(gr_window *window);

/* Where the next piece may be put: room for GR_PIECE bytes. Forgets what is before keep, if need
 * be. NULL when there is no room because keep lies too far back. */
char *gr_window_space(gr_window *window, uint64_t keep);
gr_text gr_window_cut(const gr_window *window, uint64_t from, uint64_t to);

/* The beginning of the tag that ends at or after the offset end; *line is that of the end, and is
 * corrected. */
uint64_t gr_window_tag(const gr_window *window, uint64_t end, uint32_t *line);
uint32_t gr_window_column(gr_window *window, uint64_t offset);

#endif
