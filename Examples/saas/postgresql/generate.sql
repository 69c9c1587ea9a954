-- Fills the empty schema of schema.sql, wholly on the server and in one transaction. Two parameters, whole numbers:
-- rows, the number of tasks (the other tables follow in proportion), and seed. The same two give the same content
-- on every server.
--
-- A key is the md5 of seed, table and number, so a child names its parent by counting, without looking it up.
-- Dice have 1,048,576 sides (20 bits), three to a 64-bit hash; the hash functions are those that hash partitioning
-- relies on, so they do not change between versions. A die squared and shifted back leans to 0: that is how a few
-- organizations, projects and people come to have most of the rows.

BEGIN;

SET LOCAL maintenance_work_mem = '256MB';
SET LOCAL jit = off;

-- The three big tables are filled without keys and indexes, which are then built and verified over whole tables:
-- several times faster than row by row. Their definitions come from the catalog and go back to it unchanged.
CREATE TEMPORARY TABLE set_aside ON COMMIT DROP AS
SELECT
    CASE contype WHEN 'f' THEN 3 ELSE 2 END AS turn,
    conname AS name,
    format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS removal,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS rebuilding
FROM pg_constraint
WHERE contype IN ('p', 'u', 'f')
    AND conrelid IN ('tasks'::regclass, 'task_assignees'::regclass, 'audit_log'::regclass)
UNION ALL
SELECT
    1,
    relname,
    format('DROP INDEX %s', indexrelid::regclass),
    pg_get_indexdef(indexrelid)
FROM pg_index
JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid IN ('tasks'::regclass, 'task_assignees'::regclass, 'audit_log'::regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid);

DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT removal FROM set_aside ORDER BY turn DESC, name LOOP
        EXECUTE statement;
    END LOOP;
END
$$;

-- The organizations joined in the year that starts at this epoch; every later time counts from its parent's.
INSERT INTO organizations (id, name, subscription_tier, billing_email, created_at, deleted_at)
SELECT
    md5(concat(:seed, '/organization/', n))::uuid,
    concat(
        (ARRAY['Amber', 'Birch', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbour'])[1 + n % 8], ' ',
        (ARRAY['Analytics', 'Bakery', 'Clinic', 'Freight', 'Games', 'Insurance', 'Studio'])[1 + age_die % 7], ' ',
        n + 1
    ),
    tier,
    CASE WHEN tier <> 'free' THEN concat('billing@tenant', n + 1, '.example') END,
    created_at,
    CASE WHEN n > 0 AND end_die % 50 = 0 THEN created_at + interval '1 second' * (157680000 + end_die) END
FROM generate_series(0, :rows / 1000 + 1) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, :seed * 16::bigint + 1) AS throw) AS cup
CROSS JOIN LATERAL (
    SELECT throw & 1048575 AS age_die, throw >> 20 & 1048575 AS tier_die, throw >> 40 & 1048575 AS end_die
) AS die
CROSS JOIN LATERAL (
    SELECT
        timestamptz '2018-01-01 00:00:00+00' + interval '1 second' * (age_die * 31536000 >> 20) AS created_at,
        CASE
            WHEN tier_die % 100 < 60 THEN 'free'
            WHEN tier_die % 100 < 85 THEN 'team'
            WHEN tier_die % 100 < 96 THEN 'business'
            ELSE 'enterprise'
        END AS tier
) AS customer;

-- Everybody joins in the first 90 days of the organization. The first user of each is its administrator.
INSERT INTO users (id, organization_id, email, full_name, display_name, role, created_at, deleted_at)
SELECT
    md5(concat(:seed, '/user/', n))::uuid,
    organizations.id,
    concat(
        CASE WHEN role_die % 20 = 0 THEN first_name ELSE lower(first_name) END,
        '.', lower(last_name), '.', n + 1, '@tenant', place + 1, '.example'
    ),
    concat(first_name, ' ', last_name),
    CASE WHEN role_die % 9 = 0 THEN lower(first_name) END,
    CASE
        WHEN n = place OR role_die % 100 < 4 THEN 'admin'
        WHEN role_die % 100 < 85 THEN 'member'
        ELSE 'viewer'
    END::user_role,
    organizations.created_at + interval '1 second' * (age_die * 7776000 >> 20),
    CASE WHEN n > place AND age_die % 33 = 0
        THEN organizations.created_at + interval '1 second' * (157680000 + role_die) END
FROM generate_series(0, :rows / 50 + 1) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, :seed * 16::bigint + 2) AS throw) AS cup
CROSS JOIN LATERAL (
    SELECT throw & 1048575 AS age_die, throw >> 20 & 1048575 AS role_die, throw >> 40 & 1048575 AS place_die
) AS die
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN n < :rows / 1000 + 2 THEN n ELSE place_die * place_die * (:rows / 1000 + 2) >> 40 END AS place,
        (ARRAY['Ada', 'Bruno', 'Chidi', 'Dana', 'Elif', 'Farid', 'Grete', 'Hana', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Mira',
            'Noor', 'Olga', 'Pedro', 'Quinn', 'Ravi', 'Sofia', 'Tomas'])[1 + n % 20] AS first_name,
        (ARRAY['Abe', 'Bauer', 'Costa', 'Diallo', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jensen', 'Kaya', 'Lopez',
            'Meyer', 'Novak', 'Okafor', 'Popescu', 'Rossi', 'Silva', 'Tanaka'])[1 + age_die % 19] AS last_name
) AS person
JOIN organizations ON organizations.id = md5(concat(:seed, '/organization/', place))::uuid;

INSERT INTO user_credentials (user_id, organization_id, password_hash, failed_attempts, changed_at)
SELECT
    id,
    organization_id,
    concat('$argon2id$v=19$m=65536,t=3,p=4$', left(md5(concat(id, '/salt')), 22), '$', md5(concat(id, '/hash')), '000000000'),
    CASE WHEN uuid_hash_extended(id, 3) % 10 = 0 THEN 1 ELSE 0 END,
    created_at
FROM users
WHERE deleted_at IS NULL;

-- Projects start when everybody is in, within two years. The first projects go to one organization each.
WITH team AS MATERIALIZED (
    SELECT organization_id, array_agg(id ORDER BY created_at, id) AS members FROM users GROUP BY organization_id
)
INSERT INTO projects (id, organization_id, owner_id, title, status, budget_cents, created_at, deleted_at)
SELECT
    md5(concat(:seed, '/project/', n))::uuid,
    organizations.id,
    CASE WHEN age_die % 10 > 0 THEN members[1 + budget_die % cardinality(members)] END,
    concat(
        (ARRAY['Website', 'Billing', 'Warehouse', 'Mobile app', 'Onboarding', 'Reporting', 'Search'])[1 + n % 7], ' ',
        (ARRAY['launch', 'migration', 'redesign', 'pilot', 'audit'])[1 + age_die % 5], ' ',
        n + 1
    ),
    status,
    CASE WHEN budget_die % 5 = 0 THEN 0 ELSE 10000 + 10000 * (budget_die * budget_die * 5000 >> 40) END,
    project.created_at,
    CASE WHEN status = 'deleted' THEN project.created_at + interval '1 second' * (63072000 + age_die) END
FROM generate_series(0, :rows / 100 + 1) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, :seed * 16::bigint + 4) AS throw) AS cup
CROSS JOIN LATERAL (
    SELECT throw & 1048575 AS age_die, throw >> 20 & 1048575 AS budget_die, throw >> 40 & 1048575 AS place_die
) AS die
CROSS JOIN LATERAL (
    SELECT CASE WHEN n < :rows / 1000 + 2 THEN n ELSE place_die * place_die * (:rows / 1000 + 2) >> 40 END AS place
) AS home
JOIN organizations ON organizations.id = md5(concat(:seed, '/organization/', place))::uuid
JOIN team ON team.organization_id = organizations.id
CROSS JOIN LATERAL (
    SELECT
        organizations.created_at + interval '1 second' * (7776000 + (age_die * 63072000 >> 20)) AS created_at,
        CASE
            WHEN age_die % 100 < 75 THEN 'active'
            WHEN age_die % 100 < 97 THEN 'archived'
            ELSE 'deleted'
        END::project_status AS status
) AS project;

INSERT INTO tasks
    (id, organization_id, project_id, title, status, priority, due_date, created_at, completed_at, deleted_at)
SELECT
    md5(concat(:seed, '/task/', n))::uuid,
    projects.organization_id,
    projects.id,
    concat(
        (ARRAY['Draft', 'Review', 'Fix', 'Measure', 'Document', 'Test', 'Translate', 'Ship'])[1 + title_die % 8], ' the ',
        (ARRAY['invoice', 'landing page', 'import', 'login', 'price list', 'backup', 'newsletter', 'search box', 'report',
            'stock count', 'contract', 'dashboard', 'help page'])[1 + title_die % 13]
    ),
    task.status,
    CASE
        WHEN priority_die % 100 < 25 THEN 'low'
        WHEN priority_die % 100 < 75 THEN 'medium'
        WHEN priority_die % 100 < 95 THEN 'high'
        ELSE 'urgent'
    END::task_priority,
    (task.created_at AT TIME ZONE 'UTC')::date + 1 + (due_die * due_die * 90 >> 40)::int,
    task.created_at,
    CASE WHEN task.status = 'done' THEN task.created_at + interval '1 second' * (600 + 4 * due_die) END,
    CASE WHEN title_die % 50 = 0 THEN task.created_at + interval '1 second' * (5184000 + priority_die) END
FROM generate_series(0, :rows - 1) AS n
CROSS JOIN LATERAL (
    SELECT
        hashint8extended(n, :seed * 16::bigint + 5) AS throw,
        hashint8extended(n, :seed * 16::bigint + 6) AS second_throw
) AS cup
CROSS JOIN LATERAL (
    SELECT
        throw & 1048575 AS age_die, throw >> 20 & 1048575 AS status_die, throw >> 40 & 1048575 AS place_die,
        second_throw & 1048575 AS due_die, second_throw >> 20 & 1048575 AS title_die, second_throw >> 40 & 1048575 AS priority_die
) AS die
JOIN projects ON projects.id = md5(concat(:seed, '/project/', place_die * place_die * (:rows / 100 + 2) >> 40))::uuid
CROSS JOIN LATERAL (
    SELECT
        projects.created_at + interval '1 second' * (age_die * 31536000 >> 20) AS created_at,
        CASE
            WHEN status_die % 100 < 62 THEN 'done'
            WHEN status_die % 100 < 80 THEN 'todo'
            WHEN status_die % 100 < 90 THEN 'in_progress'
            WHEN status_die % 100 < 95 THEN 'in_review'
            ELSE 'cancelled'
        END::task_status AS status
) AS task;

-- A task has 0 to 3 assignees, one and a half on average: neighbours in the team, so never one person twice.
WITH team AS MATERIALIZED (
    SELECT organization_id, array_agg(id ORDER BY created_at, id) AS members FROM users GROUP BY organization_id
)
INSERT INTO task_assignees (task_id, user_id, organization_id, role, assigned_at)
SELECT
    tasks.id,
    members[1 + ((person_die * person_die * cardinality(members) >> 40) + seat) % cardinality(members)],
    tasks.organization_id,
    chair.role,
    tasks.created_at + interval '1 second' * (seat * 3600 + person_die % 3600)
FROM tasks
JOIN team ON team.organization_id = tasks.organization_id
CROSS JOIN LATERAL (SELECT uuid_hash_extended(tasks.id, 7) AS throw) AS cup
CROSS JOIN LATERAL (SELECT throw & 1048575 AS count_die, throw >> 20 & 1048575 AS person_die) AS die
JOIN (VALUES (0, 'lead'::assignment_role, 2), (1, 'contributor', 11), (2, 'reviewer', 17)) AS chair (seat, role, threshold)
    ON count_die % 20 >= threshold AND seat < cardinality(members);

-- Every task is created once and changed once on average: half of them never, one in a hundred fourteen times.
WITH team AS MATERIALIZED (
    SELECT organization_id, array_agg(id ORDER BY created_at, id) AS members FROM users GROUP BY organization_id
)
INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at, changes)
SELECT
    md5(concat(tasks.id, '/audit/', step))::uuid,
    tasks.organization_id,
    'task',
    tasks.id,
    CASE WHEN step = 0 THEN 'create' ELSE 'update' END,
    members[1 + (person_die + step * 7) % cardinality(members)],
    tasks.created_at + interval '1 second' * (step * (60 + gap_die % 259200)),
    CASE WHEN step > 0 THEN
        CASE (gap_die + step) % 4
            WHEN 0 THEN jsonb '{"status": ["todo", "in_progress"]}'
            WHEN 1 THEN jsonb '{"status": ["in_progress", "in_review"]}'
            WHEN 2 THEN jsonb '{"priority": ["medium", "high"]}'
            ELSE jsonb '{"title": ["Untitled", "Renamed"], "status": ["in_review", "todo"]}'
        END
    END
FROM tasks
JOIN team ON team.organization_id = tasks.organization_id
CROSS JOIN LATERAL (SELECT uuid_hash_extended(tasks.id, 8) AS throw) AS cup
CROSS JOIN LATERAL (
    SELECT throw & 1048575 AS count_die, throw >> 20 & 1048575 AS person_die, throw >> 40 & 1048575 AS gap_die
) AS die
JOIN (VALUES (0, 0), (1, 50), (2, 75), (3, 90), (4, 97), (5, 97), (6, 99), (7, 99), (8, 99), (9, 99), (10, 99), (11, 99),
    (12, 99), (13, 99), (14, 99)) AS life (step, threshold)
    ON count_die % 100 >= threshold;

INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
SELECT md5(concat(tasks.id, '/audit/delete'))::uuid, tasks.organization_id, 'task', tasks.id, 'delete', user_id, deleted_at
FROM tasks
JOIN task_assignees ON task_id = tasks.id AND role = 'lead'
WHERE deleted_at IS NOT NULL;

INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
SELECT md5(concat(id, '/audit'))::uuid, organization_id, 'user', id, 'create', id, created_at FROM users;

INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
SELECT md5(concat(id, '/audit'))::uuid, organization_id, 'project', id, 'create', owner_id, created_at
FROM projects
WHERE owner_id IS NOT NULL;

DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT rebuilding FROM set_aside ORDER BY turn, name LOOP
        EXECUTE statement;
    END LOOP;
END
$$;

ANALYZE organizations, users, user_credentials, projects, tasks, task_assignees, audit_log;

COMMIT;
