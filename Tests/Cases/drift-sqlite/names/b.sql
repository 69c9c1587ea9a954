CREATE TABLE "odd ""name" ("a b" TEXT PRIMARY KEY, self INTEGER REFERENCES "odd ""name" ("a b"), "select" INTEGER);
CREATE INDEX "odd index" ON "odd ""name" ("a b");
INSERT INTO "odd ""name" VALUES ('x', NULL, 1);
