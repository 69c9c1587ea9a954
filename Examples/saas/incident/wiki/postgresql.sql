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
