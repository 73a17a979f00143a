/* src/base/digester.h - SHA-256 of a stream in a thread of its own, so that whoever reads need not wait for it. A
 * short stream is digested on the spot: no thread is started for it. */
#ifndef GR_BASE_DIGESTER_H
#define GR_BASE_DIGESTER_H

#include "base/digest.h"

#include <stdbool.h>

typedef struct gr_digester gr_digester;

gr_digester *gr_digester_open(void); /* NULL: no memory */
void gr_digester_add(gr_digester *digester, const void *bytes, size_t count);
void gr_digester_end(gr_digester *digester, char hex[GR_DIGEST_HEX]); /* once; then only free */
void gr_digester_free(gr_digester *digester);                         /* also without end */

#endif
