/* src/model/fact_prose.c - the table of words. A phrase is told from the next by '|'. One that begins with '=' is a
 * clause of its own, with its contrary behind '/'. tests/unit/test_prose.c counts them: a new fact or word needs its
 * phrase here. */
#include "model/fact_prose.h"

#include <string.h>

#define EMPLOYERS                                                                                  \
    "an institutional customer|another broker-dealer|a vendor|a counterparty|a municipal issuer|"  \
    "an adviser of a registered fund|an ERISA plan|a bank|a union|a federal agency|"               \
    "a foreign government|FINRA|the firm itself|"

/* Nouns of claims are said as "it is stated whether ...". */
static const struct {
    gr_fact fact;
    const char *noun, *is, *is_not, *words;
} rows[] = {
    { GR_F_ID, "the number of the record", NULL, NULL, NULL },
    { GR_F_VERSION, "the version of the record", NULL, NULL, NULL },
    { GR_F_DATE, "the day of the gift", NULL, NULL, NULL },
    { GR_F_ORDERED, "the day of the order", NULL, NULL, NULL },
    { GR_F_DELIVERED, "the day of delivery", NULL, NULL, NULL },
    { GR_F_GIVER_ID, "the giver's number", NULL, NULL, NULL },
    { GR_F_GIVER_NAME, "the giver's name", NULL, NULL, NULL },
    { GR_F_GIVER_KIND, "the kind of giver", "it was given by", "it was not given by",
      "an associated person of the firm|an affiliate of the firm|somebody of another firm" },
    { GR_F_PAYER, "who paid", "it was paid by", "it was not paid by",
      "the firm|the giver personally|a third party" },
    { GR_F_REIMBURSED, "whether the firm reimbursed the giver", NULL, NULL,
      "=the firm reimbursed the giver/the firm did not reimburse the giver|"
      "=the firm did not reimburse the giver/the firm reimbursed the giver" },
    { GR_F_DESCRIPTION, "the description", NULL, NULL, NULL },
    { GR_F_KIND, "the kind of thing", "the kind of thing is", "the kind of thing is not",
      "goods|a desk item|a commemorative item|a ticket|a meal|entertainment|travel|lodging|cash|"
      "a gift card|a service|a donation|another one" },
    { GR_F_QUANTITY, "the number of pieces", NULL, NULL, NULL },
    { GR_F_CURRENCY, "the currency of its amounts", NULL, NULL, NULL },
    { GR_F_COST, "the cost", NULL, NULL, NULL },
    { GR_F_COST_TAX, "whether the cost includes tax and delivery", NULL, NULL,
      "=tax and delivery stand apart from the cost/tax and delivery do not stand apart from the "
      "cost|=the cost includes tax and delivery/the cost does not include tax and delivery" },
    { GR_F_TAX, "the tax", NULL, NULL, NULL },
    { GR_F_DELIVERY, "the charge for delivery", NULL, NULL, NULL },
    { GR_F_FEE, "the booking or service fee", NULL, NULL, NULL },
    { GR_F_MARKET_VALUE, "the market value", NULL, NULL, NULL },
    { GR_F_FACE_VALUE, "the face value", NULL, NULL, NULL },
    { GR_F_OCCASION, "the occasion", "the occasion was", "the occasion was not",
      "no special one|a holiday|a birthday|a wedding|a birth|a retirement|a bereavement|"
      "the closing of a transaction|a conference|a disaster" },
    { GR_F_RELATIONSHIP, "the earlier relationship of giver and recipient",
      "before they did business giver and recipient were",
      "before they did business giver and recipient were not",
      "=before they did business giver and recipient were neither friends nor family/before they "
      "did business giver and recipient were friends or family|friends|family" },
    { GR_F_LOGO, "the logo on it", "it bears", "it does not bear",
      "=it bears no logo/it bears a logo|the firm's logo|the recipient's logo" },
    { GR_F_HOST_PRESENT, "whether a host of the firm was there", NULL, NULL,
      "=a host of the firm was there from beginning to end/a host of the firm was not there from "
      "beginning to end|"
      "=a host of the firm was there for a part only/a host of the firm was not there for a part "
      "only|"
      "=no host of the firm was there/a host of the firm was there" },
    { GR_F_DECEASED, "who had died", "the one who died was", "the one who died was not",
      "the employee|a parent|a parent-in-law|a sibling|a child|the spouse|somebody else" },
    { GR_F_DECLARATION, "whether a major disaster was declared", NULL, NULL,
      "=there was a federal declaration of a major disaster/there was no federal declaration of a "
      "major disaster|"
      "=there was a declaration by a state only/it was not a declaration by a state only|"
      "=no disaster was declared/a disaster was declared" },
    { GR_F_SALES_TARGET, "whether it was tied to a sales target", NULL, NULL,
      "=it was tied to a sales target/it was not tied to a sales target|"
      "=it was not tied to a sales target/it was tied to a sales target" },
    { GR_F_DECORATIVE, "whether it is solely decorative", NULL, NULL,
      "=it is solely decorative/it is not solely decorative|"
      "=it is not solely decorative/it is solely decorative" },
    { GR_F_SHARERS, "whether unnamed people shared it", NULL, NULL,
      "=nobody unnamed shared it/people who are not named shared it|"
      "=people who are not named shared it/nobody unnamed shared it" },
    { GR_F_APPROVAL, "the number of the approval", NULL, NULL, NULL },
    { GR_F_RECORDED, "whether it stands in the firm's gift record", NULL, NULL,
      "=it stands in the firm's gift record/it does not stand in the firm's gift record|"
      "=it does not stand in the firm's gift record/it stands in the firm's gift record" },
    { GR_F_BOOKED_AS, "the booking", "it was booked as", "it was not booked as",
      "a gift|a meal|entertainment|travel|something else" },
    { GR_F_CHANGED, "whether its record was changed after approval", NULL, NULL,
      "=its record was changed after approval/its record was not changed after approval|"
      "=its record was not changed after approval/its record was changed after approval" },
    { GR_F_CONTRACT, "whether there is a written contract", NULL, NULL,
      "=there is a written contract/there is no written contract|"
      "=there is no written contract/there is a written contract" },
    { GR_F_CONTRACT_SIGNED, "the day on which the contract was signed", NULL, NULL, NULL },
    { GR_F_CONTRACT_NATURE, "whether the contract states the nature of the services", NULL, NULL,
      "=the contract states the nature of the services/the contract does not state the nature of "
      "the services|=the contract does not state the nature of the services/the contract states "
      "the nature of the services" },
    { GR_F_CONTRACT_AMOUNT, "whether the contract states the amount of the pay", NULL, NULL,
      "=the contract states the amount of the pay/it is not so that the contract states the amount "
      "of the pay|"
      "=the contract does not state the amount of the pay/it is not so that the contract is silent "
      "on the amount of the pay|"
      "=the contract leaves the amount of the pay open/the contract does not leave the amount of "
      "the pay open" },
    { GR_F_CONTRACT_CONSENT, "whether the person's employer consented to the contract", NULL, NULL,
      "=the person's employer consented in writing/the person's employer did not consent in "
      "writing|=the person's employer did not consent in writing/the person's employer consented "
      "in writing" },
    { GR_F_CONTRACT_COPY, "whether the firm holds a copy of the contract", NULL, NULL,
      "=the firm holds a copy of the contract/the firm holds no copy of the contract|"
      "=the firm holds no copy of the contract/the firm holds a copy of the contract" },
    { GR_F_MERCHANT, "the name of the merchant", NULL, NULL, NULL },
    { GR_F_EXPENSE_TYPE, "the code of the expense type", NULL, NULL, NULL },
    { GR_F_EXPENSE_NAME, "the name of the expense type", NULL, NULL, NULL },
    { GR_F_EXPENSE_CATEGORY, "the spend category", NULL, NULL, NULL },
    { GR_F_PARENT, "the number of its expense report", NULL, NULL, NULL },
    { GR_F_PRODUCT, "the product whose sale it is connected with",
      "it is connected with the sale of", "it is not connected with the sale of",
      "=it is connected with the sale of no product/it is connected with the sale of some product|"
      "an investment company's fund|a variable contract|a direct participation program|"
      "a public offering|municipal securities|futures" },
    { GR_F_ENTERED, "the day on which it was entered", NULL, NULL, NULL },
    { GR_F_REFERENCE, "the number in another system", NULL, NULL, NULL },
    { GR_F_CRD, "the CRD number of the account executive", NULL, NULL, NULL },
    { GR_F_BRANCH, "the branch of the account executive", NULL, NULL, NULL },
    { GR_F_SUPERVISOR, "the supervisor of the account executive", NULL, NULL, NULL },
    { GR_F_REGISTRATION, "the registration of the account executive", NULL, NULL, NULL },
    { GR_F_ACCOUNT, "the number of the client's account", NULL, NULL, NULL },
    { GR_F_CLIENT, "the client", NULL, NULL, NULL },
    { GR_F_STARTS, "the first day", NULL, NULL, NULL },
    { GR_F_ENDS, "the last day", NULL, NULL, NULL },
    { GR_F_ENDED, "the reason for the end", "it ended since the person",
      "it did not end since the person", "had left|had retired|had died|had another reason" },
    { GR_F_EVENT, "the event", "the event is", "the event is not",
      "a mandate|an allocation|a sale|an offering|a renewal|another one" },
    { GR_F_RECIPIENT_ID, "the recipient's number", NULL, NULL, NULL },
    { GR_F_NAME, "the recipient's name", NULL, NULL, NULL },
    { GR_F_TITLE, "the recipient's title", NULL, NULL, NULL },
    { GR_F_EMAIL, "the recipient's e-mail address", NULL, NULL, NULL },
    { GR_F_EMPLOYER, "the recipient's employer", NULL, NULL, NULL },
    { GR_F_EMPLOYER_KIND, "the kind of the recipient's employer", "the recipient works for",
      "the recipient does not work for",
      EMPLOYERS "=the recipient is an individual retail customer/the recipient is not an "
                "individual retail customer|a member of an exchange" },
    { GR_F_CAPACITY, "the capacity in which the recipient got it",
      "the recipient got it in the service of", "the recipient did not get it in the service of",
      EMPLOYERS "=the recipient got it as an individual retail customer/the recipient did not get "
                "it as an individual retail customer|a member of an exchange" },
    { GR_F_THROUGH, "who took it for the recipient", "it was taken by", "it was not taken by",
      "=nobody took it for the recipient/somebody took it for the recipient|the recipient's spouse|"
      "a child of the recipient|a member of the recipient's household|the recipient's assistant|"
      "a charity" },
    { GR_F_SHARE, "the recipient's part of it", NULL, NULL, NULL },
    { GR_F_COUNT, "the number of people behind the recipient's name", NULL, NULL, NULL },
    { GR_F_JOIN_KEY, "the key of the attendee", NULL, NULL, NULL },
};

/* What the engine computes for a gift; it is always known. */
static const struct {
    const char *name;
    gr_fact_prose prose;
} computed[] = {
    { "worth", { "its worth", NULL, NULL, NULL, NULL, GR_FACT_MONEY } },
    { "unit-worth", { "the worth of one piece", NULL, NULL, NULL, NULL, GR_FACT_MONEY } },
    { "firm-kind",
      { "the kind of the firm", "the firm is", "the firm is not",
        "a broker-dealer|an investment adviser|a municipal advisor|a bank dealer|"
        "an investment company|a futures firm",
        "broker-dealer investment-adviser municipal-advisor bank-dealer investment-company "
        "futures-firm",
        GR_FACT_WORD } },
    { "heads",
      { "the number of people behind all recipients", NULL, NULL, NULL, NULL, GR_FACT_NUMBER } },
    { "named-heads",
      { "the number of recipients who are named", NULL, NULL, NULL, NULL, GR_FACT_NUMBER } },
    { "unnamed-heads",
      { "the number of people who are not named", NULL, NULL, NULL, NULL, GR_FACT_NUMBER } },
    { "outside-heads",
      { "the number of people who are not known to be the firm's own", NULL, NULL, NULL, NULL,
        GR_FACT_NUMBER } },
    { "own-heads",
      { "the number of the firm's own people", NULL, NULL, NULL, NULL, GR_FACT_NUMBER } },
    { "days-late",
      { "the number of days from the gift to its entry", NULL, NULL, NULL, NULL, GR_FACT_NUMBER } },
};

bool gr_fact_prose_find(gr_text name, gr_fact_prose *out)
{
    gr_fact fact = gr_fact_find(name);

    for (size_t i = 0; i < GR_COUNT(computed); i++) {
        if (gr_text_is(name, computed[i].name)) {
            *out = computed[i].prose;
            return true;
        }
    }
    for (size_t i = 0; fact != GR_FACT_NONE && i < GR_COUNT(rows); i++) {
        const gr_fact_info *info = gr_fact_get(fact);

        if (rows[i].fact == fact) {
            *out = (gr_fact_prose){ rows[i].noun,  rows[i].is,  rows[i].is_not,
                                    rows[i].words, info->words, info->type };
            return true;
        }
    }
    return false;
}

/* The phrase at a place of the list. False when the list is shorter. */
static bool phrase_at(const char *list, size_t place, gr_text *out)
{
    gr_text rest = gr_text_of(list);

    for (;; place--) {
        const char *bar = rest.len > 0 ? memchr(rest.ptr, '|', rest.len) : NULL;
        size_t length = bar ? (size_t)(bar - rest.ptr) : rest.len;

        if (place == 0) {
            *out = gr_text_slice(rest, 0, length);
            return length > 0;
        }
        if (!bar)
            return false;
        rest = gr_text_slice(rest, length + 1, rest.len);
    }
}

bool gr_fact_prose_word(const gr_fact_prose *prose, gr_text word, gr_fact_phrase *out)
{
    gr_text rest = gr_text_of(prose->values), one, phrase;
    const char *slash;
    size_t place = 0;

    for (; gr_text_word(&rest, &one) && !gr_text_equal(one, word); place++)
        ;
    if (!gr_text_equal(one, word) || !phrase_at(prose->words, place, &phrase))
        return false;
    if (phrase.ptr[0] != '=') {
        *out = (gr_fact_phrase){ false, phrase, GR_TEXT("") };
        return true;
    }
    slash = memchr(phrase.ptr, '/', phrase.len);
    if (!slash)
        return false;
    *out = (gr_fact_phrase){ true, gr_text_slice(phrase, 1, (size_t)(slash - phrase.ptr)),
                             gr_text_slice(phrase, (size_t)(slash - phrase.ptr) + 1, phrase.len) };
    return true;
}
