CREATE TABLE "odd ""name" ("a b" TEXT, self INTEGER REFERENCES "odd ""name" ("a b"));
CREATE INDEX "odd index" ON "odd ""name" ("a b");
INSERT INTO "odd ""name" VALUES ('x', NULL);
