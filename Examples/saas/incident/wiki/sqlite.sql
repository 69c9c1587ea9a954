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
