/* src/web/listen.c - where the server is to be found. */
#include "web/memory.h"
#include "web/server_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

gr_status gr_web_fail(gr_error *err, gr_status status, const char *file, const char *message,
                      const char *hint)
{
    *err = (gr_error){ .status = status };
    snprintf(err->file, sizeof err->file, "%s", file);
    snprintf(err->message, sizeof err->message, "%s", message);
    snprintf(err->hint, sizeof err->hint, "%s", hint);
    return status;
}

gr_status gr_web_read(const char *path, char **out, gr_error *err)
{
    enum { MOST = 1024 * 1024 };
    FILE *file = fopen(path, "rb");
    char *bytes = gr_web_alloc(MOST + 1);
    size_t got = file && bytes ? fread(bytes, 1, MOST, file) : 0;

    if (file)
        fclose(file);
    if (got > 0 && got < MOST) {
        *out = bytes;
        return GR_OK;
    }
    gr_web_free(bytes);
    return gr_web_fail(err, GR_EINPUT, path, "this file cannot be read", "name a file in PEM form");
}

static bool is_loopback(const struct sockaddr *at)
{
    if (at->sa_family == AF_INET)
        return (ntohl(((const struct sockaddr_in *)(const void *)at)->sin_addr.s_addr) >> 24) ==
               127;
    return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)at)->sin6_addr);
}

/* "127.0.0.1:8220" and "[::1]:8220" in two. */
static bool split(const char *where, char host[64], char port[16])
{
    const char *colon = strrchr(where, ':');
    size_t n = colon ? (size_t)(colon - where) : 0;

    if (n == 0 || n >= 64 || strlen(colon + 1) == 0 || strlen(colon + 1) >= 16)
        return false;
    if (where[0] == '[' && where[n - 1] == ']') {
        where++;
        n -= 2;
    }
    memcpy(host, where, n);
    host[n] = '\0';
    snprintf(port, 16, "%s", colon + 1);
    return true;
}

static void print_address(gr_listening *out)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;
    char host[64] = "", port[16] = "";

    if (getsockname(out->fd, (struct sockaddr *)&at, &size) == 0)
        getnameinfo((struct sockaddr *)&at, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(out->address, sizeof out->address, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s",
             host, port);
    out->is_public = !is_loopback((struct sockaddr *)&at);
}

gr_status gr_listen(const char *where, gr_listening *out, gr_error *err)
{
    const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                    .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    char host[64], port[16];
    const int one = 1;
    bool works;

    if (!split(where, host, port) || getaddrinfo(host, port, &hints, &found) != 0)
        return gr_web_fail(err, GR_EUSAGE, "--listen", "this is no address with a port",
                           "write it like 127.0.0.1:8220");
    out->fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    works = out->fd >= 0 && setsockopt(out->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
            bind(out->fd, found->ai_addr, found->ai_addrlen) == 0 && listen(out->fd, 1024) == 0;
    freeaddrinfo(found);
    if (works) {
        print_address(out);
        return GR_OK;
    }
    gr_web_fail(err, GR_EIO, where, strerror(errno), "choose another address or port");
    if (out->fd >= 0)
        close(out->fd);
    return err->status;
}
