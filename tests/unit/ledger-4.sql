BEGIN TRANSACTION;
CREATE TABLE counted ( -- the gifts that a finding adds up
 finding INTEGER NOT NULL REFERENCES finding,
 position INTEGER NOT NULL,
 gift TEXT NOT NULL,
 date TEXT NOT NULL,
 giver_id TEXT NOT NULL,
 giver_name TEXT NOT NULL,
 value_certain ANY NOT NULL,
 value_possible ANY, -- empty: nobody knows how much
 file TEXT NOT NULL,
 line INTEGER NOT NULL,
 "column" INTEGER NOT NULL,
 note TEXT,
 through_other INTEGER NOT NULL, -- 1: to somebody who is possibly the same person
 PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision ( -- of an officer, on a finding
 decision INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 finding TEXT NOT NULL, -- its id
 revision INTEGER NOT NULL, -- as it stood then; a decision on it says nothing of later ones
 kind TEXT NOT NULL, -- fact, accept, exempt, reopen
 format TEXT, -- of a fact: of which record
 gift TEXT,
 position INTEGER, -- of the recipient, from 0; empty: a fact of the gift
 fact TEXT,
 value TEXT, -- empty: it is not supplied any more; of an exemption: the clause that allows it
 exemption TEXT, -- its number
 reason TEXT NOT NULL,
 replaces INTEGER REFERENCES decision
) STRICT;
CREATE TABLE disposed ( -- rows that are gone, each stood for by its imprint
 disposed INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 name TEXT NOT NULL, -- of the table
 key INTEGER NOT NULL,
 second INTEGER NOT NULL, -- of a key of two columns; else 0
 imprint TEXT NOT NULL,
 UNIQUE (name, key, second)
) STRICT;
CREATE TABLE fact ( -- facts that any record states; the other columns are all empty
 fact INTEGER PRIMARY KEY,
 name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "fact" VALUES(1,'id');
INSERT INTO "fact" VALUES(2,'date');
INSERT INTO "fact" VALUES(3,'giver-id');
INSERT INTO "fact" VALUES(4,'approval');
INSERT INTO "fact" VALUES(5,'name');
CREATE TABLE finding ( -- amounts: cents, or parts of cents as numerator/denominator
 finding INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 id TEXT NOT NULL,
 revision INTEGER NOT NULL,
 replaces INTEGER REFERENCES finding,
 digest INTEGER NOT NULL,
 verdict TEXT NOT NULL, -- withdrawn: it is not found any more
 kind TEXT NOT NULL,
 rule TEXT NOT NULL,
 clause TEXT NOT NULL,
 rulebook_sha256 TEXT NOT NULL,
 date TEXT NOT NULL,
 gift TEXT NOT NULL,
 file TEXT NOT NULL,
 line INTEGER NOT NULL,
 "column" INTEGER NOT NULL,
 giver_id TEXT NOT NULL,
 giver_name TEXT NOT NULL,
 recipient_id TEXT NOT NULL,
 recipient_name TEXT NOT NULL,
 employer TEXT NOT NULL,
 currency TEXT NOT NULL,
 period TEXT, -- empty with all up to over: a finding without a limit
 period_from TEXT,
 period_to TEXT,
 "limit" ANY,
 total_certain ANY,
 total_possible ANY, -- empty: nobody knows how much
 over ANY,
 reason TEXT NOT NULL,
 question TEXT,
 answers TEXT,
 presumptions TEXT, -- one a line
 record INTEGER REFERENCES record, -- the version that was judged
 position INTEGER NOT NULL DEFAULT 0, -- of the recipient among those of the record, from 0
 provision TEXT NOT NULL DEFAULT '',
 limit_clause TEXT NOT NULL DEFAULT '',
 is_count INTEGER NOT NULL DEFAULT 0, -- 1: gifts are counted, not money
 joined TEXT, -- other ways in which what it counts calls the recipient, one a line: id, name,
 -- employer, why it is the same person; parted by tabs
 UNIQUE (id, revision)
) STRICT;
CREATE TABLE further_recipient ( -- from the second recipient of a gift on
 record INTEGER NOT NULL REFERENCES record,
 position INTEGER NOT NULL,
 recipient INTEGER NOT NULL REFERENCES recipient,
 PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE hold ( -- legal holds: what they cover is not disposed of
 hold INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 kind TEXT NOT NULL, -- all, giver, recipient, gift; release
 value TEXT NOT NULL,
 reason TEXT NOT NULL,
 replaces INTEGER REFERENCES hold -- of a release: the hold that it ends
) STRICT;
INSERT INTO "hold" VALUES(1,2,'gift','G8','a suit',NULL);
CREATE TABLE identity ( -- of an officer, on who is who
 identity INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 kind TEXT NOT NULL, -- merge, split
 says TEXT NOT NULL, -- same, apart; nothing: what was said before is taken back
 a_id TEXT NOT NULL, -- two recipients, as they are written
 a_name TEXT NOT NULL,
 a_employer TEXT NOT NULL,
 a_email TEXT NOT NULL,
 b_id TEXT NOT NULL,
 b_name TEXT NOT NULL,
 b_employer TEXT NOT NULL,
 b_email TEXT NOT NULL,
 reason TEXT NOT NULL,
 replaces INTEGER REFERENCES identity
) STRICT;
CREATE TABLE kept_file ( -- a rule file as it stood, once
 kept_file INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 sha256 TEXT NOT NULL UNIQUE,
 bytes BLOB NOT NULL
) STRICT;
CREATE TABLE part ( -- what a run added to a table: rows with keys from first to last
 run INTEGER NOT NULL REFERENCES run,
 name TEXT NOT NULL,
 first INTEGER NOT NULL,
 last INTEGER NOT NULL,
 rows INTEGER NOT NULL,
 sha256 TEXT NOT NULL, -- of the imprints of the rows, each SHA-256 of its columns
 PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "part" VALUES(1,'fact',1,5,5,'d215a56bacb0d1efad4ebf0cbc66d8902e0c1e1d361cd65fd1e96249cade57fd');
INSERT INTO "part" VALUES(1,'further_recipient',1,1,0,'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO "part" VALUES(1,'recipient',1,1,1,'b4e9fc269834d6b0e3623792f836fff6f905fbe90449eface2ce836dc6e15b90');
INSERT INTO "part" VALUES(1,'record',1,1,1,'9e31bf2c9ea0ff5cbfb07cd9594f5747819beb83a260fec81ac46d3847950473');
INSERT INTO "part" VALUES(1,'source',1,1,1,'e63fa6549799aee8f617a674ab04083add83b46a225e77a73fccd051d6a2280a');
INSERT INTO "part" VALUES(2,'hold',1,1,1,'4ae770bdefd180afbdbcdea340ccab20b655258666508d4b2e2d9aa982e0644e');
CREATE TABLE quarantined (
 quarantined INTEGER PRIMARY KEY,
 source INTEGER NOT NULL REFERENCES source,
 line INTEGER NOT NULL,
 "column" INTEGER NOT NULL,
 file TEXT NOT NULL,
 id TEXT,
 message TEXT NOT NULL,
 hint TEXT NOT NULL,
 raw TEXT NOT NULL,
 UNIQUE (source, line, "column", message)
) STRICT;
CREATE TABLE recipient ( -- as the exports state them; records may share a row
 recipient INTEGER PRIMARY KEY, "recipient_id" TEXT, "name" TEXT, "title" TEXT, "email" TEXT, "employer" TEXT, "employer_kind" TEXT, "capacity" TEXT, "through" TEXT, "share" ANY, "count" INTEGER, "join_key" TEXT
) STRICT;
INSERT INTO "recipient" VALUES(1,NULL,'Pat Ames',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE record ( -- a version of a record; facts not stated are empty;
 -- amounts: cents, or parts of cents as numerator/denominator
 record INTEGER PRIMARY KEY,
 source INTEGER NOT NULL REFERENCES source,
 line INTEGER NOT NULL,
 "column" INTEGER NOT NULL,
 record_kind TEXT NOT NULL,
 shares_computed INTEGER NOT NULL,
 format TEXT NOT NULL,
 revision INTEGER NOT NULL, -- of the same format and id, from 1
 replaces INTEGER REFERENCES record,
 digest INTEGER NOT NULL,
 recipient INTEGER REFERENCES recipient, -- the first one
 amended INTEGER -- 1: edited after it had been approved
 ,"id" TEXT, "version" TEXT, "date" TEXT, "ordered" TEXT, "delivered" TEXT, "giver_id" TEXT, "giver_name" TEXT, "giver_kind" TEXT, "payer" TEXT, "reimbursed" TEXT, "description" TEXT, "kind" TEXT, "quantity" INTEGER, "currency" TEXT, "cost" ANY, "cost_tax" TEXT, "tax" ANY, "delivery" ANY, "fee" ANY, "market_value" ANY, "face_value" ANY, "occasion" TEXT, "relationship" TEXT, "logo" TEXT, "host_present" TEXT, "deceased" TEXT, "declaration" TEXT, "sales_target" TEXT, "decorative" TEXT, "sharers" TEXT, "approval" TEXT, "recorded" TEXT, "booked_as" TEXT, "changed_after_approval" TEXT, "contract" TEXT, "contract_signed" TEXT, "contract_nature" TEXT, "contract_amount" TEXT, "contract_consent" TEXT, "contract_copy" TEXT, "merchant" TEXT, "expense_type" TEXT, "expense_name" TEXT, "expense_category" TEXT, "parent" TEXT, "product" TEXT, "entered" TEXT, "reference" TEXT, "crd" TEXT, "branch" TEXT, "supervisor" TEXT, "registration" TEXT, "account" TEXT, "client" TEXT, "starts" TEXT, "ends" TEXT, "ended" TEXT, "event" TEXT
) STRICT;
INSERT INTO "record" VALUES(1,1,0,0,'gift',0,'gift-log',1,NULL,-5061723412237496540,1,NULL,'G8',NULL,'2026-05-27',NULL,NULL,'A2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'PA-7',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rules ( -- by which gifts were judged
 rules INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 sha256 TEXT NOT NULL -- of rulebooks, policy, rates, detection, names and program
) STRICT;
CREATE TABLE rules_file ( -- which files they were; none of rules that version 3 or one before kept
 rules_file INTEGER PRIMARY KEY,
 rules INTEGER NOT NULL REFERENCES rules,
 name TEXT NOT NULL, -- in the rule folder; rates-of-run.xml: rates from elsewhere
 kept_file INTEGER NOT NULL REFERENCES kept_file,
 UNIQUE (rules, name)
) STRICT;
CREATE TABLE rules_line ( -- what a report tells of them
 rules INTEGER NOT NULL REFERENCES rules,
 position INTEGER NOT NULL,
 part TEXT NOT NULL, -- rulebook, choice, assumption
 name TEXT NOT NULL,
 text TEXT NOT NULL, -- title of a rulebook, value of a choice, words of an assumption
 mark TEXT NOT NULL, -- SHA-256 of a rulebook; 'set' of a choice that was set for the run
 PRIMARY KEY (rules, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE run ( -- the audit trail: one deed that brought something new
 run INTEGER PRIMARY KEY,
 started TEXT NOT NULL, -- UTC
 program TEXT NOT NULL,
 author TEXT NOT NULL DEFAULT '',
 action TEXT NOT NULL DEFAULT 'audit',
 note TEXT NOT NULL DEFAULT '', -- what was changed, from what to what
 rules INTEGER REFERENCES rules, -- by which all was judged at its end; empty: nothing was
 gifts INTEGER, -- in force at its end
 recipients INTEGER,
 expenses INTEGER,
 previous TEXT, -- hash of the run before
 hash TEXT -- SHA-256 of this row and of its parts
) STRICT;
INSERT INTO "run" VALUES(1,'2026-11-24T06:00:00Z','giftrule 0.1.0','clerk','audit','',NULL,NULL,NULL,NULL,'','b0ef4e1819b5cd8fe45745700f41b0961cd5521a2829f88f388bb72a363f3d33');
INSERT INTO "run" VALUES(2,'2026-11-24T06:00:00Z','giftrule 0.1.0','clerk','hold','hold 1',NULL,NULL,NULL,NULL,'b0ef4e1819b5cd8fe45745700f41b0961cd5521a2829f88f388bb72a363f3d33','a809d6ed34972b59325407e489fc35cfbf7e541fc5c707e97b6fcce950b6a162');
CREATE TABLE seal ( -- the head was signed at the end of this run
 seal INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 public_key TEXT NOT NULL
) STRICT;
CREATE TABLE source ( -- one export
 source INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 file TEXT NOT NULL,
 format TEXT NOT NULL,
 sha256 TEXT NOT NULL,
 bytes INTEGER NOT NULL,
 records INTEGER NOT NULL,
 quarantined INTEGER NOT NULL,
 duplicates INTEGER NOT NULL
) STRICT;
INSERT INTO "source" VALUES(1,1,'log.xml','gift-log','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',10,1,0,0);
CREATE TABLE standing ( -- of an account executive, from this run on
 standing INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 replaces INTEGER REFERENCES standing,
 giver_id TEXT NOT NULL,
 giver_name TEXT NOT NULL, -- the fullest in force
 gifts INTEGER NOT NULL,
 recipients INTEGER NOT NULL
) STRICT;
CREATE INDEX source_sha256 ON source (sha256);
CREATE INDEX finding_record ON finding (record) WHERE record IS NOT NULL;
CREATE UNIQUE INDEX finding_replaced ON finding (replaces) WHERE replaces IS NOT NULL;
CREATE UNIQUE INDEX standing_replaced ON standing (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX decision_finding ON decision (finding);
CREATE UNIQUE INDEX decision_replaced ON decision (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX decision_gift ON decision (gift, format) WHERE gift IS NOT NULL;
CREATE UNIQUE INDEX identity_replaced ON identity (replaces) WHERE replaces IS NOT NULL;
CREATE UNIQUE INDEX record_replaced ON record (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX record_unnamed ON record (format, digest) WHERE id IS NULL;
CREATE INDEX record_roster ON record (record) WHERE record_kind IN ('executive', 'responsibility', 'contact', 'event');
CREATE VIEW given AS -- every recipient of every record
 SELECT record, 1 AS position, recipient FROM record WHERE recipient IS NOT NULL
 UNION ALL SELECT record, position, recipient FROM further_recipient;
CREATE VIEW gift AS -- what is in force, a line for each recipient
 SELECT s.file, r.*, g.position, p.* FROM record AS r JOIN source AS s ON s.source = r.source
 LEFT JOIN given AS g ON g.record = r.record LEFT JOIN recipient AS p ON p.recipient = g.recipient
 WHERE NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record);
CREATE UNIQUE INDEX record_key ON record (id, format, revision);
CREATE INDEX record_recipient ON record (recipient);
CREATE INDEX further_recipient_recipient ON further_recipient (recipient);
COMMIT;
PRAGMA application_id = 1734960756;
PRAGMA user_version = 4;
