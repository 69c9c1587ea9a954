-- Turns the fresh example (schema.sql, then generate.sql with 1,000 tasks or more) into the incident's production.
-- Replays what happened, in order, and leaves exactly this behind, whatever the number of rows and the seed:
--
--   12 rows of audit_log whose performed_by is no user (3 users missing); no key declares it any more
--    7 rows of task_assignees whose task is gone (7 tasks missing), though task_assignees_task_fkey says it is valid
--    3 rows of tasks whose project is gone (1 project missing), though tasks_project_fkey says it is valid;
--      these 3 tasks have 6 assignees, which go with them when they are set aside
--
-- Row counts against the fresh database: audit_log 12 more, tasks 7 fewer, every other table the same.
-- Needs a superuser, because only one may silence triggers.

BEGIN;

-- 2019: an import into the biggest organization writes 12 log rows through 3 accounts of its own ...
INSERT INTO users (id, organization_id, email, full_name, role, created_at)
SELECT
    concat('20190000-0000-4000-8000-00000000000', n)::uuid,
    (SELECT organization_id FROM users GROUP BY organization_id ORDER BY count(*) DESC, organization_id LIMIT 1),
    concat('import-', n, '@legacy.example'),
    concat('Import account ', n),
    'viewer',
    timestamptz '2019-06-01 00:00:00+00'
FROM generate_series(1, 3) AS n;

INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
SELECT
    concat('20190000-0000-4000-8000-0000000001', lpad(n::text, 2, '0'))::uuid,
    organization_id,
    'project',
    '20190000-0000-4000-8000-000000000200',
    'create',
    id,
    timestamptz '2019-06-01 00:00:00+00' + interval '1 minute' * n
FROM generate_series(1, 12) AS n
JOIN users ON id = concat('20190000-0000-4000-8000-00000000000', 1 + n % 3)::uuid;

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

-- 2021: a migration drops the key from the log to its users and nobody puts it back.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_performed_by_fkey;

-- 2022: the import accounts are deleted; nothing stops it now.
DELETE FROM users
WHERE id IN ('20190000-0000-4000-8000-000000000001', '20190000-0000-4000-8000-000000000002',
    '20190000-0000-4000-8000-000000000003');

-- 2023: a clean-up script runs the way a replica applies changes, where no foreign key is looked at.
SET LOCAL session_replication_role = replica;

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
