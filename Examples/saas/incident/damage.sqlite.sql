-- Turns the fresh example (schema.sql, then generate.sql with 1,000 tasks or more) into the incident's production.
-- Replays what happened, in order, and leaves exactly this behind, whatever the number of rows and the seed:
--
--   12 rows of audit_log whose performed_by is no user (3 users missing); no key declares it any more
--    7 rows of task_assignees whose task is gone (7 tasks missing), though task_assignees_task_fkey is declared
--    3 rows of tasks whose project is gone (1 project missing), though tasks_project_fkey is declared;
--      these 3 tasks have 6 assignees, which go with them when they are set aside
--
-- Row counts against the fresh database: audit_log 12 more, tasks 7 fewer, every other table the same.
-- Run it outside a transaction: inside one, SQLite ignores the pragma.

PRAGMA foreign_keys = OFF;

BEGIN;

-- 2019: an import into the biggest organization writes 12 log rows through 3 accounts of its own ...
WITH account (n) AS (VALUES (1), (2), (3))
INSERT INTO users (id, organization_id, email, full_name, role, created_at)
SELECT
    '20190000-0000-4000-8000-00000000000' || n,
    (SELECT organization_id FROM users GROUP BY organization_id ORDER BY count(*) DESC, organization_id LIMIT 1),
    'import-' || n || '@legacy.example',
    'Import account ' || n,
    'viewer',
    '2019-06-01 00:00:00'
FROM account;

WITH entry (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12))
INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
SELECT
    '20190000-0000-4000-8000-' || printf('0000000001%02d', n),
    organization_id,
    'project',
    '20190000-0000-4000-8000-000000000200',
    'create',
    id,
    datetime('2019-06-01 00:00:00', n || ' minutes')
FROM entry
JOIN users ON id = '20190000-0000-4000-8000-00000000000' || (1 + n % 3);

-- ... and makes a project; three tasks with two assignees each are moved into it.
INSERT INTO projects (id, organization_id, title, budget_cents, created_at)
SELECT '20190000-0000-4000-8000-000000000200', organization_id, 'Import 2019', 0, created_at
FROM users
WHERE id = '20190000-0000-4000-8000-000000000001';

UPDATE tasks
SET project_id = '20190000-0000-4000-8000-000000000200'
WHERE id IN (
    SELECT task_id
    FROM task_assignees
    WHERE organization_id = (SELECT organization_id FROM users WHERE id = '20190000-0000-4000-8000-000000000001')
    GROUP BY organization_id, task_id
    HAVING count(*) = 2
    ORDER BY task_id
    LIMIT 3
);

-- 2021: a migration rebuilds the log, as SQLite asks for, and forgets the key to the users.
CREATE TABLE new_audit_log
-- @owner compliance
-- @domain audit
-- @retention 7 years
-- Who changed which record and when; rows are only ever added.
(
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    -- Key in the table that entity_type names; outlives the record, so no foreign key.
    record_id TEXT NOT NULL,
    action TEXT NOT NULL,
    -- @orphans quarantine rows of the 2019 import, whose accounts are gone
    -- The person who made the change.
    performed_by TEXT NOT NULL,
    performed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- @sensitive content
    -- Old and new value of each changed column; only for updates.
    changes TEXT,
    CONSTRAINT audit_log_pkey PRIMARY KEY (id),
    CONSTRAINT audit_log_organization_fkey FOREIGN KEY (organization_id)
        REFERENCES organizations (id) ON DELETE RESTRICT,
    CONSTRAINT audit_log_id_uuid CHECK (length(id) = 36),
    CONSTRAINT audit_log_record_id_uuid CHECK (length(record_id) = 36),
    CONSTRAINT audit_log_entity_type_values
        CHECK (entity_type IN ('organization', 'user', 'project', 'task')),
    CONSTRAINT audit_log_action_values CHECK (action IN ('create', 'update', 'delete')),
    CONSTRAINT audit_log_changes_json CHECK (changes IS NULL OR json_valid(changes)),
    CONSTRAINT audit_log_changes_by_action CHECK ((action = 'update') = (changes IS NOT NULL))
) STRICT;

INSERT INTO new_audit_log SELECT * FROM audit_log;

DROP TABLE audit_log;

ALTER TABLE new_audit_log RENAME TO audit_log;

CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);

-- 2022: the import accounts are deleted; nothing stops it now.
DELETE FROM users
WHERE id IN ('20190000-0000-4000-8000-000000000001', '20190000-0000-4000-8000-000000000002',
    '20190000-0000-4000-8000-000000000003');

-- 2023: a clean-up script runs with foreign keys off, as SQLite has them by default.
DELETE FROM projects WHERE id = '20190000-0000-4000-8000-000000000200';

DELETE FROM tasks
WHERE id IN (
    SELECT task_id
    FROM task_assignees
    GROUP BY organization_id, task_id
    HAVING count(*) = 1
    ORDER BY organization_id, task_id
    LIMIT 7
);

COMMIT;

PRAGMA foreign_keys = ON;
