CREATE TABLE "order" ("select" INT, `group` INT, [from] INT, 'where' INT, "quote""d" INT, plain INT,
  "with space" INT, "comma,(" INT, été INT, key INT, desc INT, "x--y" INT,
  CHECK ("select" > [from]), CHECK ("comma,(" <> '),--'));
CREATE TABLE IF NOT EXISTS main."Tab
le" (a);
CREATE TABLE [br[acket] ([a b] TEXT PRIMARY KEY, `t``ick` TEXT UNIQUE, FOREIGN KEY ([a b]) REFERENCES "order" ("select"));
CREATE INDEX "in dex" ON "order" ("quote""d", 'where');
CREATE VIEW "a view" ("col,1") AS SELECT "with space" FROM "order";
