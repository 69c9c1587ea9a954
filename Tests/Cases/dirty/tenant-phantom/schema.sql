CREATE TABLE orgs (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE projects (org_id integer NOT NULL, id integer NOT NULL, title varchar(5) NOT NULL, is_open boolean NOT NULL, CONSTRAINT projects_key PRIMARY KEY (org_id, id),
  CONSTRAINT projects_org FOREIGN KEY (org_id) REFERENCES orgs (id));
CREATE TABLE tasks (org_id integer NOT NULL, id integer NOT NULL, project_id integer, CONSTRAINT tasks_key PRIMARY KEY (org_id, id),
  CONSTRAINT tasks_project FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id));
