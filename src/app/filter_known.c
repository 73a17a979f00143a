/* src/app/filter_known.c - is there anybody who is called as the filter says? If not, whose name is nearest? */
#include "app/filter_inside.h"

#include "base/list.h"
#include "people/fold.h"

enum { LONGEST = 64, OFFERED = 3 };

static const char *const option[GR_ASK_COUNT] = { "--executive", "--recipient", "--client",
                                                  "--branch", "--rule" };
static const char *const called[GR_ASK_COUNT] = { "account executive", "recipient", "client",
                                                  "branch", "rulebook" };

typedef struct near {
    gr_text id, name;
    unsigned apart;
} near;

/* Everybody is offered in turn. */
typedef struct looking {
    gr_filtering *f;
    gr_asking what;
    const gr_asked *asked;
    gr_text id, name;        /* of the one who was found */
    bool is_found, is_other; /* other: somebody else is called so too */
    near nearest[OFFERED];
    size_t count;
} looking;

/* Letters that must be put in, left out or changed to make one of the other. */
static unsigned distance(gr_text a, gr_text b)
{
    unsigned row[LONGEST + 1];
    size_t n = a.len < LONGEST ? a.len : LONGEST, m = b.len < LONGEST ? b.len : LONGEST;

    for (size_t k = 0; k <= m; k++)
        row[k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        unsigned corner = row[0];

        row[0] = (unsigned)i;
        for (size_t k = 1; k <= m; k++) {
            unsigned best = corner + (a.ptr[i - 1] != b.ptr[k - 1]);

            corner = row[k];
            best = best < row[k] + 1 ? best : row[k] + 1;
            row[k] = best < row[k - 1] + 1 ? best : row[k - 1] + 1;
        }
    }
    return row[m];
}

static bool has_word(gr_text text, gr_text word)
{
    gr_text rest = text, one;

    while (gr_text_word(&rest, &one))
        if (gr_text_equal(one, word))
            return true;
    return false;
}

/* A whole word of the name is as good as a slip of the hand. */
static unsigned apart(looking *l, gr_text id, gr_text name)
{
    unsigned by_id = id.len > 0 ? distance(l->asked->given, id) : LONGEST, by_name = LONGEST;
    gr_text folded;

    if (name.len > 0 && l->asked->folded.ptr) {
        gr_arena_reset(l->f->scratch);
        folded = l->asked->is_firm ? gr_fold_firm(l->f->names, name, l->f->scratch)
                                   : gr_fold_name(l->f->names, name, l->f->scratch);
        l->f->no_memory = l->f->no_memory || !folded.ptr;
        if (folded.ptr)
            by_name = has_word(folded, l->asked->folded) ? 1 : distance(l->asked->folded, folded);
    }
    return by_id < by_name ? by_id : by_name;
}

static bool is_nearer(const near *a, const near *b)
{
    int order = (a->apart > b->apart) - (a->apart < b->apart);

    if (order == 0)
        order = gr_text_compare(a->name, b->name);
    return (order ? order : gr_text_compare(a->id, b->id)) < 0;
}

static void keep_near(looking *l, near one)
{
    size_t at = l->count;

    for (size_t i = 0; i < l->count; i++)
        if (gr_text_equal(l->nearest[i].id, one.id) && gr_text_equal(l->nearest[i].name, one.name))
            return;
    while (at > 0 && is_nearer(&one, &l->nearest[at - 1]))
        at--;
    if (at >= OFFERED)
        return;
    l->count += l->count < OFFERED;
    for (size_t i = l->count - 1; i > at; i--)
        l->nearest[i] = l->nearest[i - 1];
    l->nearest[at] = one;
}

static void offer(looking *l, gr_text id, gr_text name)
{
    if (id.len + name.len == 0)
        return;
    if (gr_asked_is(l->f, l->what, id, name)) {
        if (name.len > l->name.len ||
            (name.len == l->name.len && gr_text_compare(name, l->name) < 0))
            l->name = name; /* the fullest, whoever comes first */
        l->is_other = l->is_other || (id.len > 0 && l->id.len > 0 && !gr_text_equal(l->id, id));
        l->id = l->id.len > 0 ? l->id : id;
        l->is_found = true;
    } else if (!l->is_found) {
        keep_near(l, (near){ id, name, apart(l, id, name) });
    }
}

/* ---- who there is ---- */

static void offer_recipient(looking *l, gr_text id, gr_text name, gr_text employer)
{
    if (l->what == GR_ASK_RECIPIENT)
        offer(l, id, name);
    else
        offer(l, GR_TEXT(""), employer);
}

static void offer_of_finding(looking *l, const gr_finding *finding)
{
    offer_recipient(l, finding->recipient_id, finding->recipient_name, finding->recipient_employer);
    for (size_t i = 0; i < finding->joined_count; i++)
        offer_recipient(l, finding->joined[i].id, finding->joined[i].name,
                        finding->joined[i].employer);
}

static void offer_recipients(looking *l, const gr_filtering_known *known, const gr_report *report)
{
    for (size_t i = 0; i < known->recipient_count; i++)
        offer_recipient(l, known->recipient[i].id, known->recipient[i].name,
                        known->recipient[i].employer);
    for (size_t e = 0; e < report->executive_count; e++) {
        const gr_executive *who = &report->executive[e];

        for (size_t i = 0; i < who->finding_count; i++)
            offer_of_finding(l, who->finding[i]);
        for (size_t i = 0; i < who->given_count; i++)
            offer_recipient(l, who->given[i].recipient_id, who->given[i].recipient_name,
                            who->given[i].employer);
        for (size_t i = 0; l->what == GR_ASK_CLIENT && who->staff && i < who->staff->client_count;
             i++)
            offer(l, GR_TEXT(""), who->staff->client[i].name);
    }
}

static void offer_executives(looking *l, const gr_filtering_known *known, const gr_report *report)
{
    for (size_t i = 0; i < known->giver_count; i++)
        offer(l, known->giver[i].id, known->giver[i].name);
    for (size_t i = 0; i < report->executive_count; i++)
        offer(l, report->executive[i].id, report->executive[i].name);
}

static void offer_all(looking *l, const gr_filtering_known *known, const gr_report *report)
{
    switch (l->what) {
    case GR_ASK_EXECUTIVE:
        offer_executives(l, known, report);
        break;
    case GR_ASK_RECIPIENT:
    case GR_ASK_CLIENT:
        offer_recipients(l, known, report);
        break;
    case GR_ASK_BRANCH:
        for (size_t i = 0; report->roster && i < report->roster->branch_count; i++)
            offer(l, GR_TEXT(""), report->roster->branch[i].name);
        break;
    case GR_ASK_RULE:
        for (size_t i = 0; i < report->rulebook_count; i++)
            offer(l, report->rulebook[i].id, GR_TEXT(""));
        for (size_t e = 0; e < report->executive_count; e++) /* "detection" is none */
            for (size_t i = 0; i < report->executive[e].finding_count; i++)
                offer(l, report->executive[e].finding[i]->rule, GR_TEXT(""));
        break;
    case GR_ASK_COUNT:
        break;
    }
}

/* ---- what is said ---- */

/* "Dana Fox (AE-017)"; cut, so that three of them are told whole. */
static gr_text say_near(const looking *l, const near *one)
{
    bool both = one->id.len > 0 && one->name.len > 0;

    return gr_arena_print(l->f->arena, "%.*s%s%.*s%s", (int)gr_text_cut(one->name, 40),
                          one->name.ptr, both ? " (" : "", (int)gr_text_cut(one->id, 16),
                          one->id.ptr, both ? ")" : "");
}

static gr_status fail_unknown(const looking *l, gr_error *err)
{
    gr_text hint = l->count > 0 ? GR_TEXT("the nearest: ") : GR_TEXT("");

    if (l->what == GR_ASK_BRANCH && l->count == 0)
        hint = GR_TEXT("branches are told by a roster");
    for (size_t i = 0; i < l->count; i++) {
        gr_text one = say_near(l, &l->nearest[i]);

        if (one.ptr)
            hint =
                gr_arena_print(l->f->arena, "%.*s%s%.*s", GR_ALL(hint), i ? ", " : "", GR_ALL(one));
        if (!one.ptr || !hint.ptr)
            return gr_fail_memory(err);
    }
    return gr_fail(err, GR_EUSAGE, (gr_place){ option[l->what], 0, 0 }, hint.ptr,
                   "no %s is called '%.*s'", called[l->what], GR_SHOW(l->asked->given));
}

/* "account executive AE-017 (Dana Fox)" */
static gr_text say(const looking *l)
{
    gr_arena *arena = l->f->arena;

    if (l->id.len > 0 && l->name.len > 0 && !l->is_other)
        return gr_arena_print(arena, "%s %.*s (%.*s)", called[l->what], GR_ALL(l->id),
                              GR_ALL(l->name));
    return gr_arena_print(arena, "%s %.*s", called[l->what], GR_ALL(l->asked->given));
}

gr_status gr_filtering_find(gr_filtering *f, gr_asking what, const gr_filtering_known *known,
                            const gr_report *report, gr_text *word, gr_error *err)
{
    looking l = { .f = f, .what = what, .asked = &f->asked[what] };

    offer_all(&l, known, report);
    if (f->no_memory)
        return gr_fail_memory(err);
    if (!l.is_found)
        return fail_unknown(&l, err);
    *word = say(&l);
    return word->ptr ? GR_OK : gr_fail_memory(err);
}
