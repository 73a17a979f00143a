/* src/model/fact.h - every fact that a record can state about a gift or about one of its recipients. The name
 * is the same in rule files, format files and the ledger. A new fact is one row here, at the end of its list, and a
 * new word goes to the end of its words: ledgers know records again by digests over these places. */
#ifndef GR_MODEL_FACT_H
#define GR_MODEL_FACT_H

#include "base/text.h"

typedef enum gr_fact_type {
    GR_FACT_TEXT,
    GR_FACT_DAY,
    GR_FACT_MONEY,
    GR_FACT_NUMBER,
    GR_FACT_WORD /* one of a list of words; the value is its place in the list */
} gr_fact_type;

#define GR_WORDS_YES_NO "yes no"
#define GR_WORDS_EMPLOYER                                                                          \
    "institutional-customer other-broker-dealer vendor counterparty municipal-issuer "             \
    "registered-fund-adviser erisa-plan bank union federal-agency foreign-government finra "       \
    "own-firm retail exchange-member"

/* X(constant, name, type, words, the question to ask when it is missing) */
#define GR_GIFT_FACTS(X)                                                                           \
    X(ID, "id", TEXT, NULL, "What is the number of this record?")                                  \
    X(VERSION, "version", TEXT, NULL, "Which version of the record is this?")                      \
    X(DATE, "date", DAY, NULL, "On which day was it given?")                                       \
    X(ORDERED, "ordered", DAY, NULL, "On which day was it ordered?")                               \
    X(DELIVERED, "delivered", DAY, NULL, "On which day did it arrive?")                            \
    X(GIVER_ID, "giver-id", TEXT, NULL, "Who gave it?")                                            \
    X(GIVER_NAME, "giver-name", TEXT, NULL, "Who gave it?")                                        \
    X(GIVER_KIND, "giver-kind", WORD, "associated-person affiliate other-firm",                    \
      "Did an associated person of the firm give it, an affiliate, or somebody of another firm?")  \
    X(PAYER, "payer", WORD, "firm giver third-party",                                              \
      "Who paid: the firm, the giver personally, or a third party?")                               \
    X(REIMBURSED, "reimbursed", WORD, GR_WORDS_YES_NO, "Did the firm reimburse the giver?")        \
    X(DESCRIPTION, "description", TEXT, NULL, "What was given?")                                   \
    X(KIND, "kind", WORD,                                                                          \
      "goods desk-item commemorative ticket meal entertainment travel lodging cash gift-card "     \
      "service donation other",                                                                    \
      "What kind of thing was given?")                                                             \
    X(QUANTITY, "quantity", NUMBER, NULL, "How many pieces was it?")                               \
    X(CURRENCY, "currency", TEXT, NULL, "In which currency are the amounts?")                      \
    X(COST, "cost", MONEY, NULL, "What did it cost, without tax and delivery?")                    \
    X(COST_TAX, "cost-tax", WORD, "apart included", "How much of the cost is tax and delivery?")   \
    X(TAX, "tax", MONEY, NULL, "How much was tax?")                                                \
    X(DELIVERY, "delivery", MONEY, NULL, "How much was delivery?")                                 \
    X(FEE, "fee", MONEY, NULL, "Does the booking or service fee belong to the value of the gift?") \
    X(MARKET_VALUE, "market-value", MONEY, NULL, "What was its market value on that day?")         \
    X(FACE_VALUE, "face-value", MONEY, NULL, "What face value is printed on it?")                  \
    X(OCCASION, "occasion", WORD,                                                                  \
      "none holiday birthday wedding birth retirement bereavement closing conference disaster",    \
      "What was the occasion?")                                                                    \
    X(RELATIONSHIP, "relationship", WORD, "none friend family",                                    \
      "Were giver and recipient friends or family before they did business?")                      \
    X(LOGO, "logo", WORD, "no firm recipient", "Does it bear a logo, and whose?")                  \
    X(HOST_PRESENT, "host-present", WORD, "yes partly no",                                         \
      "Was an associated person of the firm there as host, from beginning to end?")                \
    X(DECEASED, "deceased", WORD, "employee parent parent-in-law sibling child spouse other",      \
      "Who had died: the employee, or which relative of the employee?")                            \
    X(DECLARATION, "declaration", WORD, "federal state none",                                      \
      "Was there a federal declaration of a major disaster?")                                      \
    X(SALES_TARGET, "sales-target", WORD, GR_WORDS_YES_NO, "Was it tied to a sales target?")       \
    X(DECORATIVE, "decorative", WORD, GR_WORDS_YES_NO,                                             \
      "Is it solely decorative and a sign of the transaction?")                                    \
    X(SHARERS, "sharers", WORD, "none unnamed", "Who shared it? Name every one of them")           \
    X(APPROVAL, "approval", TEXT, NULL, "Under which number was it approved?")                     \
    X(RECORDED, "recorded", WORD, GR_WORDS_YES_NO, "Does it stand in the firm's gift record?")     \
    X(BOOKED_AS, "booked-as", WORD, "gift meal entertainment travel other",                        \
      "As what was it booked?")                                                                    \
    X(CHANGED, "changed-after-approval", WORD, GR_WORDS_YES_NO,                                    \
      "Was the record changed after it had been approved?")                                        \
    X(CONTRACT, "contract", WORD, GR_WORDS_YES_NO, "Is there a written contract?")                 \
    X(CONTRACT_SIGNED, "contract-signed", DAY, NULL, "On which day was the contract signed?")      \
    X(CONTRACT_NATURE, "contract-nature", WORD, GR_WORDS_YES_NO,                                   \
      "Does the contract state the nature of the services?")                                       \
    X(CONTRACT_AMOUNT, "contract-amount", WORD, "yes no open",                                     \
      "Does the contract state the amount of the pay?")                                            \
    X(CONTRACT_CONSENT, "contract-consent", WORD, GR_WORDS_YES_NO,                                 \
      "Did the person's employer consent in writing?")                                             \
    X(CONTRACT_COPY, "contract-copy", WORD, GR_WORDS_YES_NO,                                       \
      "Does the firm hold a copy of the contract?")                                                \
    X(MERCHANT, "merchant", TEXT, NULL, "Where was it bought?")                                    \
    X(EXPENSE_TYPE, "expense-type", TEXT, NULL, "What is the code of the expense type?")           \
    X(EXPENSE_NAME, "expense-name", TEXT, NULL, "What is the name of the expense type?")           \
    X(EXPENSE_CATEGORY, "expense-category", TEXT, NULL, "What is the spend category?")             \
    X(PARENT, "parent", TEXT, NULL, "To which report does it belong?")                             \
    X(PRODUCT, "product", WORD, "none fund variable-contract program offering municipal futures",  \
      "With the sale of which kind of product is it connected?")                                   \
    X(ENTERED, "entered", DAY, NULL, "On which day was it entered?")                               \
    X(REFERENCE, "reference", TEXT, NULL, "Under which number does it stand in another system?")   \
    X(CRD, "crd", TEXT, NULL, "What is the account executive's CRD number?")                       \
    X(BRANCH, "branch", TEXT, NULL, "To which branch does the account executive belong?")          \
    X(SUPERVISOR, "supervisor", TEXT, NULL, "Who supervises the account executive?")               \
    X(REGISTRATION, "registration", TEXT, NULL, "How is the account executive registered?")        \
    X(ACCOUNT, "account", TEXT, NULL, "What is the number of the client's account?")               \
    X(CLIENT, "client", TEXT, NULL, "Which client is it about?")                                   \
    X(STARTS, "starts", DAY, NULL, "On which day does it begin?")                                  \
    X(ENDS, "ends", DAY, NULL, "On which day does it end?")                                        \
    X(ENDED, "ended", WORD, "left retired deceased other", "Why did it end?")                      \
    X(EVENT, "event", WORD, "mandate allocation sale offering renewal other", "What happened?")

#define GR_RECIPIENT_FACTS(X)                                                                      \
    X(RECIPIENT_ID, "recipient-id", TEXT, NULL, "What is the recipient's number?")                 \
    X(NAME, "name", TEXT, NULL, "Who received it? Name the person")                                \
    X(TITLE, "title", TEXT, NULL, "What is the recipient's title?")                                \
    X(EMAIL, "email", TEXT, NULL, "What is the recipient's e-mail address?")                       \
    X(EMPLOYER, "employer", TEXT, NULL, "For whom does the recipient work?")                       \
    X(EMPLOYER_KIND, "employer-kind", WORD, GR_WORDS_EMPLOYER,                                     \
      "What kind of firm is the recipient's employer?")                                            \
    X(CAPACITY, "capacity", WORD, GR_WORDS_EMPLOYER,                                               \
      "In which of the two capacities was the gift given to this person?")                         \
    X(THROUGH, "through", WORD, "none spouse child household assistant charity",                   \
      "Was it meant for the recipient, or for the person or charity that took it?")                \
    X(SHARE, "share", MONEY, NULL, "Which part of the gift did this recipient get?")               \
    X(COUNT, "count", NUMBER, NULL, "How many people stand behind this name? Name them")           \
    X(JOIN_KEY, "join-key", TEXT, NULL, "What is the key of this attendee?")

typedef enum gr_fact {
#define X(constant, name, type, words, ask) GR_F_##constant,
    GR_GIFT_FACTS(X) GR_RECIPIENT_FACTS(X)
#undef X
        GR_FACT_COUNT,
    GR_FACT_FIRST_OF_RECIPIENT = GR_F_RECIPIENT_ID,
    GR_FACT_NONE = GR_FACT_COUNT
} gr_fact;

enum {
    GR_GIFT_FACT_COUNT = GR_FACT_FIRST_OF_RECIPIENT,
    GR_RECIPIENT_FACT_COUNT = GR_FACT_COUNT - GR_FACT_FIRST_OF_RECIPIENT
};

/* A set of facts. */
__extension__ typedef unsigned __int128 gr_fact_set;
#define GR_FACT_BIT(fact) ((gr_fact_set)1 << (fact))

gr_fact gr_fact_first(gr_fact_set set); /* in the order of the table; GR_FACT_NONE: it is empty */

/* Words used by name in the code; each is the place of its word in the list above. */
enum { GR_YES, GR_NO };
enum { GR_COST_TAX_APART, GR_COST_TAX_INCLUDED };
enum { GR_SHARERS_NONE, GR_SHARERS_UNNAMED };
enum { GR_EMPLOYER_OWN_FIRM = 12 };

typedef struct gr_fact_info {
    const char *name;
    gr_fact_type type;
    const char *words; /* separated by spaces; NULL where type is not GR_FACT_WORD */
    const char *question;
} gr_fact_info;

const gr_fact_info *gr_fact_get(gr_fact fact);
gr_fact gr_fact_find(gr_text name); /* GR_FACT_NONE when there is none of this name */

int gr_fact_word_find(gr_fact fact, gr_text word); /* -1 when it is not in the list */
gr_text gr_fact_word_get(gr_fact fact, int64_t place);
/* "one of firm, giver, third-party": the hint of a message about a word that is not in the list. */
enum { GR_FACT_HINT = 240 };
const char *gr_fact_hint(gr_fact fact, char out[GR_FACT_HINT]);

#endif
