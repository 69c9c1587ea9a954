CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION public.other() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION public.watch(); DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'event_owner') THEN CREATE ROLE event_owner SUPERUSER; END IF; END $$; ALTER EVENT TRIGGER et OWNER TO event_owner;
