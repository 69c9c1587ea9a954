CREATE TABLE IF NOT EXISTS "items"
(
	-- What it is called.
	name
		TEXT
		COLLATE "nocase"
		NOT
			NULL
		DEFAULT (   'a' /* first */
			|| -- then
			'b')
	,	[price] DECIMAL (10, 2) CHECK
		(
			((price >= 0
			AND price < 1e6))
		)
	,	`owner` INT REFERENCES "Owners" ("ID") ON UPDATE NO ACTION ON DELETE CASCADE MATCH SIMPLE NOT DEFERRABLE
	,	total REAL GENERATED ALWAYS AS ( price*1.2 ) STORED
	,	UNIQUE ( NAME , OWNER ) ON CONFLICT ABORT
)
;
CREATE TABLE owners (id INTEGER NULL, PRIMARY KEY (id));
CREATE UNIQUE INDEX by_name
	ON items
	( (lower(name)), "price" DESC )
	WHERE ( price > 0 )
;
CREATE VIEW dear
	AS
SELECT
	name ,
	price
FROM items -- all of them
WHERE price
	> 100
;
