/* src/report/explain_json_gift.c - one gift of an explanation as a JSON value. The names are a contract, as those of the
 * report are: add, never rename. */
#include "report/explain_json.h"

#include "report/json_finding.h"

/* ---- small values ---- */

json_t *gr_json_whole(json_t *object, bool is_complete)
{
    if (is_complete)
        return object;
    json_decref(object);
    return NULL;
}

json_t *gr_json_answer(gr_answer answer)
{
    return json_string(gr_answer_text(answer));
}

json_t *gr_json_amount(bool is_count, gr_wide num, int64_t den)
{
    char text[GR_MONEY_TEXT];

    return json_string((is_count ? gr_count_print : gr_money_print)(num, den, text));
}

static json_t *fraction(gr_wide num, int64_t den)
{
    char text[GR_FRACTION_TEXT];

    return *gr_fraction_print(num, den, text) ? json_string(text) : json_null();
}

json_t *gr_json_interval(bool is_count, gr_wide low, gr_wide high, bool is_unbounded, int64_t den)
{
    json_t *o = json_object();
    bool is_exact = low % den == 0 && (is_unbounded || high % den == 0);
    bool good = gr_json_set(o, "certain", gr_json_amount(is_count, low, den)) &&
                gr_json_set(o, "possible",
                            is_unbounded ? json_null() : gr_json_amount(is_count, high, den));

    if (good && !is_exact)
        good = gr_json_set(o, "exact",
                           json_pack("{s:o, s:o}", "certain", fraction(low, den), "possible",
                                     is_unbounded ? json_null() : fraction(high, den)));
    return gr_json_whole(o, good);
}

static json_t *span(gr_span s)
{
    return gr_json_interval(false, s.low, s.high, s.high == GR_UNBOUNDED, s.den);
}

static json_t *amount(gr_amount a)
{
    return span((gr_span){ a.num, a.num, a.den });
}

json_t *gr_json_texts(const gr_text *text, size_t count)
{
    json_t *array = json_array();
    bool good = array != NULL;

    for (size_t i = 0; good && i < count; i++)
        good = json_array_append_new(array, gr_json_text(text[i])) == 0;
    return gr_json_whole(array, good);
}

static json_t *day_or_null(gr_day day, gr_day none)
{
    return day == none ? json_null() : gr_json_day(day);
}

json_t *gr_json_backing(const gr_backing *b)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "clause", gr_json_text(b->clause), "title",
                     gr_json_text(b->clause_title), "source", gr_json_text(b->source), "sure",
                     gr_json_text(b->sure), "from", day_or_null(b->from, GR_DAY_FIRST), "to",
                     day_or_null(b->to, GR_DAY_LAST));
}

/* ---- conditions ---- */

static json_t *asked_value(const gr_asked *asked)
{
    static const char *const tests[] = { "all", "any", "not", "field", "judgment" };
    json_t *o = json_object();
    bool is_field = asked->kind == GR_ASKED_FIELD;
    bool good = gr_json_set(o, "test", json_string(tests[asked->kind])) &&
                gr_json_set(o, "answer", gr_json_answer(asked->answer)) &&
                gr_json_set(o, "line", json_integer((json_int_t)asked->line)) &&
                (asked->words.len == 0 || gr_json_set(o, "words", gr_json_text(asked->words))) &&
                (!is_field ||
                 gr_json_set(o, "value",
                             asked->value.len > 0 ? gr_json_text(asked->value) : json_null())) &&
                (!asked->is_presumed || gr_json_set(o, "presumed", json_true())) &&
                (!asked->is_computed || gr_json_set(o, "computed", json_true())) &&
                (!asked->is_spared || gr_json_set(o, "needed", json_false()));

    return gr_json_whole(o, good);
}

/* The condition at *at with all that is deeper and follows it. */
static json_t *condition(gr_inquiry inquiry, size_t *at)
{
    const gr_asked *asked = &inquiry.asked[(*at)++];
    json_t *o = asked_value(asked), *inside = NULL;
    bool good = o != NULL;

    while (good && *at < inquiry.count && inquiry.asked[*at].depth > asked->depth) {
        inside = inside ? inside : json_array();
        good = json_array_append_new(inside, condition(inquiry, at)) == 0;
    }
    if (inside)
        good = gr_json_set(o, "inside", inside) && good;
    return gr_json_whole(o, good);
}

static json_t *inquiry_or_null(gr_inquiry inquiry)
{
    size_t at = 0;

    return inquiry.count > 0 ? condition(inquiry, &at) : json_null();
}

/* ---- facts and presumptions ---- */

static json_t *supplied(const gr_supplied *s)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "author", gr_json_text(s->author), "moment",
                     gr_json_text(s->moment), "reason", gr_json_text(s->reason), "finding",
                     gr_json_text(s->finding));
}

static json_t *fact(const gr_explained_fact *f)
{
    json_t *o = json_pack("{s:o, s:o, s:s, s:b}", "name", gr_json_text(f->name), "value",
                          gr_json_text(f->value), "of", f->of_recipient ? "recipient" : "gift",
                          "stated", !f->is_detected && !f->supplied);

    return gr_json_whole(o, !f->supplied || gr_json_set(o, "supplied", supplied(f->supplied)));
}

static json_t *presumption(const gr_explained_presumption *p)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "fact", gr_json_text(p->fact), "value",
                     gr_json_text(p->word), "text", gr_json_text(p->text), "backing",
                     gr_json_backing(&p->backing), "when", inquiry_or_null(p->when));
}

static json_t *facts(const gr_explained_gift *gift)
{
    json_t *array = json_array();
    bool good = array != NULL;

    for (size_t i = 0; good && i < gift->fact_count; i++)
        good = json_array_append_new(array, fact(&gift->fact[i])) == 0;
    return gr_json_whole(array, good);
}

static json_t *presumptions(const gr_explained_gift *gift)
{
    json_t *array = json_array();
    bool good = array != NULL;

    for (size_t i = 0; good && i < gift->presumption_count; i++)
        good = json_array_append_new(array, presumption(&gift->presumption[i])) == 0;
    return gr_json_whole(array, good);
}

/* ---- worth ---- */

static json_t *step(const gr_explained_step *s)
{
    static const char *const kinds[] = { "taken-off", "put-on", "perhaps", "open" };
    json_t *o = json_pack("{s:s, s:o}", "step", kinds[s->kind], "after", span(s->after));
    bool good = o != NULL;

    if (good && s->kind != GR_STEP_OPEN)
        good = gr_json_set(o, "fact", gr_json_text(s->fact)) &&
               gr_json_set(o, "amount", amount(s->part));
    return gr_json_whole(o, good);
}

static json_t *worth_amount(const gr_explained_amount *a)
{
    json_t *o = json_object(), *steps = json_array();
    bool good =
        gr_json_set(o, "fact", gr_json_text(a->fact)) &&
        gr_json_set(o, "stated", a->is_stated ? amount(a->stated) : json_null()) &&
        gr_json_set(o, "left_out", a->is_left_out ? gr_json_text(a->absent) : json_null()) &&
        gr_json_set(o, "converted", span(a->base)) && gr_json_set(o, "worth", span(a->worth));

    for (size_t i = 0; good && i < a->step_count; i++)
        good = json_array_append_new(steps, step(&a->step[i])) == 0;
    good = gr_json_set(o, "steps", steps) && good;
    return gr_json_whole(o, good);
}

static json_t *worth_row(const gr_explained_worth *w)
{
    json_t *o = json_object(), *amounts = json_array();
    bool good =
        gr_json_set(o, "title", gr_json_text(w->title)) &&
        gr_json_set(o, "applies", gr_json_answer(w->answer)) &&
        gr_json_set(o, "when", inquiry_or_null(w->when)) &&
        gr_json_set(o, "how", gr_json_text(w->how)) &&
        gr_json_set(o, "worth", w->answer == GR_ANSWER_FALSE ? json_null() : span(w->worth));

    for (size_t i = 0; good && i < w->amount_count; i++)
        good = json_array_append_new(amounts, worth_amount(&w->amount[i])) == 0;
    good = gr_json_set(o, "amounts", amounts) && good;
    return gr_json_whole(o, good);
}

static json_t *rate(const gr_explained_rate *r)
{
    if (!r->is_asked)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "currency", gr_json_text(r->currency),
                     "into", gr_json_text(r->into), "value",
                     r->is_found ? gr_json_text(r->value) : json_null(), "from",
                     r->is_found ? gr_json_day(r->from) : json_null(), "to",
                     r->is_found ? gr_json_day(r->to) : json_null(), "source",
                     r->is_found ? gr_json_place(r->at) : json_null());
}

static json_t *valuation(const gr_explained_valuation *v)
{
    json_t *o, *rows;
    bool good;

    if (!v->is_there)
        return json_null();
    o = json_object();
    rows = json_array();
    good = gr_json_set(o, "backing", gr_json_backing(&v->law)) &&
           gr_json_set(o, "without_tax", json_boolean(v->without_tax)) &&
           gr_json_set(o, "without_delivery", json_boolean(v->without_delivery)) &&
           gr_json_set(o, "rate", rate(&v->rate)) && gr_json_set(o, "whole", span(v->whole));
    for (size_t i = 0; good && i < v->worth_count; i++)
        good = json_array_append_new(rows, worth_row(&v->worth[i])) == 0;
    good = gr_json_set(o, "rows", rows) && good;
    return gr_json_whole(o, good);
}

static json_t *division(const gr_explained_gift *gift)
{
    const gr_explained_division *d = &gift->division;

    if (!gift->valuation.is_there)
        return json_null();
    return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "people", (json_int_t)d->people,
                     "behind_name", (json_int_t)d->behind, "share",
                     d->has_share ? amount(d->share) : json_null(), "stated_shares",
                     d->any_stated ? amount(d->stated) : json_null(), "quantity",
                     d->quantity > 0 ? json_integer((json_int_t)d->quantity) : json_null(), "part",
                     span(d->part), "unit", span(d->unit));
}

/* ---- scope, exclusions, duties ---- */

static json_t *claim(const gr_explained_claim *c, bool is_duty)
{
    json_t *o = json_object();
    bool good =
        gr_json_set(o, "id", gr_json_text(c->id)) &&
        gr_json_set(o, "title", gr_json_text(c->title)) &&
        gr_json_set(o, "backing", gr_json_backing(&c->law)) &&
        gr_json_set(o, "claimed", inquiry_or_null(c->claimed)) &&
        gr_json_set(o, "provided", inquiry_or_null(c->provided)) &&
        gr_json_set(o, "applies", gr_json_answer(c->answer)) &&
        gr_json_set(o, "because", c->because.len > 0 ? gr_json_text(c->because) : json_null()) &&
        gr_json_set(o, "question", c->question.len > 0 ? gr_json_text(c->question) : json_null());

    if (good && is_duty)
        good = gr_json_set(o, "freed_by_exclusion", gr_json_text(c->freed)) &&
               gr_json_set(o, "broken", gr_json_answer(c->broken));
    return gr_json_whole(o, good);
}

static json_t *claims(const gr_explained_claims *c, bool is_duty)
{
    json_t *o = json_object(), *claimed = json_array();
    bool good = gr_json_set(o, "unclaimed", gr_json_texts(c->unclaimed, c->unclaimed_count)) &&
                gr_json_set(o, "no_law", gr_json_texts(c->no_law, c->no_law_count)) &&
                gr_json_set(o, "passed_over", gr_json_texts(c->passed_over, c->passed_over_count));

    for (size_t i = 0; good && i < c->claimed_count; i++)
        good = json_array_append_new(claimed, claim(&c->claimed[i], is_duty)) == 0;
    good = gr_json_set(o, "claimed", claimed) && good;
    return gr_json_whole(o, good);
}

/* ---- the gift ---- */

static json_t *missing(const gr_explained_gift *gift)
{
    json_t *array = json_array();
    bool good = array != NULL;

    for (size_t i = 0; good && i < gift->missing_count; i++)
        good = json_array_append_new(array,
                                     json_pack("{s:o, s:o}", "fact", gr_json_text(gift->missed[i]),
                                               "question", gr_json_text(gift->missing[i]))) == 0;
    return gr_json_whole(array, good);
}

static json_t *other_days(const gr_explained_gift *gift)
{
    json_t *array = json_array();
    bool good = array != NULL;

    for (size_t i = 0; good && i < gift->other_day_count; i++)
        good = json_array_append_new(array, json_pack("{s:o, s:o}", "date",
                                                      gr_json_day(gift->other_day[i].day), "counts",
                                                      span(gift->other_day[i].worth))) == 0;
    return gr_json_whole(array, good);
}

static bool set_identity(json_t *o, const gr_explained_gift *gift)
{
    return gr_json_set(o, "gift", gr_json_text(gift->id)) &&
           gr_json_set(o, "date", gr_json_day(gift->day)) &&
           gr_json_set(o, "source", gr_json_place(gift->source)) &&
           gr_json_set(o, "format", gr_json_text(gift->format)) &&
           gr_json_set(o, "judged", json_boolean(gift->is_judged)) &&
           gr_json_set(o, "giver",
                       json_pack("{s:o, s:o}", "id", gr_json_text(gift->giver_id), "name",
                                 gr_json_text(gift->giver_name))) &&
           gr_json_set(o, "recipient",
                       json_pack("{s:o, s:o, s:o}", "id", gr_json_text(gift->recipient_id), "name",
                                 gr_json_text(gift->recipient_name), "employer",
                                 gr_json_text(gift->recipient_employer)));
}

static bool set_ruling(json_t *o, const gr_explained_gift *gift)
{
    static const char *const countings[] = { "all", "perhaps", "nothing" };

    return gr_json_set(o, "facts", facts(gift)) &&
           gr_json_set(o, "presumptions", presumptions(gift)) &&
           gr_json_set(o, "scope", gift->has_scope ? claim(&gift->scope, false) : json_null()) &&
           gr_json_set(o, "in_scope", json_boolean(gift->is_in_scope)) &&
           gr_json_set(o, "valuation", valuation(&gift->valuation)) &&
           gr_json_set(o, "division", division(gift)) &&
           gr_json_set(o, "exclusions", claims(&gift->exclusions, false)) &&
           gr_json_set(o, "duties", claims(&gift->duties, true)) &&
           gr_json_set(o, "counting", json_string(countings[gift->counting])) &&
           gr_json_set(o, "missing", missing(gift));
}

static bool set_place_in_sum(json_t *o, const gr_explanation *x, const gr_explained_gift *gift)
{
    bool is_count = x->limit.is_count;
    int64_t den = x->finding->total.den;

    if (!x->has_limit)
        return true;
    return gr_json_set(o, "when", inquiry_or_null(gift->when)) &&
           gr_json_set(o, "own", json_boolean(gift->is_own)) &&
           gr_json_set(o, "partly", json_boolean(gift->is_partly)) &&
           gr_json_set(o, "other_days", other_days(gift)) &&
           gr_json_set(o, "worth", span(gift->counts)) &&
           gr_json_set(
               o, "counts",
               gr_json_interval(is_count, gift->low, gift->high, gift->is_unbounded, den)) &&
           gr_json_set(o, "so_far",
                       gr_json_interval(is_count, gift->sum_low, gift->sum_high,
                                        gift->sum_unbounded, den)) &&
           gr_json_set(o, "note", gr_json_text(gift->note));
}

json_t *gr_json_gift(const gr_explanation *explanation, const gr_explained_gift *gift)
{
    json_t *o = json_object();
    bool is_alone = gift->other_record.len == 0;

    return gr_json_whole(
        o, set_identity(o, gift) &&
               (is_alone || gr_json_set(o, "other_record", gr_json_text(gift->other_record))) &&
               set_ruling(o, gift) && set_place_in_sum(o, explanation, gift));
}
