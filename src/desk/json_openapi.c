/* src/desk/json_openapi.c - the document that says what there is: the same bytes as include/openapi.json. */
#include <string.h>

#include "desk/desk.h"
#include "desk/openapi.h"

gr_status gr_json_openapi(gr_visit *visit, gr_error *err)
{
    (void)err; /* it is there since the program was built */
    visit->reply->is_static = true;
    for (size_t i = 0; gr_openapi_line[i]; i++)
        gr_write(&visit->out, gr_openapi_line[i], strlen(gr_openapi_line[i]));
    return GR_OK;
}
