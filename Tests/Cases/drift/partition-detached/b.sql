create table cust(id int primary key);
create table m(id int not null, d date not null, c int references cust, v int check (v > 0), primary key (id, d), unique (d, v)) partition by range (d);
create index on m (c);
create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
create table m2 partition of m for values from ('2021-01-01') to ('2022-01-01');
alter table m detach partition m1;
