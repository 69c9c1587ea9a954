// swift-format-ignore-file
// Written by scripts/generate from Examples/saas; change the files there.

/// The case study's files for PostgreSQL, carried inside the program so that the demo needs nothing beside it.
enum CaseStudyTextPostgreSQL {

  /// `Examples/saas/postgresql/schema.sql`.
  static let schema = #"""
    -- Multi-tenant project service, PostgreSQL 14 and later: the schema as production runs it.

    CREATE TYPE user_role AS ENUM ('admin', 'member', 'viewer');

    CREATE TYPE project_status AS ENUM ('active', 'archived', 'deleted');

    CREATE TYPE task_status AS ENUM ('todo', 'in_progress', 'in_review', 'done', 'cancelled');

    CREATE TYPE task_priority AS ENUM ('low', 'medium', 'high', 'urgent');

    CREATE TYPE assignment_role AS ENUM ('lead', 'contributor', 'reviewer');

    CREATE DOMAIN email_address AS text
        CONSTRAINT email_address_shape CHECK (
            VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' AND length(VALUE) <= 254
        );

    CREATE TABLE organizations (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        name text NOT NULL,
        subscription_tier text NOT NULL DEFAULT 'free',
        billing_email email_address,
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT organizations_pkey PRIMARY KEY (id),
        CONSTRAINT organizations_name_length CHECK (length(name) BETWEEN 1 AND 120),
        CONSTRAINT organizations_subscription_tier_values
            CHECK (subscription_tier IN ('free', 'team', 'business', 'enterprise')),
        CONSTRAINT organizations_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX organizations_live_name_key ON organizations (lower(name)) WHERE deleted_at IS NULL;

    COMMENT ON TABLE organizations IS '@owner identity
    @domain tenancy
    A customer: the tenant that every other row belongs to.';
    COMMENT ON COLUMN organizations.subscription_tier IS 'Decides which features the tenant may use.';
    COMMENT ON COLUMN organizations.billing_email IS '@sensitive email
    Where invoices go; empty on the free tier.';
    COMMENT ON COLUMN organizations.deleted_at IS 'Soft delete: the tenant is hidden, its history stays.';

    CREATE TABLE users (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        email email_address NOT NULL,
        full_name text NOT NULL,
        display_name text,
        role user_role NOT NULL DEFAULT 'member',
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT users_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT users_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200),
        CONSTRAINT users_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX users_email_key ON users (organization_id, lower(email));

    COMMENT ON TABLE users IS '@owner identity
    @domain tenancy
    A person in exactly one organization.';
    COMMENT ON COLUMN users.email IS '@sensitive email
    Sign-in name and contact, unique within the organization whatever its case.';
    COMMENT ON COLUMN users.full_name IS '@sensitive name';
    COMMENT ON COLUMN users.display_name IS '@sensitive name
    @deprecated 2026-12-01 use full_name
    Nickname of the first release.';
    COMMENT ON COLUMN users.role IS 'What the person may do in the whole organization.';
    COMMENT ON COLUMN users.deleted_at IS 'Soft delete: the person can no longer sign in, the history keeps the name.';

    CREATE TABLE user_credentials (
        user_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        password_hash text NOT NULL,
        failed_attempts smallint NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT user_credentials_pkey PRIMARY KEY (user_id),
        CONSTRAINT user_credentials_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT user_credentials_password_hash_shape CHECK (password_hash LIKE '$argon2id$%'),
        CONSTRAINT user_credentials_failed_attempts_not_negative CHECK (failed_attempts >= 0)
    );

    CREATE INDEX user_credentials_user_idx ON user_credentials (organization_id, user_id);

    COMMENT ON TABLE user_credentials IS '@owner identity
    @domain credentials
    How a person proves who they are, apart from business data so that few roles may read it.';
    COMMENT ON COLUMN user_credentials.password_hash IS '@sensitive credential
    Argon2id in its standard encoding.';

    CREATE TABLE projects (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        owner_id uuid,
        title text NOT NULL,
        status project_status NOT NULL DEFAULT 'active',
        budget_cents bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT projects_pkey PRIMARY KEY (id),
        CONSTRAINT projects_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT projects_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT projects_owner_fkey FOREIGN KEY (owner_id)
            REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT projects_owner_tenant_fkey FOREIGN KEY (organization_id, owner_id)
            REFERENCES users (organization_id, id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT projects_title_length CHECK (length(title) BETWEEN 1 AND 120),
        CONSTRAINT projects_budget_not_negative CHECK (budget_cents >= 0),
        CONSTRAINT projects_deleted_by_status CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
        CONSTRAINT projects_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX projects_live_title_key ON projects (organization_id, lower(title)) WHERE deleted_at IS NULL;
    CREATE INDEX projects_owner_idx ON projects (owner_id, organization_id);

    COMMENT ON TABLE projects IS '@owner delivery
    @domain work
    A container for tasks, owned by one organization.';
    COMMENT ON COLUMN projects.owner_id IS 'The person who answers for the project, if there is one.';
    COMMENT ON COLUMN projects.budget_cents IS 'Hundredths of the currency of the contract; 0 means no money.';
    COMMENT ON COLUMN projects.deleted_at IS 'Soft delete, set exactly when status is deleted.';

    CREATE TABLE tasks (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        project_id uuid NOT NULL,
        title text NOT NULL,
        status task_status NOT NULL DEFAULT 'todo',
        priority task_priority NOT NULL DEFAULT 'medium',
        due_date date NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz,
        deleted_at timestamptz,
        CONSTRAINT tasks_pkey PRIMARY KEY (id),
        CONSTRAINT tasks_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT tasks_project_fkey FOREIGN KEY (organization_id, project_id)
            REFERENCES projects (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_title_length CHECK (length(title) BETWEEN 1 AND 200),
        CONSTRAINT tasks_due_after_creation CHECK (due_date > (created_at AT TIME ZONE 'UTC')::date),
        CONSTRAINT tasks_completed_by_status CHECK ((status = 'done') = (completed_at IS NOT NULL)),
        CONSTRAINT tasks_completed_after_creation CHECK (completed_at >= created_at),
        CONSTRAINT tasks_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE INDEX tasks_project_idx ON tasks (organization_id, project_id);
    CREATE INDEX tasks_project_status_idx ON tasks (project_id, status);
    CREATE INDEX tasks_open_due_date_idx ON tasks (organization_id, due_date)
        WHERE deleted_at IS NULL AND completed_at IS NULL;

    COMMENT ON TABLE tasks IS '@owner delivery
    @domain work
    The unit of work; belongs to exactly one project.';
    COMMENT ON COLUMN tasks.due_date IS 'The last day, in UTC; later than the day of creation.';
    COMMENT ON COLUMN tasks.completed_at IS 'Set exactly when status is done.';
    COMMENT ON COLUMN tasks.deleted_at IS 'Soft delete.';

    CREATE TABLE task_assignees (
        task_id uuid NOT NULL,
        user_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        role assignment_role NOT NULL DEFAULT 'contributor',
        assigned_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT task_assignees_pkey PRIMARY KEY (organization_id, task_id, user_id),
        CONSTRAINT task_assignees_task_fkey FOREIGN KEY (organization_id, task_id)
            REFERENCES tasks (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT task_assignees_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE
    );

    CREATE UNIQUE INDEX task_assignees_one_lead_key ON task_assignees (organization_id, task_id) WHERE role = 'lead';
    CREATE INDEX task_assignees_user_idx ON task_assignees (organization_id, user_id);

    COMMENT ON TABLE task_assignees IS '@owner delivery
    @domain work
    Who works on which task: the many-to-many between users and tasks.';
    COMMENT ON COLUMN task_assignees.role IS 'The part the person has in this task; at most one lead.';

    CREATE TABLE audit_log (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        entity_type text NOT NULL,
        record_id uuid NOT NULL,
        action text NOT NULL,
        performed_by uuid NOT NULL,
        performed_at timestamptz NOT NULL DEFAULT now(),
        changes jsonb,
        CONSTRAINT audit_log_pkey PRIMARY KEY (id),
        CONSTRAINT audit_log_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_performed_by_fkey FOREIGN KEY (organization_id, performed_by)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_entity_type_values
            CHECK (entity_type IN ('organization', 'user', 'project', 'task')),
        CONSTRAINT audit_log_action_values CHECK (action IN ('create', 'update', 'delete')),
        CONSTRAINT audit_log_changes_by_action CHECK ((action = 'update') = (changes IS NOT NULL))
    );

    CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
    CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);

    COMMENT ON TABLE audit_log IS '@owner compliance
    @domain audit
    @retention 7 years
    Who changed which record and when; rows are only ever added.';
    COMMENT ON COLUMN audit_log.record_id IS 'Key in the table that entity_type names; outlives the record, so no foreign key.';
    COMMENT ON COLUMN audit_log.performed_by IS '@orphans quarantine rows of the 2019 import, whose accounts are gone
    The person who made the change.';
    COMMENT ON COLUMN audit_log.changes IS '@sensitive content
    Old and new value of each changed column; only for updates.';
    """#

  /// `Examples/saas/postgresql/generate.sql`.
  static let generator = #"""
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
    """#

  /// `Examples/saas/incident/wiki/postgresql.sql`.
  static let wiki = #"""
    -- Multi-tenant project service, PostgreSQL 14 and later: as the diagram in the wiki draws it.

    CREATE TYPE user_role AS ENUM ('admin', 'member', 'viewer');

    CREATE TYPE project_status AS ENUM ('active', 'archived', 'deleted');

    CREATE TYPE task_status AS ENUM ('todo', 'in_progress', 'in_review', 'done', 'cancelled');

    CREATE TYPE task_priority AS ENUM ('low', 'medium', 'high', 'urgent');

    CREATE DOMAIN email_address AS text
        CONSTRAINT email_address_shape CHECK (
            VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' AND length(VALUE) <= 254
        );

    CREATE TABLE organizations (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        name text NOT NULL,
        subscription_tier text NOT NULL DEFAULT 'free',
        billing_email email_address,
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT organizations_pkey PRIMARY KEY (id),
        CONSTRAINT organizations_name_length CHECK (length(name) BETWEEN 1 AND 120),
        CONSTRAINT organizations_subscription_tier_values
            CHECK (subscription_tier IN ('free', 'team', 'business', 'enterprise')),
        CONSTRAINT organizations_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX organizations_live_name_key ON organizations (lower(name)) WHERE deleted_at IS NULL;

    COMMENT ON TABLE organizations IS '@owner identity
    @domain tenancy
    A customer: the tenant that every other row belongs to.';
    COMMENT ON COLUMN organizations.subscription_tier IS 'Decides which features the tenant may use.';
    COMMENT ON COLUMN organizations.billing_email IS '@sensitive email
    Where invoices go; empty on the free tier.';
    COMMENT ON COLUMN organizations.deleted_at IS 'Soft delete: the tenant is hidden, its history stays.';

    CREATE TABLE users (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        email email_address NOT NULL,
        full_name text,
        display_name text,
        role user_role NOT NULL DEFAULT 'member',
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT users_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT users_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200),
        CONSTRAINT users_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX users_email_key ON users (organization_id, lower(email));

    COMMENT ON TABLE users IS '@owner identity
    @domain tenancy
    A person in exactly one organization.';
    COMMENT ON COLUMN users.email IS '@sensitive email
    Sign-in name and contact, unique within the organization whatever its case.';
    COMMENT ON COLUMN users.full_name IS '@sensitive name';
    COMMENT ON COLUMN users.display_name IS '@sensitive name
    @deprecated 2026-12-01 use full_name
    Nickname of the first release.';
    COMMENT ON COLUMN users.role IS 'What the person may do in the whole organization.';
    COMMENT ON COLUMN users.deleted_at IS 'Soft delete: the person can no longer sign in, the history keeps the name.';

    CREATE TABLE user_credentials (
        user_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        password_hash text NOT NULL,
        failed_attempts smallint NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT user_credentials_pkey PRIMARY KEY (user_id),
        CONSTRAINT user_credentials_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT user_credentials_password_hash_shape CHECK (password_hash LIKE '$argon2id$%'),
        CONSTRAINT user_credentials_failed_attempts_not_negative CHECK (failed_attempts >= 0)
    );

    CREATE INDEX user_credentials_user_idx ON user_credentials (organization_id, user_id);

    COMMENT ON TABLE user_credentials IS '@owner identity
    @domain credentials
    How a person proves who they are, apart from business data so that few roles may read it.';
    COMMENT ON COLUMN user_credentials.password_hash IS '@sensitive credential
    Argon2id in its standard encoding.';

    CREATE TABLE projects (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        owner_id uuid,
        title text NOT NULL,
        status project_status NOT NULL DEFAULT 'active',
        budget_cents bigint,
        created_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CONSTRAINT projects_pkey PRIMARY KEY (id),
        CONSTRAINT projects_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT projects_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT projects_owner_fkey FOREIGN KEY (owner_id)
            REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT projects_owner_tenant_fkey FOREIGN KEY (organization_id, owner_id)
            REFERENCES users (organization_id, id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT projects_title_length CHECK (length(title) BETWEEN 1 AND 120),
        CONSTRAINT projects_budget_not_negative CHECK (budget_cents >= 0),
        CONSTRAINT projects_deleted_by_status CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
        CONSTRAINT projects_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE UNIQUE INDEX projects_live_title_key ON projects (organization_id, lower(title)) WHERE deleted_at IS NULL;
    CREATE INDEX projects_owner_idx ON projects (owner_id, organization_id);

    COMMENT ON TABLE projects IS '@owner delivery
    @domain work
    A container for tasks, owned by one organization.';
    COMMENT ON COLUMN projects.owner_id IS 'The person who answers for the project, if there is one.';
    COMMENT ON COLUMN projects.budget_cents IS 'Hundredths of the currency of the contract; 0 means no money.';
    COMMENT ON COLUMN projects.deleted_at IS 'Soft delete, set exactly when status is deleted.';

    CREATE TABLE tasks (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        project_id uuid NOT NULL,
        assignee_id uuid,
        title text NOT NULL,
        status task_status NOT NULL DEFAULT 'todo',
        priority task_priority NOT NULL DEFAULT 'medium',
        due_date date,
        created_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz,
        deleted_at timestamptz,
        CONSTRAINT tasks_pkey PRIMARY KEY (id),
        CONSTRAINT tasks_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT tasks_project_fkey FOREIGN KEY (organization_id, project_id)
            REFERENCES projects (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_assignee_fkey FOREIGN KEY (organization_id, assignee_id)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_title_length CHECK (length(title) BETWEEN 1 AND 200),
        CONSTRAINT tasks_due_after_creation CHECK (due_date > (created_at AT TIME ZONE 'UTC')::date),
        CONSTRAINT tasks_completed_by_status CHECK ((status = 'done') = (completed_at IS NOT NULL)),
        CONSTRAINT tasks_completed_after_creation CHECK (completed_at >= created_at),
        CONSTRAINT tasks_deleted_after_creation CHECK (deleted_at >= created_at)
    );

    CREATE INDEX tasks_project_idx ON tasks (organization_id, project_id);
    CREATE INDEX tasks_assignee_idx ON tasks (organization_id, assignee_id);
    CREATE INDEX tasks_project_status_idx ON tasks (project_id, status);
    CREATE INDEX tasks_open_due_date_idx ON tasks (organization_id, due_date)
        WHERE deleted_at IS NULL AND completed_at IS NULL;

    COMMENT ON TABLE tasks IS '@owner delivery
    @domain work
    The unit of work; belongs to exactly one project.';
    COMMENT ON COLUMN tasks.assignee_id IS 'The person who does it.';
    COMMENT ON COLUMN tasks.due_date IS 'The last day, in UTC; later than the day of creation.';
    COMMENT ON COLUMN tasks.completed_at IS 'Set exactly when status is done.';
    COMMENT ON COLUMN tasks.deleted_at IS 'Soft delete.';

    CREATE TABLE audit_log (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        entity_type text NOT NULL,
        record_id uuid NOT NULL,
        action text NOT NULL,
        performed_by uuid NOT NULL,
        performed_at timestamptz NOT NULL DEFAULT now(),
        changes jsonb,
        CONSTRAINT audit_log_pkey PRIMARY KEY (id),
        CONSTRAINT audit_log_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_performed_by_fkey FOREIGN KEY (organization_id, performed_by)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_entity_type_values
            CHECK (entity_type IN ('organization', 'user', 'project', 'task')),
        CONSTRAINT audit_log_action_values CHECK (action IN ('create', 'update', 'delete')),
        CONSTRAINT audit_log_changes_by_action CHECK ((action = 'update') = (changes IS NOT NULL))
    );

    CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
    CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);

    COMMENT ON TABLE audit_log IS '@owner compliance
    @domain audit
    @retention 7 years
    Who changed which record and when; rows are only ever added.';
    COMMENT ON COLUMN audit_log.record_id IS 'Key in the table that entity_type names; outlives the record, so no foreign key.';
    COMMENT ON COLUMN audit_log.performed_by IS 'The person who made the change.';
    COMMENT ON COLUMN audit_log.changes IS '@sensitive content
    Old and new value of each changed column; only for updates.';
    """#

  /// `Examples/saas/incident/damage.postgresql.sql`.
  static let damage = #"""
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
    """#
}
