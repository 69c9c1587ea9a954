/// A DBML text in which every production of the grammar stands at least once.
enum DBMLExample {
  static let text = #"""
    // a shop
    Project shop {
      database_type: 'PostgreSQL'
      owner: 'us'
      Note: '''
        Two lines
          the second is indented
      '''
    }
    /* a comment
       over lines */
    Enum app.status [note: 'x'] {
      new [note: 'just in']
      "being paid"
      sent
      Note: 'where an order is'
    }
    TablePartial stamped [headercolor: #ccc] {
      created_at timestamptz [not null, default: `now()`]
      note text
      indexes { created_at [name: 'by_time'] }
      checks { `created_at > '2000-01-01'` [name: 'not_old'] }
    }
    TablePartial noted {
      note varchar(80) [note: 'wins']
    }
    Table users as U [headercolor: #3498DB, note: 'people', owner: 'billing'] {
      id integer [primary key, increment]
      email "character varying(255)" [unique, not null, ref: - app.profiles.email]
      note text
      legacy int pk
      active bool [default: true]
      score decimal(10,2) [default: -1.5]
      nick varchar [null, default: 'a\'b']
      kind app.status [default: app.status.sent]
      blank text [default: null]
      tags text[] [colour: #fff, pii: 'no']
      age int [check: `age > 0`, check: `age < 200`]
      Note { 'these are people' }
    }
    Table app.profiles {
      email varchar(255) [pk]
      body text [note: '''long''']
    }
    Table app.orders {
      ~stamped
      id bigint
      user_id int [ref: > users.id, ref: ?> app.profiles.email]
      ~noted
      status app.status
      indexes {
        (id, user_id) [pk, name: "orders_key"]
        status
        (status, `lower(note)`) [unique, type: hash, note: 'why']
        `id * 2` [name: 'double']
      }
      checks {
        `id > 0`
        `user_id > 0` [name: 'positive']
      }
      records (id, user_id) {
        1, 2
        2, 'x, y'
      }
    }
    Table app.lines {
      order_id bigint
      user_id int
      sku char(8)
    }
    Ref lines_order: app.lines.(order_id, user_id) > app.orders.(id, user_id) [delete: cascade, update: set null, color: #fff]
    Ref { app.profiles.email < U.nick }
    Ref many: users.id <> app.orders.id
    Ref: users.legacy ?-? users.id [inactive]
    TableGroup people [color: #123456, note: 'who'] {
      users
      app.profiles
      Note: 'a group'
    }
    Note sticky [color: none] { 'remember' }
    DiagramView all { Tables { * } Notes { sticky } TableGroups { people } Schemas { app } }
    records users(id, email) {
      1, 'a@b'
    }
    Metadata Table users { team: 'core' }
    Metadata Column users.id { pii: 'no' }
    use { table currencies } from './money.dbml'
    reuse * from "x"
    reuse * from './all'
    Dep: users > app.orders

    """#
}
