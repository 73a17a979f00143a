/* src/cli/stated.c - the facts of a planned gift, as options: each is called as in rule files, but for a few that people
 * say shorter. What belongs to a recipient follows the recipient. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static const char *const of_recipient[] = { "recipient-id", "name",          "title",    "email",
                                            "employer",     "employer-kind", "capacity", "through",
                                            "share",        "count" };

static const struct {
    const char *option, *fact;
} shorter[] = {
    { "giver", "giver-id" },
    { "recipient", "name" },
    { "on", "date" },
};

static bool is_of_recipient(const char *fact)
{
    for (size_t i = 0; i < sizeof of_recipient / sizeof of_recipient[0]; i++)
        if (strcmp(fact, of_recipient[i]) == 0)
            return true;
    return false;
}

static bool has(const gr_arguments *a, const char *fact, unsigned recipient)
{
    for (size_t i = 0; i < a->stated_count; i++)
        if (a->stated[i].recipient == recipient && strcmp(a->stated[i].fact, fact) == 0)
            return true;
    return false;
}

/* Another name, or another id, is another person. */
static bool begins_another(const gr_arguments *a, const char *fact)
{
    return (strcmp(fact, "name") == 0 || strcmp(fact, "recipient-id") == 0) &&
           has(a, fact, a->recipients);
}

bool gr_take_stated(const char *option, char *value, gr_arguments *out)
{
    const char *fact = option;
    char *equals = strchr(value, '=');

    for (size_t i = 0; i < sizeof shorter / sizeof shorter[0]; i++)
        if (strcmp(option, shorter[i].option) == 0)
            fact = shorter[i].fact;
    if (strcmp(option, "fact") == 0) {
        if (!equals || equals == value) {
            fprintf(stderr,
                    "giftrule: '%s' is not NAME=VALUE\n  write it like --fact reimbursed=no\n",
                    value);
            return false;
        }
        *equals = '\0';
        fact = value;
        value = equals + 1;
    }
    if (out->stated_count == GR_MAX_STATED) {
        fprintf(stderr, "giftrule: more than %d facts\n  write a gift log of the gift instead\n",
                GR_MAX_STATED);
        return false;
    }
    if (begins_another(out, fact))
        out->recipients++;
    out->stated[out->stated_count++] =
        (gr_stated){ fact, value, is_of_recipient(fact) ? out->recipients : 0 };
    return true;
}
