/* tests/unit/test_clusters.c - which gifts make one pattern. Peers are written as day:gift:amount:key, in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "detect/clusters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 };

/* The next number, and the sign behind it. */
static int read_number(const char **text)
{
    char *end;
    long number = strtol(*text, &end, 10);

    assert_true(end > *text);
    *text = *end ? end + 1 : end;
    return (int)number;
}

static size_t read_peers(const char *text, gr_peer *out)
{
    size_t n = 0;

    while (*text) {
        gr_peer *p = &out[n++];

        assert_true(n < MOST);
        memset(p, 0, sizeof *p);
        p->day = read_number(&text);
        p->gift = (uint32_t)read_number(&text);
        p->low = p->high = read_number(&text);
        p->differ[0] = (uint64_t)read_number(&text);
    }
    return n;
}

static bool is_above(const void *context, gr_day last, gr_wide low)
{
    (void)last;
    return low > *(const int *)context;
}

static const char *clusters_of(const gr_peer *peer, size_t count, const gr_gathering *by)
{
    static char text[512];
    gr_list found = GR_LIST(gr_cluster);
    size_t n = 0;

    assert_true(gr_clusters_find(peer, count, by, &found));
    text[0] = '\0';
    for (size_t i = 0; i < found.count; i++) {
        const gr_cluster *c = GR_AT(found, gr_cluster, i);

        n += (size_t)snprintf(text + n, sizeof text - n, "%s%zu-%zu", i ? " " : "", c->first,
                              c->end - 1);
    }
    gr_list_free(&found);
    return text;
}

static void test_windows(void **state)
{
    static const struct {
        const char *peers, *found;
        int days, gifts, differ, above;
    } cases[] = {
        { "", "", 3, 2, 0, -1 },
        { "1:1:5:1", "", 3, 2, 0, -1 },
        { "1:1:5:1 3:2:5:1", "0-1", 3, 2, 0, -1 }, /* the first and the last day count */
        { "1:1:5:1 4:2:5:1", "", 3, 2, 0, -1 },
        { "1:1:5:1 1:2:5:1", "0-1", 1, 2, 0, -1 },
        { "1:1:5:1 2:2:5:1", "", 1, 2, 0, -1 },
        /* the most gifts, not the first ones; what is left makes the next */
        { "1:1:5:1 3:2:5:1 4:3:5:1 5:4:5:1", "1-3", 3, 2, 0, -1 },
        { "1:1:5:1 2:2:5:1 4:3:5:1 5:4:5:1 6:5:5:1 9:6:5:1 9:7:5:1", "0-1 2-4 5-6", 3, 2, 0, -1 },
        /* of as many, the dearer; of as dear, the earlier */
        { "1:1:5:1 3:2:5:1 5:3:9:1", "1-2", 3, 2, 0, -1 },
        { "1:1:5:1 3:2:5:1 5:3:5:1", "0-1", 3, 2, 0, -1 },
        /* without what a better one took, it may not be enough */
        { "1:1:5:1 2:2:5:1 3:3:5:1 4:4:5:1 5:5:5:1", "0-2", 3, 3, 0, -1 },
        { "1:1:5:1 2:2:5:1 3:3:5:1 4:4:5:1 5:5:5:1", "0-2 3-4", 3, 2, 0, -1 },
        /* shares of one gift are one gift */
        { "1:1:5:1 1:1:5:1 1:1:5:1", "", 3, 2, 0, -1 },
        { "1:1:5:1 1:1:5:1 2:2:5:1", "0-2", 3, 2, 0, -1 },
        /* two keys at least */
        { "1:1:5:1 2:2:5:1", "", 3, 2, 1, -1 },
        { "1:1:5:1 2:2:5:2", "0-1", 3, 2, 1, -1 },
        { "1:1:5:1 2:2:5:1 9:3:5:2 9:4:5:1", "2-3", 3, 2, 1, -1 },
        /* a sum above */
        { "1:1:5:1 2:2:5:1", "", 3, 2, 0, 10 },
        { "1:1:5:1 2:2:6:1", "0-1", 3, 2, 0, 10 },
        /* a period holds all */
        { "1:1:5:1 50:2:5:1 90:3:5:1", "0-2", 0, 3, 0, -1 },
        { "1:1:5:1 50:2:5:1", "", 0, 3, 0, -1 },
    };
    gr_peer peer[MOST];

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_gathering by = { .days = cases[i].days,
                            .gifts = (uint64_t)cases[i].gifts,
                            .differ_count = (size_t)cases[i].differ,
                            .is_enough = cases[i].above < 0 ? NULL : is_above,
                            .context = &cases[i].above };
        size_t count = read_peers(cases[i].peers, peer);

        assert_string_equal(clusters_of(peer, count, &by), cases[i].found);
    }
}

/* A hundred thousand gifts on as many days, and all on one: neither takes long, and nothing is told twice. */
static void test_many(void **state)
{
    enum { MANY = 100000 };
    gr_peer *peer = calloc(MANY, sizeof *peer);
    gr_gathering by = { .days = 3, .gifts = 2 };

    (void)state;
    assert_non_null(peer);
    for (int spread = 0; spread < 2; spread++) {
        gr_list found = GR_LIST(gr_cluster);
        size_t last = 0, all = 0;

        for (uint32_t i = 0; i < MANY; i++)
            peer[i] = (gr_peer){ .day = spread ? (gr_day)i : 7, .gift = i, .low = 1, .high = 1 };
        assert_true(gr_clusters_find(peer, MANY, &by, &found));
        for (size_t i = 0; i < found.count; i++) {
            const gr_cluster *c = GR_AT(found, gr_cluster, i);

            assert_true(c->first >= last && c->end > c->first + 1);
            last = c->end;
            all += c->end - c->first;
        }
        assert_true(all >= MANY - 1);
        gr_list_free(&found);
    }
    free(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
