/* src/base/list.c - growth by half: large lists are moved by the kernel's page tables, and the slack of
 * a list of millions stays small. */
#include "base/list.h"
#include "base/os.h"

#include <stdint.h>
#include <string.h>

bool gr_list_reserve(gr_list *list, size_t more)
{
    size_t room = list->room;
    void *items;

    if (more <= room - list->count)
        return true;
    if (more > SIZE_MAX / 4 / list->size - list->count)
        return false;
    while (room - list->count < more)
        room += room / 2 + 8;
    items = gr_os_resize(list->items, room * list->size);
    if (!items)
        return false;
    list->items = items;
    list->room = room;
    return true;
}

void *gr_list_add(gr_list *list)
{
    char *item;

    if (!gr_list_reserve(list, 1))
        return NULL;
    item = (char *)list->items + list->count++ * list->size;
    return memset(item, 0, list->size);
}

bool gr_list_push(gr_list *list, const void *item)
{
    if (!gr_list_reserve(list, 1))
        return false;
    memcpy((char *)list->items + list->count++ * list->size, item, list->size);
    return true;
}

void gr_list_cut(gr_list *list, size_t count)
{
    if (count < list->count)
        list->count = count;
}

void gr_list_free(gr_list *list)
{
    gr_os_free(list->items);
    list->items = NULL;
    list->count = list->room = 0;
}
