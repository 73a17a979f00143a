/* src/app/gift_book_filter.c - which lines of a book the filter of its report takes. Everybody is asked about once, however
 * many gifts there are. */
#include "app/gift_book_inside.h"

#include "base/os.h"

#include <string.h>

typedef struct chosen {
    bool *giver;  /* by number */
    bool *person; /* by number of who stands for the person: called so in any record */
    bool *
        client; /* by number of the recipient: the employer, or where it is not told one of the person's */
    bool *client_of_person;
} chosen;

static bool *create_flags(size_t count)
{
    bool *flags = gr_os_alloc(sizeof *flags * (count + 1));

    return flags ? memset(flags, 0, sizeof *flags * (count + 1)) : NULL;
}

static void choose(const gr_bookkeeper *k, gr_filtering *f, chosen *c)
{
    const gr_who *who = &k->who;

    for (size_t i = 0; i < who->giver_count; i++)
        c->giver[i] = gr_filtering_takes_giver(f, who->giver[i].id, who->giver[i].name);
    for (size_t i = 0; i < who->recipient_count; i++) {
        const gr_person *one = &who->recipient[i];

        c->client[i] = gr_filtering_takes_client(f, one->employer);
        c->person[who->same[i]] |= gr_filtering_takes_recipient(f, one->id, one->name);
        c->client_of_person[who->same[i]] |= c->client[i];
    }
    for (size_t i = 0; i < who->recipient_count; i++)
        if (who->recipient[i].employer.len == 0)
            c->client[i] = c->client_of_person[who->same[i]];
}

static bool is_taken(const gr_bookkeeper *k, const gr_filtering *f, const chosen *c,
                     const gr_book_line *line)
{
    uint32_t recipient = gr_book_recipient(k, line);
    size_t cursor = 0;

    return c->giver[gr_book_gift(k, line->gift)->giver] && c->person[k->who.same[recipient]] &&
           c->client[recipient] &&
           (!gr_filtering_asks_findings(f) || gr_book_finding(k, line, &cursor));
}

static void keep_lines(gr_bookkeeper *k, const gr_filtering *f, const chosen *c)
{
    size_t n = 0;

    k->book.gifts = 0;
    for (size_t i = 0; i < k->line_count; i++) {
        if (!is_taken(k, f, c, &k->line[i]))
            continue;
        k->book.gifts += n == 0 || k->line[n - 1].gift != k->line[i].gift;
        k->line[n++] = k->line[i];
    }
    k->line_count = n;
    k->book.lines = n;
}

gr_status gr_book_filter(gr_bookkeeper *k, gr_filtering *f, gr_error *err)
{
    size_t people = k->who.recipient_count;
    chosen c = { create_flags(k->who.giver_count), create_flags(people), create_flags(people),
                 create_flags(people) };
    bool fits = c.giver && c.person && c.client && c.client_of_person;

    if (fits) {
        choose(k, f, &c);
        keep_lines(k, f, &c);
    }
    gr_os_free(c.giver);
    gr_os_free(c.person);
    gr_os_free(c.client);
    gr_os_free(c.client_of_person);
    return fits && !gr_filtering_has_failed(f) ? GR_OK : gr_fail_memory(err);
}
