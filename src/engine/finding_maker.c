/* src/engine/finding_maker.c - from a verdict to a finding: whom and what it is about, the arithmetic, what was counted, who
 * else gave. It decides nothing. */
#include "engine/finding_maker.h"

#include "base/digest.h"
#include "engine/judging.h"
#include "engine/reason.h"

/* Where the recipient stands among those of the gift: unlike a name, a later record cannot change that. */
static uint32_t position_of(const gr_tally *tally, uint32_t gift, uint32_t recipient)
{
    size_t count;
    const uint32_t *all = gr_tally_recipients(tally, gift, &count);
    uint32_t i = 0;

    while (i + 1 < count && all[i] != recipient)
        i++;
    return i;
}

/* One number may stand in two systems for two gifts: of all but the gift log the format tells them apart. */
static gr_text format_of(const gr_subject *s, uint32_t gift)
{
    gr_text format = s->out->source[GR_AT(s->tally->gift, gr_gift, gift)->source].format;

    return gr_text_is(format, "gift-log") ? GR_TEXT("") : format;
}

bool gr_finding_name(const gr_subject *s, gr_judged *judged)
{
    gr_finding *f = &judged->finding;
    const gr_text parts[] = { f->rule, f->kind, f->provision, f->gift, f->giver_id };
    gr_text format = format_of(s, judged->gift);
    char hex[GR_DIGEST_HEX];
    gr_digest digest;

    gr_digest_start(&digest);
    for (size_t i = 0; i < GR_COUNT(parts); i++) {
        gr_digest_add(&digest, parts[i].ptr, parts[i].len);
        gr_digest_add(&digest, "", 1);
    }
    gr_digest_add(&digest, format.ptr, format.len);
    gr_digest_add(&digest, &f->day, sizeof f->day);
    gr_digest_add(&digest, &f->position, sizeof f->position);
    if (judged->is_through) { /* the position is that of whoever took it, for one or for several */
        gr_text whom = f->recipient_id.len > 0 ? f->recipient_id : f->recipient_name;

        gr_digest_add(&digest, whom.ptr, whom.len);
    }
    gr_digest_end(&digest, hex);
    f->id = gr_arena_print(s->out->arena, "F-%.12s", hex);
    return f->id.ptr != NULL;
}

static void name_recipient(const gr_subject *s, uint32_t recipient, gr_judged *out)
{
    const gr_person *person = &s->who->recipient[s->who->same[recipient]];

    out->recipient = s->who->same[recipient];
    out->finding.recipient_id = person->id;
    out->finding.recipient_name = person->name;
    out->finding.recipient_employer = person->employer;
}

bool gr_finding_start(const gr_subject *s, gr_text rule, gr_text currency, uint32_t gift,
                      uint32_t recipient, gr_judged *out)
{
    const gr_gift *g = GR_AT(s->tally->gift, gr_gift, gift);
    const gr_person *giver = &s->who->giver[g->giver];
    gr_text id = gr_arena_copy(s->out->arena, gr_tally_id(s->tally, gift));

    *out = (gr_judged){ .giver = g->giver, .recipient = GR_NONE, .gift = gift };
    out->finding = (gr_finding){ .rule = rule,
                                 .day = g->day,
                                 .gift = id,
                                 .source = { s->out->source[g->source].file.ptr, g->line, 0 },
                                 .giver_id = giver->id,
                                 .giver_name = giver->name,
                                 .currency = currency };
    if (recipient != GR_NONE) {
        out->finding.position = position_of(s->tally, gift, recipient);
        name_recipient(s, recipient, out);
    }
    return id.ptr != NULL;
}

static gr_subject subject_of(const gr_judging *j)
{
    return (gr_subject){ j->tally, j->who, j->out };
}

/* low: what it surely counts, over the group's den. */
static bool fill_counted(gr_judging *j, const gr_item *item, gr_wide low, gr_counted *counted)
{
    const gr_gift *g = GR_AT(j->tally->gift, gr_gift, item->entry->gift);
    const gr_person *giver = &j->who->giver[g->giver];
    const gr_entry *e = item->entry;
    bool is_partly = item->own && low < item->low;
    gr_span worth = { item->own && !is_partly && !item->is_open ? e->low : 0, e->high, e->den };
    gr_span count = { (int64_t)low, (int64_t)item->high, 1 };

    *counted = (gr_counted){
        .gift = gr_arena_copy(j->out->arena, gr_text_of(item->id)),
        .day = item->day,
        .giver_id = giver->id,
        .giver_name = giver->name,
        .value = j->limit->is_count ? count : worth,
        .source = { j->out->source[g->source].file.ptr, g->line, 0 },
        .note = gr_reason_item(&j->shares, &j->group, item, is_partly, j->out->arena),
        .through_other = !item->own,
        .recipient = e->recipient,
    };
    return counted->gift.ptr && counted->note.ptr;
}

/* All items of the group, made once for all findings about the person. */
static const gr_counted *counted_of_group(gr_judging *j)
{
    gr_counted *list;

    if (j->counted)
        return j->counted;
    list = gr_arena_alloc(j->out->arena, sizeof *list * (j->group.count + 1));
    for (size_t i = 0; list && i < j->group.count; i++)
        if (!fill_counted(j, gr_group_item(&j->group, i), gr_group_item(&j->group, i)->low,
                          &list[i]))
            return NULL;
    return j->counted = list;
}

/* Where days differ, what is counted differs from finding to finding: each has a list of its own, with the judged
 * gift at its end. */
static bool counted_of_case(gr_judging *j, const gr_case *c, gr_finding *f)
{
    gr_counted *list = gr_arena_alloc(j->out->arena, sizeof *list * (j->group.count + 1));
    size_t cursor = 0, n = 0;
    gr_wide low;
    const gr_item *item;

    while (list && (item = gr_case_next(c, &cursor, &low)))
        if (item->entry != c->item->entry && !fill_counted(j, item, low, &list[n++]))
            return false;
    if (!list || !fill_counted(j, c->item, c->item->low, &list[n]))
        return false;
    list[n].day = c->chosen->day;
    f->counted = list;
    f->counted_count = n + 1;
    return true;
}

static bool add_counted(gr_judging *j, const gr_case *c, gr_finding *f)
{
    const gr_counted *all;

    if (j->group.many_days > 0)
        return counted_of_case(j, c, f);
    all = counted_of_group(j);
    f->counted = all ? all + c->chosen->start : NULL;
    f->counted_count = c->chosen->end - c->chosen->start;
    return all != NULL;
}

/* Everybody else who gave something that was counted is told of the finding, once. */
static bool add_contributions(gr_judging *j, const gr_case *c, uint32_t giver)
{
    uint32_t finding = (uint32_t)j->out->judged.count;
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;

    j->told[giver] = ++j->telling;
    while ((item = gr_case_next(c, &cursor, &low))) {
        uint32_t other = GR_AT(j->tally->gift, gr_gift, item->entry->gift)->giver;
        gr_contribution one = { other, finding };

        if (j->told[other] == j->telling)
            continue;
        j->told[other] = j->telling;
        if (!gr_list_push(&j->out->contribution, &one))
            return false;
    }
    return true;
}

static void fill_limit(gr_judging *j, const gr_case *c, gr_verdict verdict, gr_finding *f)
{
    const gr_view *view = c->chosen;

    f->verdict = verdict;
    f->kind = j->limit->kind;
    f->clause = j->limit->clause;
    f->provision = j->limit->id;
    f->limit_clause = j->limit->clause;
    f->has_limit = true;
    f->is_count = j->limit->is_count;
    f->period = view->period;
    f->limit = view->row->amount;
    f->total = view->total;
    f->over = (gr_amount){ 0, 1 };
    if (gr_is_over(j->limit, view->total.low, view->total.den, f->limit)) {
        gr_wide over = view->total.low * f->limit.den - (gr_wide)f->limit.num * view->total.den;

        f->over = (gr_amount){ over < GR_UNBOUNDED ? (int64_t)over : GR_UNBOUNDED - 1,
                               view->total.den * f->limit.den };
    }
}

bool gr_find_limit(gr_judging *j, const gr_case *c, gr_verdict verdict, bool is_near)
{
    gr_subject subject = subject_of(j);
    gr_judged judged;
    gr_finding *f = &judged.finding;

    if (!gr_finding_start(&subject, j->book->id, j->book->currency, c->item->entry->gift,
                          c->item->entry->recipient, &judged))
        return false;
    judged.is_through = !c->item->own;
    if (judged.is_through)
        name_recipient(&subject, c->group->party, &judged);
    fill_limit(j, c, verdict, f);
    if (!(is_near ? gr_reason_near : gr_reason_limit)(c, j->out->arena, f) || !add_counted(j, c, f))
        return false;
    if (verdict >= GR_NEEDS_REVIEW && !add_contributions(j, c, judged.giver))
        return false;
    return gr_finding_name(&subject, &judged) && gr_list_push(&j->out->judged, &judged);
}

/* ---- duties ---- */

/* The law by which the duty is owed: on the day of the gift, or on another of its days. */
static const gr_law *law_of(const gr_judging *j, const gr_claim *claim, uint32_t gift)
{
    const gr_gift *g = GR_AT(j->tally->gift, gr_gift, gift);
    const gr_law *law = gr_claim_law(claim, g->day);

    if (!law && g->has_other_day)
        law = gr_claim_law(claim, gr_tally_other_day(j->tally, gift)->first);
    if (!law && g->has_other_day)
        law = gr_claim_law(claim, gr_tally_other_day(j->tally, gift)->last);
    return law ? law : &claim->law[0];
}

bool gr_find_breach(gr_judging *j, const gr_breach *breach)
{
    const gr_rulebook *book = &j->tally->set->book[breach->book];
    gr_subject subject = subject_of(j);
    gr_judged judged;
    gr_finding *f = &judged.finding;

    if (!gr_finding_start(&subject, book->id, book->currency, breach->gift, breach->recipient,
                          &judged))
        return false;
    if (breach->duty == GR_NO_LAW) {
        f->verdict = GR_NEEDS_REVIEW;
        f->kind = GR_TEXT("record");
        f->clause = book->limit[0].clause;
    } else {
        const gr_duty *duty = &book->duty[breach->duty];

        f->verdict = breach->truth == GR_TRUE || duty->verdict < GR_NEEDS_REVIEW ? duty->verdict
                                                                                 : GR_NEEDS_REVIEW;
        f->kind = duty->kind;
        f->provision = duty->id;
        f->clause = law_of(j, &duty->claim, breach->gift)->clause;
    }
    if (!gr_reason_breach(j->tally, breach, j->who, j->out->arena, f))
        return false;
    return gr_finding_name(&subject, &judged) && gr_list_push(&j->out->judged, &judged);
}
