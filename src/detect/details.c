/* src/detect/details.c - the facts that a check shows behind its reason, as they stand in the record. */
#include "detect/detector.h"

#include "model/fact_prose.h"

#include <string.h>

/* The name that conditions have for it. */
static gr_text name_of(uint8_t fact)
{
    static const char *const computed[] = { "heads",         "named-heads", "unnamed-heads",
                                            "outside-heads", "own-heads",   "days-late" };

    return gr_text_of(fact < GR_COMPUTED_HEADS ? gr_fact_get((gr_fact)fact)->name
                                               : computed[fact - GR_COMPUTED_HEADS]);
}

static gr_text print_value(gr_fact fact, const gr_value *value, gr_arena *arena)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT];

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT: /* a long one is cut as in messages */
        return gr_arena_print(arena, "'%.*s'", GR_SHOW(value->text));
    case GR_FACT_DAY:
        return gr_arena_print(arena, "%s", gr_day_print((gr_day)value->number, day));
    case GR_FACT_MONEY:
        return gr_arena_print(arena, "%s", gr_amount_print(value->amount, money));
    case GR_FACT_NUMBER:
        return gr_arena_print(arena, "%lld", (long long)value->number);
    default:
        return gr_fact_word_get(fact, value->number);
    }
}

/* "the kind of thing is a gift card"; of words that are clauses the clause. */
static gr_text print_word(const gr_fact_prose *prose, gr_text word, gr_arena *arena)
{
    gr_fact_phrase phrase;

    if (!gr_fact_prose_word(prose, word, &phrase))
        return gr_arena_print(arena, "%s is %.*s", prose->noun, GR_ALL(word));
    if (phrase.is_clause)
        return phrase.text;
    return gr_arena_print(arena, "%s %.*s", prose->is, GR_ALL(phrase.text));
}

/* Empty: it is not known. */
static gr_text value_of(uint8_t fact, const gr_look *look, size_t recipient, gr_arena *arena)
{
    const gr_value *value;

    if (fact >= GR_COMPUTED_HEADS) {
        unsigned place = fact - GR_COMPUTED_HEADS;

        return look->reckoned.known >> place & 1
                   ? gr_arena_print(arena, "%lld", (long long)look->reckoned.value[place])
                   : GR_TEXT("");
    }
    value = gr_record_find(look->record,
                           recipient == GR_WHOLE ? NULL : &look->record->recipient[recipient],
                           (gr_fact)fact);
    return value ? print_value((gr_fact)fact, value, arena) : GR_TEXT("");
}

gr_text gr_details_print(const gr_oddity *odd, const gr_look *look, size_t recipient,
                         gr_arena *arena)
{
    gr_text all = GR_TEXT("");

    for (size_t i = 0; i < odd->shown_count && all.ptr; i++) {
        gr_text value = value_of(odd->shown[i], look, recipient, arena);
        gr_fact_prose prose;

        if (!value.ptr)
            return value;
        if (value.len == 0 || !gr_fact_prose_find(name_of(odd->shown[i]), &prose))
            continue;
        value = prose.type == GR_FACT_WORD
                    ? print_word(&prose, value, arena)
                    : gr_arena_print(arena, "%s is %.*s", prose.noun, GR_ALL(value));
        all = value.ptr ? gr_arena_print(arena, "%.*s%s%.*s", GR_ALL(all), all.len ? ", " : "",
                                         GR_ALL(value))
                        : value;
    }
    return all;
}
