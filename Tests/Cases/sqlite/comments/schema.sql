CREATE TABLE users -- @owner accounts
-- Everyone who may sign in.
( -- One row for each person.
  -- A heading that stands apart.

  -- @sensitive email
  -- Where we write to.
  email TEXT NOT NULL, -- Unique by law.
  name TEXT -- What they call themselves.
  , /* in cents */ balance INT,
  /*
   * Two lines,
   *   the second indented.
   */
  state TEXT /* one of few */ DEFAULT 'new' -- said on creation
    NOT NULL,
  -- leading comma
  parent INT
  -- commas may lead
  , age INT CHECK (age > /* not old */ 0),

  id INTEGER,

  -- The key.
  PRIMARY KEY (id),
  -- No two with one address.
  UNIQUE (email), -- case counts
  -- They are grown up.
  CONSTRAINT adult CHECK (age >= 18),
  -- Parents are users.
  FOREIGN KEY (parent) REFERENCES users (id) -- or unknown
  -- nothing follows
);
