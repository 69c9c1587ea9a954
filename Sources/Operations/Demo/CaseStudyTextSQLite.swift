// swift-format-ignore-file
// Written by scripts/generate from Examples/saas; change the files there.

/// The case study's files for SQLite, carried inside the program so that the demo needs nothing beside it.
enum CaseStudyTextSQLite {

  /// `Examples/saas/sqlite/schema.sql`.
  static let schema = #"""
    -- Multi-tenant project service, SQLite 3.40 and later: the schema as production runs it.
    --
    -- Keys are uuids in text, made by the application. Times are text in UTC, such as
    -- 2024-05-01 09:30:00, and days 2024-05-01: both sort as they read.

    CREATE TABLE organizations
    -- @owner identity
    -- @domain tenancy
    -- A customer: the tenant that every other row belongs to.
    (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        -- Decides which features the tenant may use.
        subscription_tier TEXT NOT NULL DEFAULT 'free',
        -- @sensitive email
        -- Where invoices go; empty on the free tier.
        billing_email TEXT,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete: the tenant is hidden, its history stays.
        deleted_at TEXT,
        CONSTRAINT organizations_pkey PRIMARY KEY (id),
        CONSTRAINT organizations_id_uuid CHECK (length(id) = 36),
        CONSTRAINT organizations_name_length CHECK (length(name) BETWEEN 1 AND 120),
        CONSTRAINT organizations_subscription_tier_values
            CHECK (subscription_tier IN ('free', 'team', 'business', 'enterprise')),
        CONSTRAINT organizations_billing_email_shape CHECK (
            billing_email LIKE '_%@_%._%' AND billing_email NOT LIKE '%@%@%'
            AND billing_email NOT LIKE '% %' AND length(billing_email) <= 254
        ),
        CONSTRAINT organizations_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX organizations_live_name_key ON organizations (lower(name)) WHERE deleted_at IS NULL;

    CREATE TABLE users
    -- @owner identity
    -- @domain tenancy
    -- A person in exactly one organization.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- @sensitive email
        -- Sign-in name and contact, unique within the organization whatever its case.
        email TEXT NOT NULL,
        -- @sensitive name
        full_name TEXT NOT NULL,
        -- @sensitive name
        -- @deprecated 2026-12-01 use full_name
        -- Nickname of the first release.
        display_name TEXT,
        -- What the person may do in the whole organization.
        role TEXT NOT NULL DEFAULT 'member',
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete: the person can no longer sign in, the history keeps the name.
        deleted_at TEXT,
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT users_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT users_id_uuid CHECK (length(id) = 36),
        CONSTRAINT users_email_shape CHECK (
            email LIKE '_%@_%._%' AND email NOT LIKE '%@%@%'
            AND email NOT LIKE '% %' AND length(email) <= 254
        ),
        CONSTRAINT users_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200),
        CONSTRAINT users_role_values CHECK (role IN ('admin', 'member', 'viewer')),
        CONSTRAINT users_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX users_email_key ON users (organization_id, lower(email));

    CREATE TABLE user_credentials
    -- @owner identity
    -- @domain credentials
    -- How a person proves who they are, apart from business data so that few roles may read it.
    (
        user_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- @sensitive credential
        -- Argon2id in its standard encoding.
        password_hash TEXT NOT NULL,
        failed_attempts INTEGER NOT NULL DEFAULT 0,
        changed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT user_credentials_pkey PRIMARY KEY (user_id),
        CONSTRAINT user_credentials_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT user_credentials_password_hash_shape CHECK (password_hash LIKE '$argon2id$%'),
        CONSTRAINT user_credentials_failed_attempts_not_negative CHECK (failed_attempts >= 0)
    ) STRICT;

    CREATE INDEX user_credentials_user_idx ON user_credentials (organization_id, user_id);

    CREATE TABLE projects
    -- @owner delivery
    -- @domain work
    -- A container for tasks, owned by one organization.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- The person who answers for the project, if there is one.
        owner_id TEXT,
        title TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'active',
        -- Hundredths of the currency of the contract; 0 means no money.
        budget_cents INTEGER NOT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete, set exactly when status is deleted.
        deleted_at TEXT,
        CONSTRAINT projects_pkey PRIMARY KEY (id),
        CONSTRAINT projects_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT projects_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT projects_owner_fkey FOREIGN KEY (owner_id)
            REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT projects_owner_tenant_fkey FOREIGN KEY (organization_id, owner_id)
            REFERENCES users (organization_id, id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT projects_id_uuid CHECK (length(id) = 36),
        CONSTRAINT projects_title_length CHECK (length(title) BETWEEN 1 AND 120),
        CONSTRAINT projects_status_values CHECK (status IN ('active', 'archived', 'deleted')),
        CONSTRAINT projects_budget_not_negative CHECK (budget_cents >= 0),
        CONSTRAINT projects_deleted_by_status CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
        CONSTRAINT projects_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX projects_live_title_key ON projects (organization_id, lower(title)) WHERE deleted_at IS NULL;
    CREATE INDEX projects_owner_idx ON projects (owner_id, organization_id);

    CREATE TABLE tasks
    -- @owner delivery
    -- @domain work
    -- The unit of work; belongs to exactly one project.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'todo',
        priority TEXT NOT NULL DEFAULT 'medium',
        -- The last day, in UTC; later than the day of creation.
        due_date TEXT NOT NULL,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Set exactly when status is done.
        completed_at TEXT,
        -- Soft delete.
        deleted_at TEXT,
        CONSTRAINT tasks_pkey PRIMARY KEY (id),
        CONSTRAINT tasks_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT tasks_project_fkey FOREIGN KEY (organization_id, project_id)
            REFERENCES projects (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_id_uuid CHECK (length(id) = 36),
        CONSTRAINT tasks_title_length CHECK (length(title) BETWEEN 1 AND 200),
        CONSTRAINT tasks_status_values CHECK (status IN ('todo', 'in_progress', 'in_review', 'done', 'cancelled')),
        CONSTRAINT tasks_priority_values CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
        CONSTRAINT tasks_due_date_day CHECK (due_date IS date(due_date, '+0 days')),
        CONSTRAINT tasks_due_after_creation CHECK (due_date > date(created_at)),
        CONSTRAINT tasks_completed_by_status CHECK ((status = 'done') = (completed_at IS NOT NULL)),
        CONSTRAINT tasks_completed_after_creation CHECK (completed_at >= created_at),
        CONSTRAINT tasks_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE INDEX tasks_project_idx ON tasks (organization_id, project_id);
    CREATE INDEX tasks_project_status_idx ON tasks (project_id, status);
    CREATE INDEX tasks_open_due_date_idx ON tasks (organization_id, due_date)
        WHERE deleted_at IS NULL AND completed_at IS NULL;

    CREATE TABLE task_assignees
    -- @owner delivery
    -- @domain work
    -- Who works on which task: the many-to-many between users and tasks.
    (
        task_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- The part the person has in this task; at most one lead.
        role TEXT NOT NULL DEFAULT 'contributor',
        assigned_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT task_assignees_pkey PRIMARY KEY (organization_id, task_id, user_id),
        CONSTRAINT task_assignees_task_fkey FOREIGN KEY (organization_id, task_id)
            REFERENCES tasks (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT task_assignees_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT task_assignees_role_values CHECK (role IN ('lead', 'contributor', 'reviewer'))
    ) STRICT, WITHOUT ROWID;

    CREATE UNIQUE INDEX task_assignees_one_lead_key ON task_assignees (organization_id, task_id) WHERE role = 'lead';
    CREATE INDEX task_assignees_user_idx ON task_assignees (organization_id, user_id);

    CREATE TABLE audit_log
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
        CONSTRAINT audit_log_performed_by_fkey FOREIGN KEY (organization_id, performed_by)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_id_uuid CHECK (length(id) = 36),
        CONSTRAINT audit_log_record_id_uuid CHECK (length(record_id) = 36),
        CONSTRAINT audit_log_entity_type_values
            CHECK (entity_type IN ('organization', 'user', 'project', 'task')),
        CONSTRAINT audit_log_action_values CHECK (action IN ('create', 'update', 'delete')),
        CONSTRAINT audit_log_changes_json CHECK (changes IS NULL OR json_valid(changes)),
        CONSTRAINT audit_log_changes_by_action CHECK ((action = 'update') = (changes IS NOT NULL))
    ) STRICT;

    CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
    CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);
    """#

  /// `Examples/saas/sqlite/generate.sql`.
  static let generator = #"""
    -- Fills the empty schema of schema.sql, in one transaction. Two parameters, whole numbers: rows, the number of tasks
    -- (the other tables follow in proportion), and seed, from 0 to 2,147,483,645. The same two give the same content
    -- everywhere.
    --
    -- Each statement throws its dice in a recursive query: every column is a Lehmer generator of its own
    -- (next = number * multiplier mod 2^31 - 1), started from the seed and a number that sets table and column apart.
    -- A die squared and shifted back leans to 0: that is how a few organizations, projects and people come to have most
    -- of the rows.
    --
    -- The first eight digits of a key grow by a die from row to row, so keys are unique, spread out and arrive in order,
    -- which an index likes. Row n of a table, counted from 0, has rowid n + 1: that is how a child finds its parent.

    PRAGMA cache_size = -262144;

    BEGIN;

    -- The indexes of the big tables are built at the end, sorted once: several times faster than row by row.
    DROP INDEX tasks_project_idx;
    DROP INDEX tasks_project_status_idx;
    DROP INDEX tasks_open_due_date_idx;
    DROP INDEX task_assignees_one_lead_key;
    DROP INDEX task_assignees_user_idx;
    DROP INDEX audit_log_record_idx;
    DROP INDEX audit_log_performed_by_idx;

    -- The organizations joined in the year that starts at this epoch; every later time counts from its parent's.
    WITH RECURSIVE
    throw (n, prefix, a, b, c, d) AS (
        SELECT
            0,
            (:seed * 1343714438 + 314159265) % (4294967295 / (:rows / 1000 + 2)),
            (:seed * 742938285 + 314159266) % 2147483646 + 1,
            (:seed * 950706376 + 314159267) % 2147483646 + 1,
            (:seed * 1226874159 + 314159268) % 2147483646 + 1,
            (:seed * 62089911 + 314159269) % 2147483646 + 1
        UNION ALL
        SELECT
            n + 1,
            prefix + 1 + a % (4294967295 / (:rows / 1000 + 2)),
            a * 48271 % 2147483647,
            b * 69621 % 2147483647,
            c * 39373 % 2147483647,
            d * 16807 % 2147483647
        FROM throw
        WHERE n < :rows / 1000 + 1
    ),
    customer AS (
        SELECT
            n, prefix, a, b, c, d,
            unixepoch('2018-01-01') + b % 31536000 AS created,
            CASE
                WHEN c % 100 < 60 THEN 'free'
                WHEN c % 100 < 85 THEN 'team'
                WHEN c % 100 < 96 THEN 'business'
                ELSE 'enterprise'
            END AS tier
        FROM throw
    )
    INSERT INTO organizations (id, name, subscription_tier, billing_email, created_at, deleted_at)
    SELECT
        printf('%08x-%04x-4%03x-8%03x-%04x%08x', prefix, a >> 15, b >> 19, c >> 19, c & 65535, d),
        CASE n % 8
            WHEN 0 THEN 'Amber' WHEN 1 THEN 'Birch' WHEN 2 THEN 'Cobalt' WHEN 3 THEN 'Delta'
            WHEN 4 THEN 'Ember' WHEN 5 THEN 'Fjord' WHEN 6 THEN 'Granite' ELSE 'Harbour'
        END || ' ' || CASE d % 7
            WHEN 0 THEN 'Analytics' WHEN 1 THEN 'Bakery' WHEN 2 THEN 'Clinic' WHEN 3 THEN 'Freight'
            WHEN 4 THEN 'Games' WHEN 5 THEN 'Insurance' ELSE 'Studio'
        END || ' ' || (n + 1),
        tier,
        CASE WHEN tier <> 'free' THEN 'billing@tenant' || (n + 1) || '.example' END,
        datetime(created, 'unixepoch'),
        CASE WHEN n > 0 AND d % 50 = 0
            THEN datetime(created + 157680000 + c % 2592000, 'unixepoch') END
    FROM customer
    ORDER BY n;

    -- Everybody joins in the first 90 days of the organization. The first user of each is its administrator.
    -- The order keeps the people of one organization together, which the queries below rely on.
    WITH RECURSIVE
    throw (n, prefix, a, b, c, d) AS (
        SELECT
            0,
            (:seed * 1343714438 + 628318530) % (4294967295 / (:rows / 50 + 2)),
            (:seed * 742938285 + 628318531) % 2147483646 + 1,
            (:seed * 950706376 + 628318532) % 2147483646 + 1,
            (:seed * 1226874159 + 628318533) % 2147483646 + 1,
            (:seed * 62089911 + 628318534) % 2147483646 + 1
        UNION ALL
        SELECT
            n + 1,
            prefix + 1 + a % (4294967295 / (:rows / 50 + 2)),
            a * 48271 % 2147483647,
            b * 69621 % 2147483647,
            c * 39373 % 2147483647,
            d * 16807 % 2147483647
        FROM throw
        WHERE n < :rows / 50 + 1
    ),
    person AS (
        SELECT
            n, prefix, a, b, c, d,
            CASE WHEN n < :rows / 1000 + 2 THEN n ELSE (d * d >> 31) * (:rows / 1000 + 2) >> 31 END AS place,
            CASE n % 20
                WHEN 0 THEN 'Ada' WHEN 1 THEN 'Bruno' WHEN 2 THEN 'Chidi' WHEN 3 THEN 'Dana' WHEN 4 THEN 'Elif'
                WHEN 5 THEN 'Farid' WHEN 6 THEN 'Grete' WHEN 7 THEN 'Hana' WHEN 8 THEN 'Ines' WHEN 9 THEN 'Jonas'
                WHEN 10 THEN 'Kofi' WHEN 11 THEN 'Lena' WHEN 12 THEN 'Mira' WHEN 13 THEN 'Noor' WHEN 14 THEN 'Olga'
                WHEN 15 THEN 'Pedro' WHEN 16 THEN 'Quinn' WHEN 17 THEN 'Ravi' WHEN 18 THEN 'Sofia' ELSE 'Tomas'
            END AS first_name,
            CASE b % 19
                WHEN 0 THEN 'Abe' WHEN 1 THEN 'Bauer' WHEN 2 THEN 'Costa' WHEN 3 THEN 'Diallo' WHEN 4 THEN 'Evans'
                WHEN 5 THEN 'Fischer' WHEN 6 THEN 'Garcia' WHEN 7 THEN 'Haddad' WHEN 8 THEN 'Ito' WHEN 9 THEN 'Jensen'
                WHEN 10 THEN 'Kaya' WHEN 11 THEN 'Lopez' WHEN 12 THEN 'Meyer' WHEN 13 THEN 'Novak' WHEN 14 THEN 'Okafor'
                WHEN 15 THEN 'Popescu' WHEN 16 THEN 'Rossi' WHEN 17 THEN 'Silva' ELSE 'Tanaka'
            END AS last_name
        FROM throw
    )
    INSERT INTO users (id, organization_id, email, full_name, display_name, role, created_at, deleted_at)
    SELECT
        printf('%08x-%04x-4%03x-8%03x-%04x%08x', prefix, a >> 15, b >> 19, c >> 19, c & 65535, d),
        organizations.id,
        CASE WHEN c % 20 = 0 THEN first_name ELSE lower(first_name) END
            || '.' || lower(last_name) || '.' || (n + 1) || '@tenant' || (place + 1) || '.example',
        first_name || ' ' || last_name,
        CASE WHEN c % 9 = 0 THEN lower(first_name) END,
        CASE
            WHEN n = place OR c % 100 < 4 THEN 'admin'
            WHEN c % 100 < 85 THEN 'member'
            ELSE 'viewer'
        END,
        datetime(unixepoch(created_at) + b % 7776000, 'unixepoch'),
        CASE WHEN n > place AND b % 33 = 0
            THEN datetime(unixepoch(created_at) + 157680000 + c % 2592000, 'unixepoch') END
    FROM person
    CROSS JOIN organizations ON organizations.rowid = place + 1
    ORDER BY place, n;

    INSERT INTO user_credentials (user_id, organization_id, password_hash, failed_attempts, changed_at)
    SELECT
        id,
        organization_id,
        '$argon2id$v=19$m=65536,t=3,p=4$' || substr(replace(id, '-', ''), 1, 22) || '$'
            || substr(replace(id || organization_id, '-', ''), 20, 43),
        CASE WHEN rowid % 10 = 0 THEN 1 ELSE 0 END,
        created_at
    FROM users
    WHERE deleted_at IS NULL;

    -- Projects start when everybody is in, within two years. The first projects go to one organization each.
    WITH RECURSIVE
    throw (n, prefix, a, b, c, d) AS (
        SELECT
            0,
            (:seed * 1343714438 + 942477795) % (4294967295 / (:rows / 100 + 2)),
            (:seed * 742938285 + 942477796) % 2147483646 + 1,
            (:seed * 950706376 + 942477797) % 2147483646 + 1,
            (:seed * 1226874159 + 942477798) % 2147483646 + 1,
            (:seed * 62089911 + 942477799) % 2147483646 + 1
        UNION ALL
        SELECT
            n + 1,
            prefix + 1 + a % (4294967295 / (:rows / 100 + 2)),
            a * 48271 % 2147483647,
            b * 69621 % 2147483647,
            c * 39373 % 2147483647,
            d * 16807 % 2147483647
        FROM throw
        WHERE n < :rows / 100 + 1
    ),
    team AS MATERIALIZED (
        SELECT organization_id, min(rowid) AS first, count(*) AS size FROM users GROUP BY organization_id
    ),
    project AS (
        SELECT
            n, prefix, a, b, c, d,
            organizations.id AS organization_id,
            CASE WHEN b % 10 > 0 THEN first + c % size END AS owner,
            CASE WHEN b % 100 < 75 THEN 'active' WHEN b % 100 < 97 THEN 'archived' ELSE 'deleted' END AS status,
            unixepoch(organizations.created_at) + 7776000 + a % 63072000 AS created
        FROM throw
        CROSS JOIN organizations ON organizations.rowid
            = 1 + CASE WHEN n < :rows / 1000 + 2 THEN n ELSE (d * d >> 31) * (:rows / 1000 + 2) >> 31 END
        CROSS JOIN team ON team.organization_id = organizations.id
    )
    INSERT INTO projects (id, organization_id, owner_id, title, status, budget_cents, created_at, deleted_at)
    SELECT
        printf('%08x-%04x-4%03x-8%03x-%04x%08x', prefix, a >> 15, b >> 19, c >> 19, c & 65535, d),
        project.organization_id,
        users.id,
        CASE n % 7
            WHEN 0 THEN 'Website' WHEN 1 THEN 'Billing' WHEN 2 THEN 'Warehouse' WHEN 3 THEN 'Mobile app'
            WHEN 4 THEN 'Onboarding' WHEN 5 THEN 'Reporting' ELSE 'Search'
        END || ' ' || CASE a % 5
            WHEN 0 THEN 'launch' WHEN 1 THEN 'migration' WHEN 2 THEN 'redesign' WHEN 3 THEN 'pilot' ELSE 'audit'
        END || ' ' || (n + 1),
        status,
        CASE WHEN a % 5 = 0 THEN 0 ELSE 10000 + 10000 * ((c * c >> 31) * 5000 >> 31) END,
        datetime(created, 'unixepoch'),
        CASE WHEN status = 'deleted' THEN datetime(created + 63072000 + c % 2592000, 'unixepoch') END
    FROM project
    LEFT JOIN users ON users.rowid = owner
    ORDER BY n;

    WITH RECURSIVE
    throw (n, prefix, a, b, c, d, e) AS (
        SELECT
            0,
            (:seed * 1343714438 + 1256637060) % (4294967295 / (:rows + 1)),
            (:seed * 742938285 + 1256637061) % 2147483646 + 1,
            (:seed * 950706376 + 1256637062) % 2147483646 + 1,
            (:seed * 1226874159 + 1256637063) % 2147483646 + 1,
            (:seed * 62089911 + 1256637064) % 2147483646 + 1,
            (:seed * 1343714438 + 1256637065) % 2147483646 + 1
        WHERE :rows > 0
        UNION ALL
        SELECT
            n + 1,
            prefix + 1 + a % (4294967295 / (:rows + 1)),
            a * 48271 % 2147483647,
            b * 69621 % 2147483647,
            c * 39373 % 2147483647,
            d * 16807 % 2147483647,
            e * 62089911 % 2147483647
        FROM throw
        WHERE n < :rows - 1
    ),
    task AS (
        SELECT
            n, prefix, a, b, c, d, e,
            organization_id,
            id AS project_id,
            unixepoch(created_at) + b % 31536000 AS created,
            CASE
                WHEN c % 100 < 62 THEN 'done'
                WHEN c % 100 < 80 THEN 'todo'
                WHEN c % 100 < 90 THEN 'in_progress'
                WHEN c % 100 < 95 THEN 'in_review'
                ELSE 'cancelled'
            END AS status
        FROM throw
        CROSS JOIN projects ON projects.rowid = 1 + ((d * d >> 31) * (:rows / 100 + 2) >> 31)
    )
    INSERT INTO tasks
        (id, organization_id, project_id, title, status, priority, due_date, created_at, completed_at, deleted_at)
    SELECT
        printf('%08x-%04x-4%03x-8%03x-%04x%08x', prefix, a >> 15, b >> 19, c >> 19, c & 65535, d),
        organization_id,
        project_id,
        CASE e % 8
            WHEN 0 THEN 'Draft' WHEN 1 THEN 'Review' WHEN 2 THEN 'Fix' WHEN 3 THEN 'Measure'
            WHEN 4 THEN 'Document' WHEN 5 THEN 'Test' WHEN 6 THEN 'Translate' ELSE 'Ship'
        END || ' the ' || CASE e % 13
            WHEN 0 THEN 'invoice' WHEN 1 THEN 'landing page' WHEN 2 THEN 'import' WHEN 3 THEN 'login'
            WHEN 4 THEN 'price list' WHEN 5 THEN 'backup' WHEN 6 THEN 'newsletter' WHEN 7 THEN 'search box'
            WHEN 8 THEN 'report' WHEN 9 THEN 'stock count' WHEN 10 THEN 'contract' WHEN 11 THEN 'dashboard'
            ELSE 'help page'
        END,
        status,
        CASE WHEN a % 100 < 25 THEN 'low' WHEN a % 100 < 75 THEN 'medium' WHEN a % 100 < 95 THEN 'high' ELSE 'urgent' END,
        date(created + 86400 * (1 + ((e * e >> 31) * 90 >> 31)), 'unixepoch'),
        datetime(created, 'unixepoch'),
        CASE WHEN status = 'done' THEN datetime(created + 600 + a % 5184000, 'unixepoch') END,
        CASE WHEN e % 50 = 0 THEN datetime(created + 5184000 + a % 2592000, 'unixepoch') END
    FROM task;

    -- A task has 0 to 3 assignees, one and a half on average: neighbours in the team, so never one person twice.
    WITH RECURSIVE
    throw (n, a, b) AS (
        SELECT 0, (:seed * 742938285 + 1570796326) % 2147483646 + 1, (:seed * 950706376 + 1570796327) % 2147483646 + 1
        WHERE :rows > 0
        UNION ALL
        SELECT n + 1, a * 48271 % 2147483647, b * 69621 % 2147483647
        FROM throw
        WHERE n < :rows - 1
    ),
    team AS MATERIALIZED (
        SELECT organization_id, min(rowid) AS first, count(*) AS size FROM users GROUP BY organization_id
    ),
    chair (seat, role, threshold) AS (VALUES (0, 'lead', 2), (1, 'contributor', 11), (2, 'reviewer', 17))
    INSERT INTO task_assignees (task_id, user_id, organization_id, role, assigned_at)
    SELECT
        tasks.id,
        users.id,
        tasks.organization_id,
        chair.role,
        datetime(unixepoch(tasks.created_at) + seat * 3600 + a % 3600, 'unixepoch')
    FROM throw
    CROSS JOIN tasks ON tasks.rowid = n + 1
    CROSS JOIN team ON team.organization_id = tasks.organization_id
    CROSS JOIN chair ON b % 20 >= threshold AND seat < size
    CROSS JOIN users ON users.rowid = first + (((a * a >> 31) * size >> 31) + seat) % size;

    -- Every task is created once and changed once on average: half of them never, one in a hundred fourteen times.
    WITH RECURSIVE
    throw (n, prefix, a, b, c, d) AS (
        SELECT
            0,
            (:seed * 1343714438 + 1884955590) % (4294967295 / (:rows + 1)),
            (:seed * 742938285 + 1884955591) % 2147483646 + 1,
            (:seed * 950706376 + 1884955592) % 2147483646 + 1,
            (:seed * 1226874159 + 1884955593) % 2147483646 + 1,
            (:seed * 62089911 + 1884955594) % 2147483646 + 1
        WHERE :rows > 0
        UNION ALL
        SELECT
            n + 1,
            prefix + 1 + a % (4294967295 / (:rows + 1)),
            a * 48271 % 2147483647,
            b * 69621 % 2147483647,
            c * 39373 % 2147483647,
            d * 16807 % 2147483647
        FROM throw
        WHERE n < :rows - 1
    ),
    team AS MATERIALIZED (
        SELECT organization_id, min(rowid) AS first, count(*) AS size FROM users GROUP BY organization_id
    ),
    life (step, threshold) AS (
        VALUES (0, 0), (1, 50), (2, 75), (3, 90), (4, 97), (5, 97), (6, 99), (7, 99), (8, 99), (9, 99), (10, 99), (11, 99),
            (12, 99), (13, 99), (14, 99)
    )
    INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at, changes)
    SELECT
        printf('%08x-%04x-4%03x-8%03x-%04x%08x', prefix, step, a >> 19, b >> 19, c >> 15, d),
        tasks.organization_id,
        'task',
        tasks.id,
        CASE WHEN step = 0 THEN 'create' ELSE 'update' END,
        users.id,
        datetime(unixepoch(tasks.created_at) + step * (60 + d % 259200), 'unixepoch'),
        CASE WHEN step > 0 THEN
            CASE (d + step) % 4
                WHEN 0 THEN '{"status": ["todo", "in_progress"]}'
                WHEN 1 THEN '{"status": ["in_progress", "in_review"]}'
                WHEN 2 THEN '{"priority": ["medium", "high"]}'
                ELSE '{"title": ["Untitled", "Renamed"], "status": ["in_review", "todo"]}'
            END
        END
    FROM throw
    CROSS JOIN tasks ON tasks.rowid = n + 1
    CROSS JOIN team ON team.organization_id = tasks.organization_id
    CROSS JOIN life ON b % 100 >= threshold
    CROSS JOIN users ON users.rowid = first + (c + step * 7) % size;

    -- The other log rows borrow the key of their record, with another version digit.
    INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
    SELECT substr(id, 1, 14) || '1' || substr(id, 16), organization_id, 'user', id, 'create', id, created_at FROM users;

    INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
    SELECT substr(id, 1, 14) || '2' || substr(id, 16), organization_id, 'project', id, 'create', owner_id, created_at
    FROM projects
    WHERE owner_id IS NOT NULL;

    INSERT INTO audit_log (id, organization_id, entity_type, record_id, action, performed_by, performed_at)
    SELECT
        substr(tasks.id, 1, 14) || '3' || substr(tasks.id, 16), tasks.organization_id, 'task', tasks.id, 'delete', user_id, deleted_at
    FROM tasks
    CROSS JOIN task_assignees ON task_assignees.organization_id = tasks.organization_id AND task_id = tasks.id AND role = 'lead'
    WHERE deleted_at IS NOT NULL;

    -- As in schema.sql, word for word.
    CREATE INDEX tasks_project_idx ON tasks (organization_id, project_id);
    CREATE INDEX tasks_project_status_idx ON tasks (project_id, status);
    CREATE INDEX tasks_open_due_date_idx ON tasks (organization_id, due_date)
        WHERE deleted_at IS NULL AND completed_at IS NULL;
    CREATE UNIQUE INDEX task_assignees_one_lead_key ON task_assignees (organization_id, task_id) WHERE role = 'lead';
    CREATE INDEX task_assignees_user_idx ON task_assignees (organization_id, user_id);
    CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
    CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);

    COMMIT;
    """#

  /// `Examples/saas/incident/wiki/sqlite.sql`.
  static let wiki = #"""
    -- Multi-tenant project service, SQLite 3.40 and later: as the diagram in the wiki draws it.
    --
    -- Keys are uuids in text, made by the application. Times are text in UTC, such as
    -- 2024-05-01 09:30:00, and days 2024-05-01: both sort as they read.

    CREATE TABLE organizations
    -- @owner identity
    -- @domain tenancy
    -- A customer: the tenant that every other row belongs to.
    (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        -- Decides which features the tenant may use.
        subscription_tier TEXT NOT NULL DEFAULT 'free',
        -- @sensitive email
        -- Where invoices go; empty on the free tier.
        billing_email TEXT,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete: the tenant is hidden, its history stays.
        deleted_at TEXT,
        CONSTRAINT organizations_pkey PRIMARY KEY (id),
        CONSTRAINT organizations_id_uuid CHECK (length(id) = 36),
        CONSTRAINT organizations_name_length CHECK (length(name) BETWEEN 1 AND 120),
        CONSTRAINT organizations_subscription_tier_values
            CHECK (subscription_tier IN ('free', 'team', 'business', 'enterprise')),
        CONSTRAINT organizations_billing_email_shape CHECK (
            billing_email LIKE '_%@_%._%' AND billing_email NOT LIKE '%@%@%'
            AND billing_email NOT LIKE '% %' AND length(billing_email) <= 254
        ),
        CONSTRAINT organizations_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX organizations_live_name_key ON organizations (lower(name)) WHERE deleted_at IS NULL;

    CREATE TABLE users
    -- @owner identity
    -- @domain tenancy
    -- A person in exactly one organization.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- @sensitive email
        -- Sign-in name and contact, unique within the organization whatever its case.
        email TEXT NOT NULL,
        -- @sensitive name
        full_name TEXT,
        -- @sensitive name
        -- @deprecated 2026-12-01 use full_name
        -- Nickname of the first release.
        display_name TEXT,
        -- What the person may do in the whole organization.
        role TEXT NOT NULL DEFAULT 'member',
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete: the person can no longer sign in, the history keeps the name.
        deleted_at TEXT,
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT users_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT users_id_uuid CHECK (length(id) = 36),
        CONSTRAINT users_email_shape CHECK (
            email LIKE '_%@_%._%' AND email NOT LIKE '%@%@%'
            AND email NOT LIKE '% %' AND length(email) <= 254
        ),
        CONSTRAINT users_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200),
        CONSTRAINT users_role_values CHECK (role IN ('admin', 'member', 'viewer')),
        CONSTRAINT users_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX users_email_key ON users (organization_id, lower(email));

    CREATE TABLE user_credentials
    -- @owner identity
    -- @domain credentials
    -- How a person proves who they are, apart from business data so that few roles may read it.
    (
        user_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- @sensitive credential
        -- Argon2id in its standard encoding.
        password_hash TEXT NOT NULL,
        failed_attempts INTEGER NOT NULL DEFAULT 0,
        changed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT user_credentials_pkey PRIMARY KEY (user_id),
        CONSTRAINT user_credentials_user_fkey FOREIGN KEY (organization_id, user_id)
            REFERENCES users (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT user_credentials_password_hash_shape CHECK (password_hash LIKE '$argon2id$%'),
        CONSTRAINT user_credentials_failed_attempts_not_negative CHECK (failed_attempts >= 0)
    ) STRICT;

    CREATE INDEX user_credentials_user_idx ON user_credentials (organization_id, user_id);

    CREATE TABLE projects
    -- @owner delivery
    -- @domain work
    -- A container for tasks, owned by one organization.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        -- The person who answers for the project, if there is one.
        owner_id TEXT,
        title TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'active',
        -- Hundredths of the currency of the contract; 0 means no money.
        budget_cents INTEGER,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Soft delete, set exactly when status is deleted.
        deleted_at TEXT,
        CONSTRAINT projects_pkey PRIMARY KEY (id),
        CONSTRAINT projects_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT projects_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT projects_owner_fkey FOREIGN KEY (owner_id)
            REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT projects_owner_tenant_fkey FOREIGN KEY (organization_id, owner_id)
            REFERENCES users (organization_id, id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT projects_id_uuid CHECK (length(id) = 36),
        CONSTRAINT projects_title_length CHECK (length(title) BETWEEN 1 AND 120),
        CONSTRAINT projects_status_values CHECK (status IN ('active', 'archived', 'deleted')),
        CONSTRAINT projects_budget_not_negative CHECK (budget_cents >= 0),
        CONSTRAINT projects_deleted_by_status CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
        CONSTRAINT projects_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE UNIQUE INDEX projects_live_title_key ON projects (organization_id, lower(title)) WHERE deleted_at IS NULL;
    CREATE INDEX projects_owner_idx ON projects (owner_id, organization_id);

    CREATE TABLE tasks
    -- @owner delivery
    -- @domain work
    -- The unit of work; belongs to exactly one project.
    (
        id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        -- The person who does it.
        assignee_id TEXT,
        title TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'todo',
        priority TEXT NOT NULL DEFAULT 'medium',
        -- The last day, in UTC; later than the day of creation.
        due_date TEXT,
        created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- Set exactly when status is done.
        completed_at TEXT,
        -- Soft delete.
        deleted_at TEXT,
        CONSTRAINT tasks_pkey PRIMARY KEY (id),
        CONSTRAINT tasks_tenant_key UNIQUE (organization_id, id),
        CONSTRAINT tasks_project_fkey FOREIGN KEY (organization_id, project_id)
            REFERENCES projects (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_assignee_fkey FOREIGN KEY (organization_id, assignee_id)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT tasks_id_uuid CHECK (length(id) = 36),
        CONSTRAINT tasks_title_length CHECK (length(title) BETWEEN 1 AND 200),
        CONSTRAINT tasks_status_values CHECK (status IN ('todo', 'in_progress', 'in_review', 'done', 'cancelled')),
        CONSTRAINT tasks_priority_values CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
        CONSTRAINT tasks_due_date_day CHECK (due_date IS date(due_date, '+0 days')),
        CONSTRAINT tasks_due_after_creation CHECK (due_date > date(created_at)),
        CONSTRAINT tasks_completed_by_status CHECK ((status = 'done') = (completed_at IS NOT NULL)),
        CONSTRAINT tasks_completed_after_creation CHECK (completed_at >= created_at),
        CONSTRAINT tasks_deleted_after_creation CHECK (deleted_at >= created_at)
    ) STRICT;

    CREATE INDEX tasks_project_idx ON tasks (organization_id, project_id);
    CREATE INDEX tasks_assignee_idx ON tasks (organization_id, assignee_id);
    CREATE INDEX tasks_project_status_idx ON tasks (project_id, status);
    CREATE INDEX tasks_open_due_date_idx ON tasks (organization_id, due_date)
        WHERE deleted_at IS NULL AND completed_at IS NULL;

    CREATE TABLE audit_log
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
        -- The person who made the change.
        performed_by TEXT NOT NULL,
        performed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        -- @sensitive content
        -- Old and new value of each changed column; only for updates.
        changes TEXT,
        CONSTRAINT audit_log_pkey PRIMARY KEY (id),
        CONSTRAINT audit_log_organization_fkey FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_performed_by_fkey FOREIGN KEY (organization_id, performed_by)
            REFERENCES users (organization_id, id) ON DELETE RESTRICT,
        CONSTRAINT audit_log_id_uuid CHECK (length(id) = 36),
        CONSTRAINT audit_log_record_id_uuid CHECK (length(record_id) = 36),
        CONSTRAINT audit_log_entity_type_values
            CHECK (entity_type IN ('organization', 'user', 'project', 'task')),
        CONSTRAINT audit_log_action_values CHECK (action IN ('create', 'update', 'delete')),
        CONSTRAINT audit_log_changes_json CHECK (changes IS NULL OR json_valid(changes)),
        CONSTRAINT audit_log_changes_by_action CHECK ((action = 'update') = (changes IS NOT NULL))
    ) STRICT;

    CREATE INDEX audit_log_record_idx ON audit_log (entity_type, record_id);
    CREATE INDEX audit_log_performed_by_idx ON audit_log (organization_id, performed_by);
    """#

  /// `Examples/saas/incident/damage.sqlite.sql`.
  static let damage = #"""
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
    """#
}
