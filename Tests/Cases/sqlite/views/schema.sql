CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, parent INT);
CREATE VIEW names AS SELECT name,upper( name ) AS loud FROM people /* all */ WHERE id>0;
CREATE VIEW renamed (number, -- the comment of number
  [the name]) AS
  SELECT id, name FROM people;
CREATE VIEW explained -- People without parents.
AS
-- @owner registry
SELECT * FROM people WHERE parent IS NULL;
CREATE VIEW ancestors AS
WITH RECURSIVE a(id, root) AS (
  SELECT id, id FROM people UNION ALL SELECT p.id, a.root FROM people AS p JOIN a ON (p.parent=a.id)
)
SELECT a.root, count(*) AS descendants, sum(a.id) FILTER (WHERE a.id > -1) OVER ( ORDER BY a.root ) AS total
FROM a WHERE a.root IN (SELECT id FROM people) AND NOT EXISTS (SELECT 1 FROM people p WHERE p.name LIKE ('x'||'%'))
GROUP BY a.root;
CREATE VIEW of_views AS SELECT * FROM names;
