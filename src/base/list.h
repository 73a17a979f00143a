/* src/base/list.h - an array that grows. Items move when it does: keep indexes, not pointers. */
#ifndef GR_BASE_LIST_H
#define GR_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

typedef struct gr_list {
    void *items; /* count items of size bytes each */
    size_t count, room, size;
} gr_list;

#define GR_LIST(type)        ((gr_list){ NULL, 0, 0, sizeof(type) })
#define GR_AT(list, type, i) (&((type *)(list).items)[i])

void *gr_list_add(gr_list *list); /* a new last item, all zero; NULL when there is no memory */
bool gr_list_push(gr_list *list, const void *item);
bool gr_list_reserve(gr_list *list, size_t more);
void gr_list_cut(gr_list *list, size_t count); /* forgets all after the first count */
void gr_list_free(gr_list *list);

#endif
