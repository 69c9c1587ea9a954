DO $$ BEGIN EXECUTE format('ALTER ROLE reader IN DATABASE %I SET work_mem = ''6MB''', current_database()); END $$;
