/* src/detect/detect.c - see detect.h. By far most records fit nothing, and each check that they do not fit costs a look at
 * one or two of their facts. */
#include "detect/detector.h"

#include "base/os.h"

#include <string.h>

/* ---- life ---- */

static bool is_text(gr_key key)
{
    return key == GR_KEY_EMPLOYER || key == GR_KEY_MERCHANT || key == GR_KEY_DESCRIPTION ||
           key == GR_KEY_REPORT;
}

static void open_flock(gr_flock *flock, const gr_oddity *odd)
{
    *flock = (gr_flock){ .odd = odd, .member = GR_LIST(gr_member), .text = GR_LIST(uint32_t) };
    for (unsigned key = 0; key < GR_KEY_COUNT; key++)
        if ((odd->same | odd->differ) & GR_KEY_BIT(key) && is_text((gr_key)key))
            flock->key[flock->key_count++] = (gr_key)key;
}

static uint64_t need_of(const gr_gate *gate)
{
    uint64_t need = 0;

    for (uint8_t i = 0; i < gate->count && !gate->open; i++) {
        if (gate->fact[i] >= GR_FACT_FIRST_OF_RECIPIENT)
            return UINT64_MAX;
        need |= UINT64_C(1) << gate->fact[i];
    }
    return gate->open ? UINT64_MAX : need;
}

static bool add_glance(gr_detector *d, uint32_t i)
{
    const gr_oddity *odd = &d->odd[i];
    gr_glance one = { need_of(&odd->gate), odd->kinds, (uint16_t)i,
                      (uint16_t)(odd->with_gifts << GR_RECORD_GIFT | odd->with_expenses
                                                                         << GR_RECORD_EXPENSE) };

    return !odd->is_on || gr_list_push(&d->glance, &one);
}

static bool open_oddities(gr_detector *d)
{
    bool fits = true;

    d->flock = gr_os_alloc(sizeof *d->flock * (d->odd_count + 1));
    d->called = gr_os_alloc(sizeof *d->called * (d->odd_count + 1));
    if (!d->flock || !d->called) {
        d->odd_count = 0; /* nothing of theirs is to be freed */
        return false;
    }
    for (uint32_t i = 0; i < d->odd_count; i++) {
        open_flock(&d->flock[i], &d->odd[i]);
        d->called[i] = GR_LIST(uint8_t);
        fits = fits && add_glance(d, i);
    }
    return fits;
}

gr_status gr_detector_create(const gr_tally *tally, const gr_names *names, gr_detector **out,
                             gr_error *err)
{
    const gr_detection *detection = &tally->set->detection;
    gr_detector *detector = gr_os_alloc(sizeof *detector);
    bool fits;

    if (!detector)
        return gr_fail_memory(err);
    *detector = (gr_detector){ .tally = tally,
                               .odd = detection->odd,
                               .odd_count = detection->odd_count,
                               .arena = gr_arena_create(),
                               .hit = GR_LIST(gr_hit),
                               .glance = GR_LIST(gr_glance),
                               .happening = GR_LIST(gr_happening) };
    fits = gr_words_open(names, &detector->words) && detector->arena;
    if (!open_oddities(detector) || !fits) {
        gr_detector_free(detector);
        return gr_fail_memory(err);
    }
    *out = detector;
    return GR_OK;
}

void gr_detector_free(gr_detector *detector)
{
    if (!detector)
        return;
    for (size_t i = 0; i < detector->odd_count; i++) {
        gr_list_free(&detector->flock[i].member);
        gr_list_free(&detector->flock[i].text);
        gr_list_free(&detector->called[i]);
    }
    gr_os_free(detector->flock);
    gr_os_free(detector->called);
    gr_list_free(&detector->glance);
    gr_list_free(&detector->hit);
    gr_list_free(&detector->happening);
    gr_words_close(&detector->words);
    gr_arena_free(detector->arena);
    gr_os_free(detector);
}

/* ---- taking ---- */

typedef struct taking {
    gr_detector *detector;
    gr_look look;
    uint32_t gift;
    const uint32_t *recipient;
} taking;

/* A closer look: has a fact that the condition needs one of the words that it needs? */
static bool may_fit(const gr_gate *gate, const gr_record *record)
{
    if (gate->count == 1 && gate->fact[0] == GR_F_KIND)
        return true; /* the glance has seen to it */
    for (uint8_t i = 0; i < gate->count && !gate->open; i++) {
        uint8_t fact = gate->fact[i];

        if (fact >= GR_FACT_FIRST_OF_RECIPIENT)
            return true;
        if (record->known >> fact & 1 &&
            (gate->words[i] == UINT32_MAX || gate->words[i] >> record->value[fact].number & 1))
            return true;
    }
    return gate->open;
}

static bool add_hit(taking *t, uint32_t odd, size_t recipient)
{
    gr_detector *d = t->detector;
    gr_hit hit = { .gift = t->gift,
                   .recipient = recipient == GR_WHOLE ? GR_NONE : t->recipient[recipient],
                   .odd = odd,
                   .details = gr_details_print(&d->odd[odd], &t->look, recipient, d->arena) };

    return hit.details.ptr && gr_list_push(&d->hit, &hit);
}

/* The text of a key; empty: it is not stated. */
static gr_text key_text(const taking *t, gr_key key, size_t recipient)
{
    const gr_record *record = t->look.record;

    switch (key) {
    case GR_KEY_EMPLOYER:
        return recipient == GR_WHOLE
                   ? GR_TEXT("")
                   : gr_recipient_text(&record->recipient[recipient], GR_F_EMPLOYER);
    case GR_KEY_MERCHANT:
        return gr_record_text(record, GR_F_MERCHANT);
    case GR_KEY_REPORT:
        return gr_record_text(record, GR_F_PARENT);
    default:
        return gr_record_text(record, GR_F_DESCRIPTION);
    }
}

/* A number of a report is compared as it stands; names of firms, and what was given, as firms are. */
static bool add_text(taking *t, gr_flock *flock, gr_key key, gr_text text)
{
    uint32_t number[2];

    if (key == GR_KEY_REPORT)
        number[0] = number[1] = gr_words_put(&t->detector->words, text);
    else
        number[0] = gr_words_put_folded(&t->detector->words, text, &number[1]);
    return number[0] != GR_NONE && gr_list_push(&flock->text, &number[0]) &&
           gr_list_push(&flock->text, &number[1]);
}

/* What is not stated is the same as nothing, and differs from nothing. */
static bool has_keys(const taking *t, const gr_flock *flock, size_t recipient)
{
    const uint32_t amount = GR_KEY_BIT(GR_KEY_AMOUNT);

    for (size_t i = 0; i < flock->key_count; i++)
        if (gr_text_trim(key_text(t, flock->key[i], recipient)).len == 0)
            return false;
    return !((flock->odd->same | flock->odd->differ) & amount) ||
           gr_record_knows(t->look.record, GR_F_COST);
}

static bool add_member(taking *t, uint32_t odd, size_t recipient)
{
    gr_flock *flock = &t->detector->flock[odd];
    gr_member member = { .gift = t->gift,
                         .recipient = recipient == GR_WHOLE ? GR_NONE : t->recipient[recipient] };

    if (!has_keys(t, flock, recipient))
        return true;
    member.worth = gr_look_worth(&t->look, recipient);
    for (size_t i = 0; i < flock->key_count; i++)
        if (!add_text(t, flock, flock->key[i], key_text(t, flock->key[i], recipient)))
            return false;
    return gr_list_push(&flock->member, &member);
}

enum { NOT_ASKED, FITS_NOT, FITS };

/* What hangs on the name alone is asked once of everybody who is called so; numbers are never given twice. */
static bool is_called_so(taking *t, uint32_t odd, size_t recipient, bool *fits)
{
    gr_list *called = &t->detector->called[odd];
    uint32_t number = t->recipient[recipient];
    uint8_t *answer;

    if (number >= called->count) {
        size_t more = number + 1 - called->count;

        *fits = gr_list_reserve(called, more);
        if (!*fits)
            return false;
        memset((uint8_t *)called->items + called->count, NOT_ASKED, more);
        called->count += more;
    }
    answer = GR_AT(*called, uint8_t, number);
    if (*answer == NOT_ASKED)
        *answer = gr_look_holds(&t->look, &t->detector->odd[odd], recipient) ? FITS : FITS_NOT;
    return *answer == FITS;
}

static bool look_at(taking *t, uint32_t odd, size_t recipient)
{
    const gr_oddity *o = &t->detector->odd[odd];
    bool fits = true;
    bool holds =
        o->of_name ? is_called_so(t, odd, recipient, &fits) : gr_look_holds(&t->look, o, recipient);

    if (!holds)
        return fits;
    gr_look_wake(&t->look);
    return (o->is_pattern ? add_member : add_hit)(t, odd, recipient);
}

static bool look_by(taking *t, uint32_t odd)
{
    const gr_oddity *o = &t->detector->odd[odd];
    bool fits = true;

    if (!may_fit(&o->gate, t->look.record) || gr_look_fails(&t->look, o))
        return true;
    if (!o->of_recipient)
        return look_at(t, odd, GR_WHOLE);
    for (size_t i = 0; fits && i < t->look.record->recipient_count; i++)
        fits = look_at(t, odd, i);
    return fits;
}

static bool take_event(gr_detector *d, const gr_record *record, uint32_t gift)
{
    const gr_value *event = gr_record_find(record, NULL, GR_F_EVENT);
    gr_text client = gr_text_trim(gr_record_text(record, GR_F_CLIENT));
    gr_happening one = { .gift = gift, .day = GR_AT(d->tally->gift, gr_gift, gift)->day };

    if (!event || client.len == 0 || !gr_record_knows(record, GR_F_DATE))
        return true;
    one.event = (uint32_t)event->number;
    one.client = gr_words_put_folded(&d->words, client, &one.spelt);
    return one.client != GR_NONE && gr_list_push(&d->happening, &one);
}

gr_status gr_detector_take(gr_detector *detector, const gr_record *record, uint32_t gift,
                           const uint32_t *recipient, gr_error *err)
{
    taking t;
    bool fits = true;
    unsigned kind;

    if (record->kind == GR_RECORD_EVENT && !take_event(detector, record, gift))
        return gr_fail_memory(err);
    if (record->kind != GR_RECORD_GIFT && record->kind != GR_RECORD_EXPENSE)
        return GR_OK;
    t.detector = detector;
    t.gift = gift;
    t.recipient = recipient;
    gr_look_at(&t.look, detector->tally->set, record,
               GR_AT(detector->tally->gift, gr_gift, gift)->day, &detector->matched);
    kind =
        gr_record_knows(record, GR_F_KIND) ? (unsigned)record->value[GR_F_KIND].number : GR_NO_KIND;
    for (size_t i = 0; fits && i < detector->glance.count; i++) {
        const gr_glance *glance = GR_AT(detector->glance, gr_glance, i);

        if (record->known & glance->need && glance->kinds >> kind & 1 &&
            glance->records >> record->kind & 1)
            fits = look_by(&t, glance->odd);
    }
    return fits ? GR_OK : gr_fail_memory(err);
}

static void cut_flock(gr_flock *flock, uint32_t gift_count)
{
    while (flock->member.count > 0 &&
           GR_AT(flock->member, gr_member, flock->member.count - 1)->gift >= gift_count)
        flock->member.count--;
    gr_list_cut(&flock->text, flock->member.count * flock->key_count * 2);
}

void gr_detector_cut(gr_detector *detector, uint32_t gift_count)
{
    gr_list *hit = &detector->hit, *happening = &detector->happening;

    while (hit->count > 0 && GR_AT(*hit, gr_hit, hit->count - 1)->gift >= gift_count)
        hit->count--;
    while (happening->count > 0 &&
           GR_AT(*happening, gr_happening, happening->count - 1)->gift >= gift_count)
        happening->count--;
    for (size_t i = 0; i < detector->odd_count; i++)
        cut_flock(&detector->flock[i], gift_count);
}

bool gr_detector_needs_all(const gr_detector *detector)
{
    for (size_t i = 0; i < detector->odd_count; i++) {
        const gr_oddity *odd = &detector->odd[i];

        if (!odd->is_on)
            continue;
        if (odd->event ? detector->happening.count > 0
                       : gr_oddity_is_across(odd) && detector->flock[i].member.count > 0)
            return true;
    }
    return false;
}

/* ---- finding ---- */

bool gr_search_counts(const gr_search *search, uint32_t gift)
{
    const gr_gift *g = GR_AT(search->subject->tally->gift, gr_gift, gift);

    return !g->is_dead && !g->is_double;
}

bool gr_search_is_asked(const gr_search *search, gr_day day)
{
    return day >= search->subject->out->from && day <= search->subject->out->to;
}

bool gr_search_start(const gr_search *search, const gr_oddity *odd, uint32_t gift,
                     uint32_t recipient, gr_judged *out)
{
    if (!gr_finding_start(search->subject, GR_RULE_DETECTION, search->currency, gift, recipient,
                          out))
        return false;
    out->finding.verdict = odd->verdict;
    out->finding.kind = odd->kind;
    out->finding.provision = odd->id;
    out->finding.clause = odd->clause;
    if (odd->verdict == GR_NEEDS_REVIEW)
        out->finding.question = odd->question;
    return true;
}

bool gr_search_end(const gr_search *search, gr_judged *judged)
{
    return gr_finding_name(search->subject, judged) &&
           gr_list_push(&search->subject->out->judged, judged);
}

gr_status gr_detector_find(gr_detector *detector, const gr_subject *subject, gr_error *err)
{
    const gr_ruleset *set = subject->tally->set;
    const gr_rulebook *valuing = set->detection.valuing;
    gr_search search = { detector, subject, valuing ? valuing->currency : set->policy.currency,
                         err };
    gr_status status = gr_checks_find(&search);

    return status == GR_OK ? gr_patterns_find(&search) : status;
}
