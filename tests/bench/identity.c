/* tests/bench/identity.c - how long it takes to find out who is who, beside reading the records themselves.
 *
 *   identity FILE   prints: recipients, seconds of the import, seconds of settling, links
 *
 * Both by the library as an audit uses it, in one thread; seconds of the processor, so that a busy machine says the same. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#include "app/hearing.h"

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static gr_text map_file(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY);
    void *bytes = MAP_FAILED;

    if (file >= 0 && fstat(file, &about) == 0 && about.st_size > 0)
        bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    return bytes == MAP_FAILED ? GR_TEXT("") : (gr_text){ bytes, (size_t)about.st_size };
}

static gr_status run(const gr_rules *rules, const char *path, gr_text bytes, gr_error *err)
{
    gr_hearing h;
    double start, read, settled;
    gr_status status = gr_hearing_open(rules, &h, err);

    start = now();
    if (status == GR_OK)
        status = gr_hearing_read(&h, gr_text_of(path), bytes, 0, err);
    if (status == GR_OK)
        status = gr_intake_end(&h.intake, err);
    read = now();
    if (status == GR_OK)
        status = gr_intake_settle(&h.intake, &h.who, err);
    settled = now();
    if (status == GR_OK)
        printf("%zu %.3f %.3f %" PRIu32 "\n", h.who.recipient_count, read - start, settled - read,
               h.who.link_first[h.who.recipient_count]);
    gr_hearing_close(&h);
    return status;
}

int main(int argc, char **argv)
{
    gr_text bytes = argc == 2 ? map_file(argv[1]) : GR_TEXT("");
    gr_error err = { 0 };
    gr_rules *rules = NULL;
    gr_status status;

    if (bytes.len == 0) {
        fputs("usage: identity FILE\n", stderr);
        return 2;
    }
    status = gr_rules_load("rules", NULL, 0, NULL, NULL, &rules, &err);
    if (status == GR_OK)
        status = run(rules, argv[1], bytes, &err);
    if (status != GR_OK)
        fprintf(stderr, "identity: %s\n", err.message);
    gr_rules_free(rules);
    return status == GR_OK ? 0 : 1;
}
