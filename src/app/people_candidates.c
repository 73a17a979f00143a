/* src/app/people_candidates.c - giftrule people candidates: pairs who are, or may be, one person, and on whom nobody has
 * decided yet. Nothing is kept. */
#include "app/people.h"

#include "people/likeness.h"
#include "report/people.h"

#include <stdlib.h>
#include <string.h>

typedef struct listing {
    gr_company company;
    gr_list candidate; /* of gr_candidate */
    gr_list pair;      /* of gr_whois_pair */
    gr_run run;
    gr_error *err;
} listing;

/* The best first; of equals as they are written. */
static int by_score(const void *a, const void *b)
{
    const gr_whois_pair *x = a, *y = b;
    int order;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    order = gr_text_compare(x->a.person.name, y->a.person.name);
    order = order ? order : gr_text_compare(x->b.person.name, y->b.person.name);
    order = order ? order : gr_text_compare(x->a.mark, y->a.mark);
    return order ? order : gr_text_compare(x->b.mark, y->b.mark);
}

/* The first of a pair is that which would be shown first by its name, whoever came first. */
static void put_in_order(gr_whois_pair *pair)
{
    int order = gr_text_compare(pair->a.person.name, pair->b.person.name);
    gr_whois_name kept = pair->a;

    order = order ? order : gr_text_compare(pair->a.mark, pair->b.mark);
    if (order <= 0)
        return;
    pair->a = pair->b;
    pair->b = kept;
}

static bool fill_parts(const gr_likeness *like, gr_arena *arena, gr_whois_pair *pair)
{
    gr_whois_part *part = gr_arena_alloc(arena, sizeof *part * GR_PARTS);

    pair->part = part;
    for (int p = 0; part && p < GR_PARTS; p++)
        if (like->part[p] != GR_ACCORD_NONE)
            part[pair->part_count++] =
                (gr_whois_part){ gr_part_text((gr_part)p), gr_accord_text(like->part[p]) };
    return part != NULL;
}

/* The spelling that stands for a node: for the one who was compared. */
static const gr_person *standing(const gr_company *company, uint32_t node)
{
    return gr_people_as_written(company->intake->people, company->stands_base[node]);
}

/* What was compared is told: the persons by id, name and employer, before addresses and decisions. */
static gr_status add_pair(listing *l, const gr_candidate *c)
{
    const gr_names *names = &l->run.intake.rules->names;
    const gr_company *company = &l->company;
    gr_whois_pair pair = { .a = gr_company_person(company, c->a),
                           .b = gr_company_person(company, c->b),
                           .score = c->score,
                           .is_linked = c->is_linked };
    const gr_person *x = standing(company, c->x), *y = standing(company, c->y);
    gr_likeness like;
    gr_status status = gr_likeness_find(names, x, y, &like, l->err);

    if (status == GR_OK)
        status = gr_likeness_print(names, x, y, company->arena, &pair.why, l->err);
    if (status != GR_OK)
        return status;
    if (!pair.a.mark.ptr || !pair.b.mark.ptr || !fill_parts(&like, company->arena, &pair))
        return gr_fail_memory(l->err);
    put_in_order(&pair);
    return gr_list_push(&l->pair, &pair) ? GR_OK : gr_fail_memory(l->err);
}

static gr_status list_pairs(listing *l)
{
    gr_who who;
    gr_status status = gr_intake_find_candidates(&l->run.intake, &l->candidate, &who, l->err);

    if (status == GR_OK)
        status = gr_company_open(&l->run.intake, &who, l->run.arena, &l->company, l->err);
    for (size_t i = 0; status == GR_OK && i < l->candidate.count; i++)
        status = add_pair(l, GR_AT(l->candidate, gr_candidate, i));
    if (status == GR_OK && l->pair.count > 1)
        qsort(l->pair.items, l->pair.count, sizeof(gr_whois_pair), by_score);
    return status;
}

static gr_status write(const gr_candidates *told, const gr_report_style *style, gr_on_output output,
                       void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_candidates_json(told, &writer, err);
    else
        status = gr_candidates_text(told, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the list cannot be written");
    return status;
}

gr_status gr_candidates_find(const gr_rules *rules, const gr_audit_options *options,
                             gr_on_candidates take, void *context, gr_error *err)
{
    listing l = { .candidate = GR_LIST(gr_candidate), .pair = GR_LIST(gr_whois_pair), .err = err };
    gr_status status = gr_people_read(rules, options, &l.run, err);

    if (status == GR_OK)
        status = list_pairs(&l);
    if (status == GR_OK) {
        gr_candidates told = { .ledger = gr_text_of(options->ledger),
                               .pair = l.pair.items,
                               .pair_count = l.pair.count };

        status = take(context, &told, err);
    }
    gr_company_free(&l.company);
    gr_list_free(&l.candidate);
    gr_list_free(&l.pair);
    gr_run_free(&l.run);
    return status;
}

/* How and where to they are written. */
typedef struct telling {
    const gr_report_style *style;
    gr_on_output output;
    void *context;
} telling;

static gr_status tell(void *context, const gr_candidates *told, gr_error *err)
{
    const telling *t = context;

    return write(told, t->style, t->output, t->context, err);
}

gr_status gr_candidates_tell(const gr_rules *rules, const gr_audit_options *options,
                             const gr_report_style *style, gr_on_output output, void *context,
                             gr_error *err)
{
    telling t = { style, output, context };

    return gr_candidates_find(rules, options, tell, &t, err);
}
