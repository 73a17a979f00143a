/* src/web/links.c - the connections that are open. A link is in the list as long as libmicrohttpd has its socket open, which
 * tells us before it closes it: so no other file is ever cut by its number. */
#include "web/links.h"

#include "web/memory.h"
#include "web/server_inside.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct gr_links {
    pthread_mutex_t lock;
    gr_link *first;
    size_t count;
    uint64_t cut;
};

gr_links *gr_links_create(void)
{
    gr_links *links = gr_web_alloc(sizeof *links);

    if (links && pthread_mutex_init(&links->lock, NULL) != 0) {
        gr_web_free(links);
        return NULL;
    }
    return links;
}

void gr_links_free(gr_links *links)
{
    if (!links)
        return;
    pthread_mutex_destroy(&links->lock);
    gr_web_free(links);
}

gr_link *gr_link_open(gr_links *links, int socket, const char *address)
{
    gr_link *link = gr_web_alloc(sizeof *link);

    if (!link)
        return NULL;
    link->socket = socket;
    snprintf(link->address, sizeof link->address, "%s", address);
    gr_link_waiting(link);
    pthread_mutex_lock(&links->lock);
    link->next = links->first;
    if (links->first)
        links->first->previous = link;
    links->first = link;
    links->count++;
    pthread_mutex_unlock(&links->lock);
    return link;
}

void gr_link_close(gr_links *links, gr_link *link)
{
    if (!link)
        return;
    pthread_mutex_lock(&links->lock);
    if (link->previous)
        link->previous->next = link->next;
    else
        links->first = link->next;
    if (link->next)
        link->next->previous = link->previous;
    links->count--;
    pthread_mutex_unlock(&links->lock);
    gr_web_free(link);
}

void gr_link_answering(gr_link *link)
{
    link->since = gr_web_micros();
    link->is_answering = true;
}

void gr_link_waiting(gr_link *link)
{
    link->since = gr_web_micros();
    link->is_answering = false;
}

size_t gr_links_count(gr_links *links)
{
    size_t count;

    pthread_mutex_lock(&links->lock);
    count = links->count;
    pthread_mutex_unlock(&links->lock);
    return count;
}

size_t gr_links_cut(gr_links *links, int64_t now)
{
    size_t count = 0;

    pthread_mutex_lock(&links->lock);
    for (gr_link *link = links->first; link; link = link->next) {
        int64_t seconds = link->is_answering ? GR_WEB_REPLY_SECONDS : GR_WEB_REQUEST_SECONDS;

        if (link->was_cut || now - link->since < seconds * 1000000)
            continue;
        shutdown(link->socket, SHUT_RDWR);
        link->was_cut = true;
        count++;
    }
    links->cut += count;
    pthread_mutex_unlock(&links->lock);
    return count;
}

uint64_t gr_links_cut_count(gr_links *links)
{
    uint64_t cut;

    pthread_mutex_lock(&links->lock);
    cut = links->cut;
    pthread_mutex_unlock(&links->lock);
    return cut;
}
