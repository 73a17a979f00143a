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
INSERT INTO "counted" VALUES(1,1,'G1','2026-05-01','A1','',40000,40000,'may.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(2,1,'G1','2026-05-01','A1','',40000,40000,'may.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(2,2,'G2','2026-05-02','A1','',2000,2000,'may.xml',3,0,NULL,0);
INSERT INTO "counted" VALUES(3,1,'G1','2026-05-01','A1','',50000,50000,'june.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(4,1,'G1','2026-05-01','A1','',50000,50000,'june.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(4,2,'G2','2026-05-02','A1','',2000,2000,'may.xml',3,0,NULL,0);
CREATE TABLE fact ( -- facts that any record states; the other columns are all empty
 name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('cost');
INSERT INTO "fact" VALUES('date');
INSERT INTO "fact" VALUES('employer');
INSERT INTO "fact" VALUES('employer-kind');
INSERT INTO "fact" VALUES('giver-id');
INSERT INTO "fact" VALUES('id');
INSERT INTO "fact" VALUES('kind');
INSERT INTO "fact" VALUES('name');
INSERT INTO "fact" VALUES('payer');
INSERT INTO "fact" VALUES('recipient-id');
CREATE TABLE finding ( -- amounts: cents, or parts of cents as numerator/denominator
 finding INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 id TEXT NOT NULL,
 revision INTEGER NOT NULL,
 replaces INTEGER REFERENCES finding,
 digest INTEGER NOT NULL,
 verdict TEXT NOT NULL,
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
 UNIQUE (id, revision)
) STRICT;
INSERT INTO "finding" VALUES(1,1,'F-f31bfc053c1c',1,NULL,-6608086400328550493,'violation','limit','finra-3220','3220(a)','890c97596451f0ea8529725da920c34d77f9ea86f66e7a1c3ad5319dffe297db','2026-05-01','G1','may.xml',2,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,40000,40000,10000,'Gifts to Jane Roe in the calendar year 2026 add up to 400.00, which is 100.00 over the limit of 300.00',NULL,NULL,NULL);
INSERT INTO "finding" VALUES(2,1,'F-daa77010c73a',1,NULL,-8092662806295438490,'violation','limit','finra-3220','3220(a)','890c97596451f0ea8529725da920c34d77f9ea86f66e7a1c3ad5319dffe297db','2026-05-02','G2','may.xml',3,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,42000,42000,12000,'Gifts to Jane Roe in the calendar year 2026 add up to 420.00, which is 120.00 over the limit of 300.00',NULL,NULL,NULL);
INSERT INTO "finding" VALUES(3,2,'F-f31bfc053c1c',2,1,5686001023133584994,'violation','limit','finra-3220','3220(a)','890c97596451f0ea8529725da920c34d77f9ea86f66e7a1c3ad5319dffe297db','2026-05-01','G1','june.xml',2,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,50000,50000,20000,'Gifts to Jane Roe in the calendar year 2026 add up to 500.00, which is 200.00 over the limit of 300.00',NULL,NULL,NULL);
INSERT INTO "finding" VALUES(4,2,'F-daa77010c73a',2,2,-2368438592548335928,'violation','limit','finra-3220','3220(a)','890c97596451f0ea8529725da920c34d77f9ea86f66e7a1c3ad5319dffe297db','2026-05-02','G2','may.xml',3,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,52000,52000,22000,'Gifts to Jane Roe in the calendar year 2026 add up to 520.00, which is 220.00 over the limit of 300.00',NULL,NULL,NULL);
CREATE TABLE further_recipient ( -- from the second recipient of a gift on
 record INTEGER NOT NULL REFERENCES record,
 position INTEGER NOT NULL,
 recipient INTEGER NOT NULL REFERENCES recipient,
 PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "quarantined" VALUES(1,2,4,1,'june.xml','Q1','''2026-05-41'' is not a day of the calendar','check the day and the month','<gift id="Q1" date="2026-05-41"><giver id="A1"/><payer>firm</payer><recipient id="R1"><name>Jane Roe</name><employer kind="vendor">Acme</employer></recipient><cost>400</cost><kind>goods</kind></gift>');
CREATE TABLE recipient ( -- as the exports state them; records may share a row
 recipient INTEGER PRIMARY KEY, "recipient_id" TEXT, "name" TEXT, "title" TEXT, "email" TEXT, "employer" TEXT, "employer_kind" TEXT, "capacity" TEXT, "through" TEXT, "share" ANY, "count" INTEGER, "join_key" TEXT
) STRICT;
INSERT INTO "recipient" VALUES(1,'R1','Jane Roe',NULL,NULL,'Acme','vendor',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "recipient" VALUES(2,'R1','Jane Roe',NULL,NULL,'Acme','vendor',NULL,NULL,NULL,NULL,NULL);
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
 recipient INTEGER REFERENCES recipient -- the first one
 ,"id" TEXT, "version" TEXT, "date" TEXT, "ordered" TEXT, "delivered" TEXT, "giver_id" TEXT, "giver_name" TEXT, "giver_kind" TEXT, "payer" TEXT, "reimbursed" TEXT, "description" TEXT, "kind" TEXT, "quantity" INTEGER, "currency" TEXT, "cost" ANY, "cost_tax" TEXT, "tax" ANY, "delivery" ANY, "fee" ANY, "market_value" ANY, "face_value" ANY, "occasion" TEXT, "relationship" TEXT, "logo" TEXT, "host_present" TEXT, "deceased" TEXT, "declaration" TEXT, "sales_target" TEXT, "decorative" TEXT, "sharers" TEXT, "approval" TEXT, "recorded" TEXT, "booked_as" TEXT, "changed_after_approval" TEXT, "contract" TEXT, "contract_signed" TEXT, "contract_nature" TEXT, "contract_amount" TEXT, "contract_consent" TEXT, "contract_copy" TEXT, "merchant" TEXT, "expense_type" TEXT, "expense_name" TEXT, "expense_category" TEXT, "parent" TEXT, "product" TEXT
) STRICT;
INSERT INTO "record" VALUES(1,1,2,1,'gift',0,'gift-log',1,NULL,-6299624661152468535,1,'G1',NULL,'2026-05-01',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,40000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "record" VALUES(2,1,3,1,'gift',0,'gift-log',1,NULL,6261050953474504002,1,'G2',NULL,'2026-05-02',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,2000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "record" VALUES(3,2,2,1,'gift',0,'gift-log',2,1,2901159392583351226,2,'G1',NULL,'2026-05-01',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,50000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "record" VALUES(4,2,3,1,'retraction',0,'gift-log',1,NULL,7821193473311922626,NULL,'G3',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE run ( -- one audit that brought something new
 run INTEGER PRIMARY KEY,
 started TEXT NOT NULL, -- UTC
 program TEXT NOT NULL
) STRICT;
INSERT INTO "run" VALUES(1,'2026-01-01T00:00:00Z','giftrule 0.1.0');
INSERT INTO "run" VALUES(2,'2026-01-01T00:00:00Z','giftrule 0.1.0');
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
INSERT INTO "source" VALUES(1,1,'may.xml','gift-log','d342356cae0ba7272a81a0d75e985b039198b29481316440203e4feaced67ee8',454,2,0,0);
INSERT INTO "source" VALUES(2,2,'june.xml','gift-log','b68be52a5b8f0746a3627a61fc29c49732a88d36df6de967979c6d28dcf23ea5',487,2,1,0);
CREATE INDEX source_sha256 ON source (sha256);
CREATE UNIQUE INDEX finding_replaced ON finding (replaces) WHERE replaces IS NOT NULL;
CREATE UNIQUE INDEX record_replaced ON record (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX record_unnamed ON record (format, digest) WHERE id IS NULL;
CREATE VIEW given AS -- every recipient of every record
 SELECT record, 1 AS position, recipient FROM record WHERE recipient IS NOT NULL
 UNION ALL SELECT record, position, recipient FROM further_recipient;
CREATE VIEW gift AS -- what is in force, a line for each recipient
 SELECT s.file, r.*, g.position, p.* FROM record AS r JOIN source AS s ON s.source = r.source
 LEFT JOIN given AS g ON g.record = r.record LEFT JOIN recipient AS p ON p.recipient = g.recipient
 WHERE NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record);
CREATE UNIQUE INDEX record_key ON record (id, format, revision);
COMMIT;
PRAGMA application_id = 1734960756;
PRAGMA user_version = 1;
