/* src/people/weights.c - see weights.h. The schema has seen to it that every number is one. */
#include "people/weights.h"

static const char *const parts[] = {
    [GR_PART_FIRST] = "first",   [GR_PART_MIDDLE] = "middle",     [GR_PART_LAST] = "last",
    [GR_PART_SUFFIX] = "suffix", [GR_PART_EMPLOYER] = "employer", [GR_PART_EMAIL] = "email",
    [GR_PART_ID] = "id"
};

static const char *const accords[] = {
    [GR_ACCORD_NONE] = "none",          [GR_ACCORD_SAME] = "same",
    [GR_ACCORD_NICKNAME] = "nickname",  [GR_ACCORD_INITIAL] = "initial",
    [GR_ACCORD_MIDDLE] = "middle",      [GR_ACCORD_TURNED] = "turned",
    [GR_ACCORD_TOGETHER] = "together",  [GR_ACCORD_MISTYPED] = "mistyped",
    [GR_ACCORD_DOUBLE] = "double",      [GR_ACCORD_CASE] = "case",
    [GR_ACCORD_UNSTATED] = "unstated",  [GR_ACCORD_MISSING] = "missing",
    [GR_ACCORD_DIFFERENT] = "different"
};

const char *gr_part_text(gr_part part)
{
    return parts[part];
}

const char *gr_accord_text(gr_accord accord)
{
    return accords[accord];
}

/* Of at most three digits, perhaps with a minus; 0 where it is absent. */
static int number_of(const gr_node *node, const char *name)
{
    gr_text text = gr_node_attribute(node, name);
    bool minus = gr_text_starts(text, GR_TEXT("-"));
    int number = 0;

    for (size_t i = minus; i < text.len && i < 4; i++)
        number = number * 10 + (text.ptr[i] - '0');
    return minus ? -number : number;
}

static void read_part(const gr_node *node, gr_part part, gr_weights *out)
{
    for (int a = GR_ACCORD_NONE + 1; a < GR_ACCORDS; a++)
        out->points[part][a] = number_of(node, accords[a]);
}

void gr_weights_read(const gr_node *node, gr_problems *problems, gr_weights *out)
{
    *out = (gr_weights){ .possible = number_of(node, "possible"),
                         .candidate = number_of(node, "candidate"),
                         .shortest_last = (uint32_t)number_of(node, "shortest-last"),
                         .shortest_first = (uint32_t)number_of(node, "shortest-first"),
                         .mailbox = (uint32_t)number_of(node, "mailbox"),
                         .crowd = (uint32_t)number_of(node, "crowd") };
    for (int p = 0; p < GR_PARTS; p++)
        if (gr_node_child(node, parts[p]))
            read_part(gr_node_child(node, parts[p]), (gr_part)p, out);
    if (out->candidate > out->possible)
        gr_problem(problems, node->at,
                   "a pair is a candidate from fewer points on than it is possibly one person",
                   "candidate %d is more than possible %d", out->candidate, out->possible);
}
