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
INSERT INTO "counted" VALUES(1,1,'G1','2026-05-01','A1','',40000,40000,'a.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(2,1,'G1','2026-05-01','A1','',40000,40000,'a.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(2,2,'G2','2026-05-02','A1','',1000,1000,'a.xml',3,0,NULL,0);
INSERT INTO "counted" VALUES(3,1,'G1','2026-05-01','A1','',35000,35000,'a2.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(4,1,'G1','2026-05-01','A1','',35000,35000,'a2.xml',2,0,NULL,0);
INSERT INTO "counted" VALUES(4,2,'G2','2026-05-02','A1','',1000,1000,'a.xml',3,0,NULL,0);
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
INSERT INTO "decision" VALUES(1,3,'F-f31bfc053c1c',2,'accept',NULL,NULL,NULL,NULL,NULL,NULL,'seen',NULL);
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
INSERT INTO "fact" VALUES(4,'payer');
INSERT INTO "fact" VALUES(5,'kind');
INSERT INTO "fact" VALUES(6,'cost');
INSERT INTO "fact" VALUES(7,'recipient-id');
INSERT INTO "fact" VALUES(8,'name');
INSERT INTO "fact" VALUES(9,'employer');
INSERT INTO "fact" VALUES(10,'employer-kind');
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
INSERT INTO "finding" VALUES(1,1,'F-f31bfc053c1c',1,NULL,3331734293553810637,'violation','limit','finra-3220','3220(a)','40ce6462df6bc20cd135586e188c0b514eedcf09edb4ea9bb15a15445a979760','2026-05-01','G1','a.xml',2,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,40000,40000,10000,'Gifts to Jane Roe in the calendar year 2026 add up to 400.00, which is 100.00 over the limit of 300.00',NULL,NULL,NULL,1,0,'annual','3220(a)',0,NULL);
INSERT INTO "finding" VALUES(2,1,'F-daa77010c73a',1,NULL,3880637472759077994,'violation','limit','finra-3220','3220(a)','40ce6462df6bc20cd135586e188c0b514eedcf09edb4ea9bb15a15445a979760','2026-05-02','G2','a.xml',3,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,41000,41000,11000,'Gifts to Jane Roe in the calendar year 2026 add up to 410.00, which is 110.00 over the limit of 300.00',NULL,NULL,NULL,2,0,'annual','3220(a)',0,NULL);
INSERT INTO "finding" VALUES(3,2,'F-f31bfc053c1c',2,1,2327903205663039552,'violation','limit','finra-3220','3220(a)','40ce6462df6bc20cd135586e188c0b514eedcf09edb4ea9bb15a15445a979760','2026-05-01','G1','a2.xml',2,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,35000,35000,5000,'Gifts to Jane Roe in the calendar year 2026 add up to 350.00, which is 50.00 over the limit of 300.00',NULL,NULL,NULL,3,0,'annual','3220(a)',0,NULL);
INSERT INTO "finding" VALUES(4,2,'F-daa77010c73a',2,2,-8673375722430049736,'violation','limit','finra-3220','3220(a)','40ce6462df6bc20cd135586e188c0b514eedcf09edb4ea9bb15a15445a979760','2026-05-02','G2','a.xml',3,0,'A1','','R1','Jane Roe','Acme','USD','calendar','2026-01-01','2026-12-31',30000,36000,36000,6000,'Gifts to Jane Roe in the calendar year 2026 add up to 360.00, which is 60.00 over the limit of 300.00',NULL,NULL,NULL,2,0,'annual','3220(a)',0,NULL);
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
CREATE TABLE part ( -- what a run added to a table: rows with keys from first to last
 run INTEGER NOT NULL REFERENCES run,
 name TEXT NOT NULL,
 first INTEGER NOT NULL,
 last INTEGER NOT NULL,
 rows INTEGER NOT NULL,
 sha256 TEXT NOT NULL, -- of the imprints of the rows, each SHA-256 of its columns
 PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "part" VALUES(1,'counted',1,2,3,'190db203c2bc8a182a65a3d487ad750a81136117d1ed556eaef142ff11c64d36');
INSERT INTO "part" VALUES(1,'fact',1,10,10,'da8ffc3a9ef7243ca375508d17d163c79791198f516693699aeaffdbdefb7f69');
INSERT INTO "part" VALUES(1,'finding',1,2,2,'bf2d62f10557de6b212acd34ba13ff04b7389e2a77af6dca313dedcc347b7e3d');
INSERT INTO "part" VALUES(1,'further_recipient',1,2,0,'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO "part" VALUES(1,'recipient',1,1,1,'16a273c36a78867cce9f8c9e1693f0c526c7c035c45e64f8faa68fd7990a64ae');
INSERT INTO "part" VALUES(1,'record',1,2,2,'d43f61572253545d700f4fdd28d03f81e023a78c647f51b0ead70f5ab26d3405');
INSERT INTO "part" VALUES(1,'rules',1,1,1,'56d0b1ec90eb4cc373ee675af242d88b68d77e7a5aab74251fb423cd7b0c3513');
INSERT INTO "part" VALUES(1,'rules_line',1,1,152,'fca13245a3226ea4de298843c22f8fa7d7277ff435e164c8e33e66d021a466ba');
INSERT INTO "part" VALUES(1,'source',1,1,1,'0e0e74aa62b0e3acbc4689d98292a2f51a55e908b058d018594b3a08b1800f44');
INSERT INTO "part" VALUES(1,'standing',1,1,1,'802999808d732e35ea86d56326266d3dd3cbfb7779af77a56bb9750ad3ac2ce8');
INSERT INTO "part" VALUES(2,'counted',3,4,3,'5375dcaf59064441b6bc301cada218276c7e207a5aaf7720a585d59cd559619f');
INSERT INTO "part" VALUES(2,'finding',3,4,2,'46692ba6dbbec3ec547174a088bd3748c0d703f9c68d2ecfd8b228b5036df7e2');
INSERT INTO "part" VALUES(2,'further_recipient',3,3,0,'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
INSERT INTO "part" VALUES(2,'recipient',2,2,1,'3415dd1ffe9a1f7dae0b92952dfe88c322ed39ebdb78b2b368b1929f09b88903');
INSERT INTO "part" VALUES(2,'record',3,3,1,'f41cacfa1a12b3941c33451dc6be0c54fa5a7d9f365576cb0312ddcb9c18fed7');
INSERT INTO "part" VALUES(2,'source',2,2,1,'09e297d48430dd2092e1b765d61646fad1d4f2c7e110353e16991f2d4f27f150');
INSERT INTO "part" VALUES(3,'decision',1,1,1,'de0fb73da2b55a887ca6224810c7a9ec2fe518c3a27df16e68dbe70570c5323b');
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
 recipient INTEGER REFERENCES recipient, -- the first one
 amended INTEGER -- 1: edited after it had been approved
 ,"id" TEXT, "version" TEXT, "date" TEXT, "ordered" TEXT, "delivered" TEXT, "giver_id" TEXT, "giver_name" TEXT, "giver_kind" TEXT, "payer" TEXT, "reimbursed" TEXT, "description" TEXT, "kind" TEXT, "quantity" INTEGER, "currency" TEXT, "cost" ANY, "cost_tax" TEXT, "tax" ANY, "delivery" ANY, "fee" ANY, "market_value" ANY, "face_value" ANY, "occasion" TEXT, "relationship" TEXT, "logo" TEXT, "host_present" TEXT, "deceased" TEXT, "declaration" TEXT, "sales_target" TEXT, "decorative" TEXT, "sharers" TEXT, "approval" TEXT, "recorded" TEXT, "booked_as" TEXT, "changed_after_approval" TEXT, "contract" TEXT, "contract_signed" TEXT, "contract_nature" TEXT, "contract_amount" TEXT, "contract_consent" TEXT, "contract_copy" TEXT, "merchant" TEXT, "expense_type" TEXT, "expense_name" TEXT, "expense_category" TEXT, "parent" TEXT, "product" TEXT, "entered" TEXT, "reference" TEXT, "crd" TEXT, "branch" TEXT, "supervisor" TEXT, "registration" TEXT, "account" TEXT, "client" TEXT, "starts" TEXT, "ends" TEXT, "ended" TEXT, "event" TEXT
) STRICT;
INSERT INTO "record" VALUES(1,1,2,1,'gift',0,'gift-log',1,NULL,-6299624661152468535,1,NULL,'G1',NULL,'2026-05-01',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,40000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "record" VALUES(2,1,3,1,'gift',0,'gift-log',1,NULL,2310052418701001168,1,NULL,'G2',NULL,'2026-05-02',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,1000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "record" VALUES(3,2,2,1,'gift',0,'gift-log',2,1,1887457143978139330,2,NULL,'G1',NULL,'2026-05-01',NULL,NULL,'A1',NULL,NULL,'firm',NULL,NULL,'goods',NULL,NULL,35000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rules ( -- by which gifts were judged
 rules INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 sha256 TEXT NOT NULL -- of rulebooks, policy, rates, detection, names and program
) STRICT;
INSERT INTO "rules" VALUES(1,1,'3875332d355e39e2c7a2778156e3cbb0a78496c1db724af5454e9b8fdbe8c478');
CREATE TABLE rules_line ( -- what a report tells of them
 rules INTEGER NOT NULL REFERENCES rules,
 position INTEGER NOT NULL,
 part TEXT NOT NULL, -- rulebook, choice, assumption
 name TEXT NOT NULL,
 text TEXT NOT NULL, -- title of a rulebook, value of a choice, words of an assumption
 mark TEXT NOT NULL, -- SHA-256 of a rulebook; 'set' of a choice that was set for the run
 PRIMARY KEY (rules, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "rules_line" VALUES(1,1,'rulebook','dol-lm10','Form LM-10, gifts to union officials','deb1858d123a37ff00108407aea5aeb6a7e60171a46d012f0c3562ccd27f76db');
INSERT INTO "rules_line" VALUES(1,2,'rulebook','erisa-406b3','ERISA 406(b)(3), gifts to plan fiduciaries','f3fd66473413fd2ee426448baa8322e314d2ca9307fdabd3dc6200b0bb766832');
INSERT INTO "rules_line" VALUES(1,3,'rulebook','finra-2070','FINRA Rule 2070(c), gifts to FINRA''s employees','fa609a94a8f9b98fb92f5e5aeb1e66df9afc7e1e5f5bfed02cc300b7e0ced908');
INSERT INTO "rules_line" VALUES(1,4,'rulebook','finra-2310','FINRA Rule 2310, gifts in the sale of direct participation programs','761ff00b16692812928f6ba608450e522abf896da5263fef8512500be3c1b453');
INSERT INTO "rules_line" VALUES(1,5,'rulebook','finra-2320','FINRA Rule 2320, gifts in the sale of variable contracts','59a7c3a3e6b1ccf45262b3379eb166a7f7dab2ae56449f2079d499f798393fa4');
INSERT INTO "rules_line" VALUES(1,6,'rulebook','finra-2341','FINRA Rule 2341, gifts in the sale of fund shares','aac8edffa015f081a0444cce1586a31f5264cd38bc8ffe5266eba540ff196090');
INSERT INTO "rules_line" VALUES(1,7,'rulebook','finra-3220','FINRA Rule 3220, gifts to people at other firms','40ce6462df6bc20cd135586e188c0b514eedcf09edb4ea9bb15a15445a979760');
INSERT INTO "rules_line" VALUES(1,8,'rulebook','finra-5110','FINRA Rule 5110, gifts in public offerings','749ec16bcc8e26661671e90a5de00a4f925424e3fde53d42a0977011a54def83');
INSERT INTO "rules_line" VALUES(1,9,'rulebook','ica-17e1','Investment Company Act 17(e)(1), gifts to the people of fund advisers','2657e2c873876e8f7af0cca889c66669ebda9f552da34723d2a93b0508c833eb');
INSERT INTO "rules_line" VALUES(1,10,'rulebook','msrb-g20','MSRB Rule G-20, gifts in municipal securities and advice','b2fc942d55f706696500c79e3e31ff3c3bf49d4f53b2b7edfa8a3024ba3134a5');
INSERT INTO "rules_line" VALUES(1,11,'rulebook','us-18usc215','18 USC 215, gifts to people of banks','36d0749fbb88167e4d8abb139e5e051ea438b5a8a0f1b0ed64b1b402ae65af1e');
INSERT INTO "rules_line" VALUES(1,12,'rulebook','us-5cfr-2635-204','5 CFR 2635.204, gifts to employees of the federal executive branch','63af0980a56e03cbc278bb2ef3226e45703bee48f690e730fe87f2d734d8e84f');
INSERT INTO "rules_line" VALUES(1,13,'rulebook','us-fcpa','Foreign Corrupt Practices Act, gifts to foreign officials','799031b9353ed8fa8bd636f819ac4cdfc15e8d6f62caf27a36db8d2335374da3');
INSERT INTO "rules_line" VALUES(1,14,'choice','firm-kinds','broker-dealer','');
INSERT INTO "rules_line" VALUES(1,15,'choice','period','calendar','set');
INSERT INTO "rules_line" VALUES(1,16,'choice','fiscal-start','01-01','');
INSERT INTO "rules_line" VALUES(1,17,'choice','gift-day','unstated','');
INSERT INTO "rules_line" VALUES(1,18,'choice','currency','USD','');
INSERT INTO "rules_line" VALUES(1,19,'choice','nominal-value','50.00','');
INSERT INTO "rules_line" VALUES(1,20,'choice','near-limit','0.80','');
INSERT INTO "rules_line" VALUES(1,21,'choice','customary-bereavement','500.00','');
INSERT INTO "rules_line" VALUES(1,22,'choice','extensive-entertainment','1000.00','');
INSERT INTO "rules_line" VALUES(1,23,'choice','rates','rates.xml','');
INSERT INTO "rules_line" VALUES(1,24,'choice','retention-years','6','');
INSERT INTO "rules_line" VALUES(1,25,'choice','match-days','7','');
INSERT INTO "rules_line" VALUES(1,26,'choice','match-amount','1.00 1%','');
INSERT INTO "rules_line" VALUES(1,27,'assumption','','valuation (LM-10 FAQ 50): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,28,'assumption','','item of 20 dollars or less (LM-30 FAQ 24): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,29,'assumption','','gifts to plan fiduciaries (EBSA manual, 406(b)(3)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,30,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,31,'assumption','','which year is meant (EBSA manual, 406(b)(3)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,32,'assumption','','limit of 250.00 (EBSA manual, 406(b)(3)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,33,'assumption','','which year is meant (EBSA manual, 406(b)(3)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,34,'assumption','','limit of 0.00 (EBSA manual, 406(b)(3)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,35,'assumption','','valuation (EBSA manual, 406(b)(3)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,36,'assumption','','expenses of an educational conference (EBSA manual, conferences): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,37,'assumption','','FINRA''s employees may get nothing above nominal value while they have a matter of the firm before them (2070(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,38,'assumption','','gifts to another dealer''s people in the sale of direct participation programs (2310(c)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,39,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,40,'assumption','','no sales target is stated: presumed not tied to one (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,41,'assumption','','which year is meant (2310(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,42,'assumption','','valuation (2310(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,43,'assumption','','valuation (2310(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,44,'assumption','','occasional entertainment hosted by the firm (2310(c) entertainment): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,45,'assumption','','training or education meeting (2310(c) training): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,46,'assumption','','it was tied to a sales target, which is not allowed at any value (2310(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,47,'assumption','','it is cash, and the exceptions are for things other than cash (2310(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,48,'assumption','','gifts to another dealer''s people in the sale of variable contracts (2320(g)(4)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,49,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,50,'assumption','','no sales target is stated: presumed not tied to one (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,51,'assumption','','which year is meant (2320(g)(4)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,52,'assumption','','limit of 100.00 (2320(g)(4)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,53,'assumption','','valuation (2320(g)(4)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,54,'assumption','','valuation (2320(g)(4)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,55,'assumption','','occasional entertainment hosted by the firm (2320(g)(4)(B)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,56,'assumption','','training or education meeting (2320(g)(4)(C)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,57,'assumption','','it was tied to a sales target, which is not allowed at any value (2320(g)(4)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,58,'assumption','','it is cash, and the exceptions are for things other than cash (2320(g)(4)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,59,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,60,'assumption','','no sales target is stated: presumed not tied to one (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,61,'assumption','','which year is meant (2341(l)(5)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,62,'assumption','','limit of 100.00 (2341(l)(5)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,63,'assumption','','valuation (2341(l)(5)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,64,'assumption','','valuation (2341(l)(5)(A)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,65,'assumption','','occasional entertainment hosted by the firm (2341(l)(5)(B)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,66,'assumption','','training or education meeting (2341(l)(5)(C)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,67,'assumption','','it is cash, and the exceptions are for things other than cash (2341(l)(5)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,68,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,69,'assumption','','no kind of employer is stated: presumed to be within the rule (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,70,'assumption','','paid by the giver, and no reimbursement is stated: presumed not reimbursed (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,71,'assumption','','no sales target is stated: presumed not tied to one (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,72,'assumption','','no change after approval is stated: presumed unchanged (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,73,'assumption','','described as Lucite, tombstone or plaque: presumed to be solely decorative (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,74,'assumption','','which year is meant (3220.03): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,75,'assumption','','limit of 50.00 (3220(a)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,76,'assumption','','valuation (NTM 06-69 valuation): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,77,'assumption','','valuation (3220.02): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,78,'assumption','','gift to the firm''s own person (3220 own associated persons): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,79,'assumption','','gift to an individual retail customer (3220(a)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,80,'assumption','','gift to an individual retail customer (3220 retail customers): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,81,'assumption','','given at another firm, and part of that firm''s sum (3220.03): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,82,'assumption','','given by an affiliate, and not on behalf of the firm (3220(a) directly or indirectly): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,83,'assumption','','taken by somebody else, and not meant for the recipient (3220(a) directly or indirectly): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,84,'assumption','','given to people who are not named (NTM 06-69 pro rata): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,85,'assumption','','given to people who are not named (3220.02 pro rata): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,86,'assumption','','shared with people who are not named (NTM 06-69 pro rata): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,87,'assumption','','shared with people who are not named (3220.02 pro rata): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,88,'assumption','','business entertainment hosted by the firm (1999 Hopkins letter; 3220.01): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,89,'assumption','','personal gift (NTM 06-69 personal gifts): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,90,'assumption','','personal gift (3220.04): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,91,'assumption','','reasonable and customary bereavement gift (3220.05): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,92,'assumption','','de minimis item (NTM 06-69 de minimis): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,93,'assumption','','de minimis item (3220.06): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,94,'assumption','','promotional item of nominal value with the firm''s logo (NTM 06-69 promotional items): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,95,'assumption','','promotional item of nominal value with the firm''s logo (3220.06): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,96,'assumption','','solely decorative item that marks a transaction (NTM 06-69 commemorative): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,97,'assumption','','solely decorative item that marks a transaction (3220.06): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,98,'assumption','','help after a federally declared major disaster (3220.07): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,99,'assumption','','help after a disaster, by staff relief for that disaster (staff letters before 2026): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,100,'assumption','','it is a gift, and was booked as something else (NTM 06-69; 3110): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,101,'assumption','','it is a gift, and was booked as something else (3220.08; 3110): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,102,'assumption','','its record was changed after approval (NTM 06-69; 17a-4(f)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,103,'assumption','','its record was changed after approval (3220.08; 17a-4(f)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,104,'assumption','','it was tied to a sales target for another dealer''s person, and no product is stated (2310(c); 2320(g)(4); 2341(l)(5); 5110 non-cash compensation): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,105,'assumption','','FINRA staff may exempt for good cause, under the Rule 9600 Series (3220(d)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,106,'assumption','','gifts to another dealer''s people in a public offering (5110 non-cash compensation): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,107,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,108,'assumption','','no sales target is stated: presumed not tied to one (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,109,'assumption','','which year is meant (5110 gifts): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,110,'assumption','','limit of 100.00 (5110 gifts): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,111,'assumption','','valuation (5110 gifts): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,112,'assumption','','valuation (5110 gifts): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,113,'assumption','','occasional entertainment hosted by the firm (5110 entertainment): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,114,'assumption','','training or education meeting (5110 training): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,115,'assumption','','it was tied to a sales target, which is not allowed at any value (5110 non-cash compensation): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,116,'assumption','','it is cash, and the exceptions are for things other than cash (5110 non-cash compensation): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,117,'assumption','','gifts to the people of fund advisers (1940 Act 17(e)(1)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,118,'assumption','','people of a fund''s adviser may take nothing for the fund''s purchases and sales, however small (1940 Act 17(e)(1)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,119,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,120,'assumption','','paid by the giver, and no reimbursement is stated: presumed not reimbursed (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,121,'assumption','','described as Lucite, tombstone or plaque: presumed to be solely decorative (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,122,'assumption','','which year is meant (MSRB G-20(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,123,'assumption','','limit of 300.00 (MSRB G-20(c)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,124,'assumption','','which year is meant (MSRB G-20(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,125,'assumption','','limit of 300.00 (MSRB G-20(c)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,126,'assumption','','valuation (MSRB G-20 valuation): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,127,'assumption','','entertainment hosted by the firm (MSRB G-20 normal business dealings): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,128,'assumption','','legitimate business function (MSRB G-20 normal business dealings): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,129,'assumption','','solely decorative item that marks a transaction (MSRB G-20 commemorative): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,130,'assumption','','de minimis item (MSRB G-20 de minimis): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,131,'assumption','','promotional item of nominal value with the firm''s logo (MSRB G-20 promotional): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,132,'assumption','','reasonable and customary bereavement gift (MSRB G-20 bereavement): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,133,'assumption','','personal gift (MSRB G-20 personal): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,134,'assumption','','pay for services under a written contract (MSRB G-20 compensation for services): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,135,'assumption','','it was tied to a sales target in municipal securities (MSRB G-20 non-cash compensation): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,136,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,137,'assumption','','paid by the giver, and no reimbursement is stated: presumed not reimbursed (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,138,'assumption','','valuation (Bank Bribery Act guidelines): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,139,'assumption','','gift among family and friends (Bank Bribery Act guidelines): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,140,'assumption','','meals, entertainment and travel of reasonable value in the course of business (Bank Bribery Act guidelines): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,141,'assumption','','advertising material of reasonable value (Bank Bribery Act guidelines): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,142,'assumption','','gift of reasonable value for a commonly recognised occasion (Bank Bribery Act guidelines): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,143,'assumption','','no kind of thing is stated: presumed to be goods (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,144,'assumption','','paid by the giver, and no reimbursement is stated: presumed not reimbursed (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,145,'assumption','','described as Lucite, tombstone or plaque: presumed to be solely decorative (presumption): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,146,'assumption','','which year is meant (5 CFR 2635.204(a)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,147,'assumption','','which year is meant (5 CFR 2635.204(a)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,148,'assumption','','limit of 0.00 (5 CFR 2635.204(a)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,149,'assumption','','valuation (5 CFR 2635.203(c)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,150,'assumption','','gift among family and friends (5 CFR 2635.204(b)): known from summaries of the text','');
INSERT INTO "rules_line" VALUES(1,151,'assumption','','reasonable expense of a promotion or a contract, in good faith (15 USC 78dd-1(c)(2)): derived; no source states it','');
INSERT INTO "rules_line" VALUES(1,152,'assumption','','a foreign official received it, and the Act has no amount below which it does not look (15 USC 78dd-1): derived; no source states it','');
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
INSERT INTO "run" VALUES(1,'2026-11-23T00:00:00Z','giftrule 0.1.0','clerk','audit','2 new, 0 changed',1,2,1,0,'','51dd5a9f60b26752351f47f2e827f56e0a1133ba99df14a92fa5e6b6e616fc8a');
INSERT INTO "run" VALUES(2,'2026-11-23T00:00:00Z','giftrule 0.1.0','clerk','audit','0 new, 1 changed',1,2,1,0,'51dd5a9f60b26752351f47f2e827f56e0a1133ba99df14a92fa5e6b6e616fc8a','14c30c859b67bd00fe71064da7e635d061696826bce18304fb4cbff32f2618f4');
INSERT INTO "run" VALUES(3,'2026-11-23T00:00:00Z','giftrule 0.1.0','officer','resolve','F-f31bfc053c1c: accepted as it is',1,2,1,0,'14c30c859b67bd00fe71064da7e635d061696826bce18304fb4cbff32f2618f4','592a52089188d50d5b42da1495e2a075b5ec0f2794deedbebd4210596e5dc636');
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
INSERT INTO "source" VALUES(1,1,'a.xml','gift-log','7d1a5d67eb1da8fdca6a6ddb90a6932f05a3ef1e5760f2262ebd160785509291',460,2,0,0);
INSERT INTO "source" VALUES(2,2,'a2.xml','gift-log','9c03d185f44ca12151925985cd0b820996508826ef69a3d9e598c7c4e3210bb4',460,2,0,1);
CREATE TABLE standing ( -- of an account executive, from this run on
 standing INTEGER PRIMARY KEY,
 run INTEGER NOT NULL REFERENCES run,
 replaces INTEGER REFERENCES standing,
 giver_id TEXT NOT NULL,
 giver_name TEXT NOT NULL, -- the fullest in force
 gifts INTEGER NOT NULL,
 recipients INTEGER NOT NULL
) STRICT;
INSERT INTO "standing" VALUES(1,1,NULL,'A1','',2,1);
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
PRAGMA user_version = 3;
